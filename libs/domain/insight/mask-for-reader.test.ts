import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FORMS, fieldsOf } from '../forms/index.js';
import { keysOf } from '../wording/index.js';
import { INSIGHT_CAPACITIES, type InsightPerson, type InsightReader } from './insight-reader.js';
import { INSIGHT_RULES, STRICTNESS } from './insight-rules.js';
import { answerKey, type InsightAnswer, maskForReader } from './mask-for-reader.js';

const HER: InsightPerson = { id: 'her', role: 'victim', protectedStatus: 'NO', age: 34 };
const CHILD: InsightPerson = { id: 'child', role: 'child', protectedStatus: 'NO', age: 8 };
const SIBLING: InsightPerson = { id: 'sibling', role: 'child', protectedStatus: 'NO', age: 15 };
const HIM: InsightPerson = { id: 'him', role: 'alleged-perpetrator', protectedStatus: 'NO', age: 40 };
const PERSONS = [HER, CHILD, SIBLING, HIM];

const SHE_READS: InsightReader = { capacity: 'subject', fileOf: 'her', isPerson: 'her' };
const HE_READS: InsightReader = { capacity: 'subject', fileOf: 'him', isPerson: 'him' };
const MOTHER_READS: InsightReader = { capacity: 'guardian', fileOf: 'child', isPerson: 'her' };
const FATHER_READS: InsightReader = { capacity: 'guardian', fileOf: 'child', isPerson: 'him' };
const SOMEBODY_READS: InsightReader = { capacity: 'guardian', fileOf: 'child', isPerson: null };
const CHILD_READS: InsightReader = { capacity: 'subject', fileOf: 'child', isPerson: 'child' };
const ANYBODY: InsightReader = { capacity: 'public', fileOf: 'her', isPerson: null };

const A_DAY = new Date('2026-06-05T10:00:00Z');

const answer = (field: string, concerns: string[], some: Partial<InsightAnswer> = {}): InsightAnswer => ({
  field,
  value: 'kanarie',
  concerns,
  source: 'police',
  keepFrom: [],
  ...some,
});

function read(one: InsightAnswer, reader: InsightReader, persons = PERSONS) {
  const [masked] = maskForReader([one], persons, reader, A_DAY);
  if (masked === undefined) throw new Error('an answer was lost');
  return masked;
}

