import { describe, expect, it } from '@jest/globals';
import { type FieldId, fieldsOf, isAnswered } from '../forms/index.js';
import { ROUTES, type Route, type RouteId, routeById } from '../routes/index.js';
import { decideDisclosure } from './decide-disclosure.js';
import type { FieldVerdict, ProtectedIdentity } from './disclosure-question.js';
import { questionOfRoute } from './questions.js';
import { A_DAY, everyRecord, unitOfKind } from './test/questions.js';

function route(id: RouteId): Route {
  const found = routeById(id);
  if (found === undefined) throw new Error(`no route ${id}`);
  return found;
}

interface Asked {
  readonly protectedIdentity: ProtectedIdentity;
  readonly receiverMustCall: boolean;
}
const OPEN: Asked = { protectedIdentity: 'no', receiverMustCall: false };

/** As if everything that could be recorded for the route were. */
function decided(one: Route, { protectedIdentity, receiverMustCall }: Asked = OPEN): readonly FieldVerdict[] {
  const [from, to] = [unitOfKind(one.from, 'from'), unitOfKind(one.to, 'to')];
  return decideDisclosure(
    questionOfRoute(one, {
      surface: 'preview',
      at: A_DAY,
      from,
      to,
      subject: { role: one.subject, age: null, protectedIdentity },
      records: everyRecord(from, to, one.matterKind),
      receiverMustCall,
    }),
  ).fields;
}
const leaving = (id: RouteId, asked = OPEN) =>
  decided(route(id), asked)
    .filter(({ verdict }) => verdict === 'leaves')
    .map(({ field }) => field);
const decision = (id: RouteId, field: FieldId, asked = OPEN) => {
  const found = decided(route(id), asked).find((one) => one.field === field);
  return found?.verdict === 'leaves' ? { ...found, bases: found.bases.map(({ basis }) => basis) } : found;
};

describe('what leaves the police', () => {
  it('tells socialjouren and BoU of the suspect, and the victim’s RVT nothing of who he is', () => {
    expect(leaving('adult-safety.police.socialjouren')).toContain('suspect.identity');
    expect(leaving('child-protection.police.bou')).toContain('suspect.identity');
    expect(leaving('adult-safety.police.rvt').filter((field) => field.startsWith('suspect.'))).toEqual([]);
  });

  it('gives an ordinary unit the district of the place only', () => {
    expect(decision('adult-safety.police.rvt', 'incident.place')).toMatchObject({
      verdict: 'leaves',
      extent: 'district-only',
    });
    expect(decision('adult-safety.police.socialjouren', 'incident.place')).toMatchObject({
      verdict: 'leaves',
      extent: 'whole',
    });
  });

  it('puts each child in its own envelope: nothing about a child rides with an adult', () => {
    for (const id of ['adult-safety.police.socialjouren', 'adult-safety.police.rvt'] as const) {
      expect(leaving(id).filter((field) => field.startsWith('child.'))).toEqual([]);
    }
    expect(decision('adult-safety.police.socialjouren', 'child.identity')).toMatchObject({
      verdict: 'withheld',
      why: 'ANOTHER_SUBJECT',
    });
  });

  it('sends the safe contact in her envelope, apart, and never in a child’s', () => {
    expect(decision('adult-safety.police.rvt', 'safe-contact.number')).toMatchObject({
      verdict: 'leaves',
      sealedApart: true,
    });
    for (const { id, subject } of ROUTES) {
      if (subject !== 'child') continue;
      expect(leaving(id).filter((field) => field.startsWith('safe-contact'))).toEqual([]);
    }
  });

  it('reveals to an ordinary unit neither the protection nor the asserted district', () => {
    for (const field of ['protected.status', 'protected.asserted-district'] as const) {
      expect(decision('adult-safety.police.rvt', field)).toMatchObject({
        verdict: 'withheld',
        why: 'PROTECTED_IDENTITY',
      });
      expect(decision('adult-safety.police.socialjouren', field)).toMatchObject({ verdict: 'leaves' });
    }
  });

  it('rests what concerns him on the police’s weighing, never on her consent', () => {
    expect(decision('adult-safety.police.socialjouren', 'suspect.identity')).toMatchObject({
      bases: ['X-02b'],
    });
    expect(decision('adult-safety.police.socialjouren', 'victim.identity')).toMatchObject({
      bases: ['X-01'],
    });
  });
});

describe('what leaves in the morning', () => {
  it('gives BoU the protection assessment, and RVT none of it', () => {
    expect(
      leaving('child-protection.socialjouren.bou').filter((field) => field.startsWith('assessment.')),
    ).toHaveLength(5);
    expect(
      leaving('adult-safety.socialjouren.rvt').filter((field) => field.startsWith('assessment.')),
    ).toEqual([]);
  });

  it('lets BoU have her safe contact only when it must call her, and then apart', () => {
    const id = 'child-protection.socialjouren.bou';
    expect(decision(id, 'safe-contact.card')).toMatchObject({
      verdict: 'withheld',
      why: 'ONLY_WHEN_IT_MUST_CALL',
    });
    expect(decision(id, 'safe-contact.card', { ...OPEN, receiverMustCall: true })).toMatchObject({
      verdict: 'leaves',
      sealedApart: true,
    });
  });

  it('tells siblings’ BoU to BoU only', () => {
    expect(leaving('child-protection.socialjouren.bou')).toContain('siblings.units');
    expect(leaving('adult-safety.socialjouren.rvt')).not.toContain('siblings.units');
  });
});

describe('a protected identity fails closed', () => {
  it.each(['yes', 'unreadable'] as const)(
    '%s seals apart what tells where somebody is',
    (protectedIdentity) => {
      const apart = (asked: Asked) => decision('child-protection.police.bou', 'child.where-now', asked);
      expect(apart(OPEN)).toMatchObject({ verdict: 'leaves', sealedApart: false });
      expect(apart({ ...OPEN, protectedIdentity })).toMatchObject({ verdict: 'leaves', sealedApart: true });
    },
  );
});

describe('every route', () => {
  it.each(ROUTES.map(({ id }) => id))('%s decides on each field of its form once, and says why', (id) => {
    const decisions = decided(route(id));
    expect(decisions.map(({ field }) => field)).toEqual(fieldsOf(route(id).form).map(([field]) => field));
    for (const { because } of decisions) {
      expect(because.sv).not.toBe('');
      expect(because.en).not.toBe('');
    }
    expect(decisions.some(({ verdict }) => verdict === 'leaves')).toBe(true);
  });

  it('gives the police back nothing of what social services wrote', () => {
    expect(leaving('adult-safety.rvt.police')).toEqual([
      'return.callback',
      'return.what-the-person-was-told',
    ]);
  });
});

describe('an answer', () => {
  it('may be "unknown" everywhere, false or nought too; silence and blanks are none', () => {
    expect(['unknown', 'x', false, 0, []].map(isAnswered)).toEqual([true, true, true, true, true]);
    expect([undefined, null, '', '  '].map(isAnswered)).toEqual([false, false, false, false]);
  });

  it('is required only where it leaves', () => {
    for (const one of ROUTES) {
      const required = decided(one, { ...OPEN, receiverMustCall: true })
        .filter((verdict) => verdict.verdict === 'leaves' && verdict.required)
        .map(({ field }) => field);
      expect(required.toSorted()).toEqual(one.requiredFields.toSorted());
    }
  });
});
