import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type MatterKind, matterKind, SUBJECT_ROLES, type SubjectRole } from '../matter/index.js';
import { ROUTES } from '../routes/index.js';
import { UNIT_KINDS, type UnitKind } from '../units/index.js';
import { keysOf } from '../wording/index.js';
import { AUTHORITY_MATRIX, type SupportNeed } from './authority-matrix.js';
import { INTERVENTIONS, type InterventionId, intervention } from './interventions.js';
import { authorityOver, mayDecideIntervention } from './may-decide-intervention.js';

const IDS = keysOf<InterventionId>(INTERVENTIONS);
const KINDS = keysOf<UnitKind>(UNIT_KINDS);
const SUBJECTS = keysOf<SubjectRole>(SUBJECT_ROLES);
const NEEDS = [...new Set(AUTHORITY_MATRIX.map(({ need }) => need))] satisfies SupportNeed[];
const OFFICER = { officer: 'case-worker' } as const;

const answer = (id: InterventionId, subject: SubjectRole, unitKind: UnitKind) => {
  const may = mayDecideIntervention({ intervention: id, subject, unitKind, takenBy: OFFICER });
  return may.ok ? 'may' : may.refusal.code;
};

describe('who decides on what (R-005, R-006, R-007)', () => {
  it('is said once for every person and every need', () => {
    for (const subject of SUBJECTS) {
      for (const need of NEEDS) {
        expect(AUTHORITY_MATRIX.filter((row) => row.subject === subject && row.need === need)).toHaveLength(
          1,
        );
      }
    }
  });

  it.each([
    ['individual-support', 'victim', 'rvt', 'may'],
    ['group-support', 'victim', 'rvt', 'may'],
    ['protected-housing', 'victim', 'rvt', 'may'],
    ['non-violence-group', 'alleged-perpetrator', 'rvt', 'may'],
    ['protected-housing', 'child', 'bou', 'may'],
    ['trappan', 'child', 'bou', 'may'],
    ['telephone-advice', 'victim', 'rvc', 'may'],
    // RVC carries out: in Sydväst too, where it shares its inbox with the RVT that decides.
    ['individual-support', 'victim', 'rvc', 'ANOTHER_UNIT_DECIDES'],
    ['protected-housing', 'victim', 'socialjouren', 'ANOTHER_UNIT_DECIDES'],
    ['trappan', 'child', 'rvt', 'ANOTHER_UNIT_DECIDES'],
    ['trappan', 'child', 'rvc', 'ANOTHER_UNIT_DECIDES'],
    ['protected-housing', 'alleged-perpetrator', 'rvt', 'INTERVENTION_NOT_FOR_PERSON'],
    ['non-violence-group', 'victim', 'rvt', 'INTERVENTION_NOT_FOR_PERSON'],
    ['telephone-advice', 'child', 'rvc', 'INTERVENTION_NOT_FOR_PERSON'],
  ] as const)('%s for a %s by %s: %s (R-025)', (id, subject, unitKind, expected) => {
    expect(answer(id, subject, unitKind)).toBe(expected);
  });

  it('lets no other kind of unit than the one of the matrix decide, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...IDS),
        fc.constantFrom(...SUBJECTS),
        fc.constantFrom(...KINDS),
        (id, subject, kind) => {
          if (answer(id, subject, kind) !== 'may') return;
          expect(authorityOver(subject, intervention(id).need).decidedBy).toBe(kind);
        },
      ),
    );
  });

  it('keeps immediate care with the committee: no officer decides, of whatever role', () => {
    const care = { intervention: 'immediate-care', subject: 'child', unitKind: 'bou' } as const;
    const by = (takenBy: Parameters<typeof mayDecideIntervention>[0]['takenBy']) =>
      mayDecideIntervention({ ...care, takenBy }).ok;
    expect([by(OFFICER), by({ officer: 'unit-head' })]).toEqual([false, false]);
    expect(by({ body: 'committee', protocol: '2026-12-01 § 4' })).toBe(true);
  });

  it('commissions only a kind of matter that the person can have, with a route from who decides', () => {
    for (const id of IDS) {
      const { commission, for: meantFor, isHandedOff, need } = intervention(id);
      if (commission === null) continue;
      for (const subject of meantFor) {
        expect(matterKind(commission satisfies MatterKind).subjects).toContain(subject);
        const from = authorityOver(subject, need).decidedBy;
        const ways = Object.values(ROUTES).filter(
          (route) => route.matterKind === commission && route.from === from && route.subject === subject,
        );
        if (isHandedOff) expect(ways.length).toBeGreaterThan(0);
      }
    }
  });
});