describe('masking for a reader', () => {
  it.each([
    ['her own wish', answer('victim.contact-wish', ['her']), SHE_READS, 'shown'],
    ['signs of danger, to her', answer('danger.signs', []), SHE_READS, 'shown'],
    ['signs of danger, to him as a guardian', answer('danger.signs', []), FATHER_READS, 'masked'],
    ['signs of danger, in his own file', answer('danger.signs', []), HE_READS, 'masked'],
    ['her wish, in his file', answer('victim.contact-wish', ['her']), HE_READS, 'absent'],
    ['her safe number, to her own paper', answer('safe-contact.number', ['her']), SHE_READS, 'masked'],
    ['her safe number, in the child’s file', answer('safe-contact.number', ['her']), MOTHER_READS, 'absent'],
    ['her safe card, in the child’s file', answer('safe-contact.card', ['her']), CHILD_READS, 'absent'],
    ['whereabouts, to her', answer('whereabouts', ['her']), SHE_READS, 'masked'],
    ['where the child is, to the mother', answer('child.where-now', ['child']), MOTHER_READS, 'masked'],
    ['a school, which no form has', answer('child.school', ['child']), MOTHER_READS, 'masked'],
    ['a workplace, which no form has', answer('victim.workplace', ['her']), SHE_READS, 'masked'],
    ['a reporter, which no form has', answer('reporter.name', []), SHE_READS, 'masked'],
    ['told by a reporter', answer('violence.codes', [], { source: 'reporter' }), SHE_READS, 'masked'],
    ['what the child saw, to the mother', answer('child.exposure', ['child']), MOTHER_READS, 'shown'],
    ['what the child saw, to the father', answer('child.exposure', ['child']), FATHER_READS, 'masked'],
    [
      'what the child saw, to a guardian nobody named',
      answer('child.exposure', ['child']),
      SOMEBODY_READS,
      'masked',
    ],
    ['what the child said', answer('child.exposure', ['child'], { source: 'child' }), MOTHER_READS, 'masked'],
    ['that the child was heard', answer('assessment.child-heard', ['child']), MOTHER_READS, 'masked'],
    ['the sibling, to the mother', answer('child.exposure', ['sibling']), MOTHER_READS, 'masked'],
    ['the mother’s injuries, to the child', answer('victim.injuries', ['her']), CHILD_READS, 'masked'],
    ['free text about her', answer('done-decided-promised', ['her']), SHE_READS, 'read-first'],
    ['"unknown" is no text', answer('police.reference', [], { value: 'unknown' }), SHE_READS, 'shown'],
    ['text about her and the child', answer('victim.injuries', ['her', 'child']), SHE_READS, 'masked'],
    ['about somebody nobody knows', answer('violence.codes', ['stranger']), SHE_READS, 'masked'],
    ['kept from her by the answer', answer('violence.codes', [], { keepFrom: ['her'] }), SHE_READS, 'masked'],
    ['anything, to the public', answer('incident.on-scene', []), ANYBODY, 'masked'],
    ['what the police told, to him', answer('suspect.told', ['him']), HE_READS, 'masked'],
    ['who he is, to him', answer('suspect.identity', ['him'], { source: 'register' }), HE_READS, 'shown'],
  ] as const)('%s', (_, one, reader, standing) => {
    const masked = read(one, reader);
    expect(masked.standing).toBe(standing);
    expect(masked.value).toEqual(standing === 'shown' ? one.value : null);
    expect(masked.reasons.length > 0).toBe(standing !== 'shown');
  });

  it('takes the place out of an identity and says which part', () => {
    const value = { name: 'Anna', residence: { subdistrict: 'Älvsjö' }, school: 'X', number: 'unknown' };
    const masked = read(answer('victim.identity', ['her'], { value, source: 'register' }), SHE_READS);
    expect(masked).toMatchObject({
      standing: 'shown',
      value: { name: 'Anna', number: 'unknown' },
      maskedParts: ['residence', 'school'],
      reasons: ['WHEREABOUTS'],
    });
  });

  it('treats as protected whoever nobody has read to be unprotected', () => {
    for (const protectedStatus of ['YES', 'UNREADABLE', 'unknown'] as const) {
      const persons = [HER, { ...CHILD, protectedStatus }, HIM];
      const masked = read(answer('child.identity', ['child']), MOTHER_READS, persons);
      expect([masked.standing, masked.reasons]).toEqual(['masked', ['PROTECTED_IDENTITY']]);
      expect(read(answer('incident.place', []), SHE_READS, persons).reasons).toContain('PROTECTED_IDENTITY');
    }
  });

  it('names whoever told it to nobody but herself', () => {
    const told = answer('violence.codes', [], { source: 'victim' });
    expect(read(told, SHE_READS).source).toBe('victim');
    expect(read(told, MOTHER_READS).source).toBe('victim');
    expect(read(told, CHILD_READS).source).toBeNull();
    expect(read(answer('violence.codes', []), CHILD_READS).source).toBe('police');
  });

  it('says each rule in both languages, with its source', () => {
    for (const rule of Object.values(INSIGHT_RULES)) {
      expect([rule.label.sv, rule.label.en, rule.source].every((text) => text.length > 3)).toBe(true);
    }
  });
});

