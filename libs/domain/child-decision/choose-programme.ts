import { type ChildEligibilityRule, type ChildProgramme, eligibilityOn, programmeOn } from './programmes.js';

export type Known = 'yes' | 'no' | 'unknown';

/** A parent of the child, as far as support at RVC asks. Custody is recorded apart from parenthood (A6-I1). */
export interface ParentFacts {
  readonly isCustodian: Known;
  readonly isAtRvc: Known;
}

/** What the predicate of is asked. */
export interface ProgrammeFacts {
  /** Whole years on the day; null where it is not known. */
  readonly age: number | null;
  /** Lives in a safe and secure situation, protected from violence. */
  readonly isSafe: Known;
  /** Meets somebody in a way that may feel unsafe to the child: visits, or living together. */
  readonly hasUnsafeContact: Known;
  readonly isReceptive: Known;
  readonly parents: readonly ParentFacts[];
  /** RVC takes children of parents who are there; the district's own open care asks for no such thing. */
  readonly deliveredBy: 'rvc' | 'open-care';
}

/** Why a programme is not given. */
export const PROGRAMME_LACKS = {
  AGE: { sv: 'Från 4 år, och åldern ska vara känd', en: 'From 4 years, and the age must be known' },
  SAFETY: { sv: 'Barnet lever inte känt tryggt och skyddat', en: 'The child is not known to live safe' },
  UNSAFE_CONTACT: {
    sv: 'Barnet träffar, eller kan träffa, någon på ett otryggt sätt',
    en: 'The child meets, or may meet, somebody in an unsafe way',
  },
  RECEPTIVE: { sv: 'Barnet är inte känt mottagligt', en: 'The child is not known to be receptive' },
  NO_PARENT_AT_RVC: { sv: 'Ingen förälder är aktuell på RVC', en: 'No parent is current at RVC' },
  NOT_GIVEN: { sv: 'Programmet ges inte den dagen', en: 'The programme is not given on that day' },
} as const;
export type ProgrammeLack = keyof typeof PROGRAMME_LACKS;

export interface ProgrammeChosen {
  readonly programme: ChildProgramme | null;
  readonly version: number | null;
  readonly eligibility: ChildEligibilityRule;
  /** What Trappan lacks; empty when Trappan it is. */
  readonly lacks: readonly ProgrammeLack[];
}

/**
 * Trappan when all of its criteria are known to be met, else Här och nu, else neither (R-014, R-015, C3). What is not
 * known counts as not met: a child is not taken through what happened before it is known to be safe.
 */
export function chooseProgramme(facts: ProgrammeFacts, day: string): ProgrammeChosen {
  const eligibility = eligibilityOn(day);
  const common: ProgrammeLack[] = isEligible(facts, eligibility) ? [] : ['NO_PARENT_AT_RVC'];
  const trappan = lacksFor('trappan', facts, day, common);
  if (trappan.length === 0)
    return { programme: 'trappan', version: versionOf('trappan', day), eligibility, lacks: [] };
  if (lacksFor('here-and-now', facts, day, common).length > 0)
    return { programme: null, version: null, eligibility, lacks: trappan };
  return { programme: 'here-and-now', version: versionOf('here-and-now', day), eligibility, lacks: trappan };
}

function isEligible({ parents, deliveredBy }: ProgrammeFacts, rule: ChildEligibilityRule): boolean {
  if (deliveredBy === 'open-care') return true;
  return parents.some(
    ({ isAtRvc, isCustodian }) =>
      isAtRvc === 'yes' && (rule === 'ANY_PARENT_IN_RVC' || isCustodian === 'yes'),
  );
}

function lacksFor(
  programme: ChildProgramme,
  facts: ProgrammeFacts,
  day: string,
  common: readonly ProgrammeLack[],
): ProgrammeLack[] {
  const definition = programmeOn(programme, day);
  if (definition === undefined) return [...common, 'NOT_GIVEN'];
  const lacks: ProgrammeLack[] = [...common];
  if (facts.age === null || facts.age < definition.fromAge) lacks.push('AGE');
  if (!definition.needsSafety) return lacks;
  if (facts.isSafe !== 'yes') lacks.push('SAFETY');
  if (facts.hasUnsafeContact !== 'no') lacks.push('UNSAFE_CONTACT');
  if (facts.isReceptive !== 'yes') lacks.push('RECEPTIVE');
  return lacks;
}

const versionOf = (programme: ChildProgramme, day: string): number | null =>
  programmeOn(programme, day)?.version ?? null;