const ids = PERSONS.map(({ id }) => id);
const fields = [
  ...new Set(keysOf(FORMS).flatMap((form) => fieldsOf(form).map(([id]) => String(id)))),
  'reporter.name',
  'child.school',
  'never-heard-of',
];
const anAnswer = fc.record({
  field: fc.constantFrom(...fields),
  value: fc.oneof(fc.string(), fc.constant({ name: 'x', residence: 'y', where: 'z' })),
  concerns: fc.subarray([...ids, 'stranger']),
  source: fc.constantFrom('police', 'register', 'social-service', 'victim', 'child', 'reporter', 'patrull'),
  keepFrom: fc.subarray(['alleged-perpetrator', 'guardians', 'victim', 'region', ...ids]),
});
const somePersons = fc
  .tuple(
    ...PERSONS.map((person) =>
      fc.record({
        id: fc.constant(person.id),
        role: fc.constant(person.role),
        protectedStatus: fc.constantFrom('YES', 'NO', 'UNREADABLE', 'unknown'),
        age: fc.option(fc.integer({ min: 0, max: 90 }), { nil: null }),
      }),
    ),
  )
  .map((all): InsightPerson[] => [...all]);
const aReader = fc.record({
  capacity: fc.constantFrom(...keysOf(INSIGHT_CAPACITIES)),
  fileOf: fc.constantFrom(...ids),
  isPerson: fc.option(fc.constantFrom(...ids), { nil: null }),
});
const rank = { shown: 0, ...STRICTNESS };

describe('whatever is masked', () => {
  const holds = (property: (one: InsightAnswer, persons: InsightPerson[], reader: InsightReader) => void) =>
    fc.assert(fc.property(anAnswer, somePersons, aReader, property), { numRuns: 500 });

  it('shows no value that is withheld, and gives a reason for each that is', () => {
    holds((one, persons, reader) => {
      const masked = read(one, reader, persons);
      if (masked.standing !== 'shown') expect([masked.value, masked.source]).toEqual([null, null]);
      expect(masked.reasons.length > 0).toBe(masked.standing !== 'shown' || masked.maskedParts.length > 0);
      expect(answerKey(masked)).toBe(answerKey(one));
    });
  });

  it('shows counsel exactly what the client would be shown, and the public never more than either', () => {
    holds((one, persons, { fileOf, isPerson }) => {
      const [client, counsel, anybody] = (['subject', 'counsel', 'public'] as const).map((capacity) =>
        read(one, { capacity, fileOf, isPerson }, persons),
      );
      expect(counsel).toEqual(client);
      expect(anybody?.standing).not.toBe('shown');
      expect(anybody?.value).toBeNull();
    });
  });

  it('never shows more for being kept from more, protected, or read by the alleged perpetrator', () => {
    holds((one, persons, reader) => {
      const before = rank[read(one, reader, persons).standing];
      const kept = { ...one, keepFrom: [...one.keepFrom, 'guardians', 'alleged-perpetrator', ...ids] };
      expect(rank[read(kept, reader, persons).standing]).toBeGreaterThanOrEqual(before);
      const hidden = persons.map((person) => ({ ...person, protectedStatus: 'unknown' as const, age: null }));
      expect(rank[read(one, reader, hidden).standing]).toBeGreaterThanOrEqual(before);
      if (
        reader.capacity === 'guardian' &&
        !one.concerns.some((id) => id === 'him' || id === reader.isPerson)
      ) {
        const himself = read(one, { ...reader, isPerson: 'him' }, persons);
        const nobody = read(one, { ...reader, isPerson: 'a stranger to the incident' }, persons);
        expect(rank[himself.standing]).toBeGreaterThanOrEqual(rank[nobody.standing]);
      }
    });
  });

  it('keeps safe contact and places from everybody, and a parent’s out of a child’s file', () => {
    holds((one, persons, reader) => {
      const masked = read(one, reader, persons);
      if (one.field.startsWith('safe-contact.')) {
        expect(masked.standing).not.toBe('shown');
        const isChilds = ['child', 'sibling'].includes(reader.fileOf);
        if (isChilds && !one.concerns.includes(reader.fileOf)) expect(masked.standing).toBe('absent');
      }
      expect(Object.keys(masked.value ?? {})).not.toContain('residence');
      expect(Object.keys(masked.value ?? {})).not.toContain('where');
    });
  });

  it('shows him nothing of anybody else in his own file, not even a gap', () => {
    holds((one, persons) => {
      const masked = read(one, HE_READS, persons);
      if (one.concerns.some((id) => id !== 'him')) expect(masked.standing).toBe('absent');
    });
  });
});
