import type { MatterAction, MatterKind, SubjectRole } from '../matter/index.js';

/**
 * What a person may not do both of on one case (R-007, C-17; DESIGN 6.2: never the same worker for her and for him). Codes
 * for the unit head only: a worker who is refused reads one sentence whatever the conflict is.
 */
export const WORK_CONFLICTS = {
  'other-side': {
    sv: 'Personen arbetar redan med någon på andra sidan i samma händelse.',
    en: 'The person already works with somebody on the other side of the same incident.',
  },
  'investigates-and-treats': {
    sv: 'Den som utreder får inte också ge stödet i samma ärende.',
    en: 'Who investigates may not also give the support in the same case.',
  },
  'no-colleague': {
    sv: 'Personen har inget uppdrag på enheten just nu.',
    en: 'The person has no mandate at the unit at this time.',
  },
} as const;
export type WorkConflict = keyof typeof WORK_CONFLICTS;

/** Which part of the work a kind of matter is: who investigates decides, who treats carries out. */
export const WORK_PARTS: Readonly<Record<MatterKind, 'investigates' | 'treats' | 'neither'>> = {
  'adult-safety': 'investigates',
  'child-protection': 'investigates',
  'protected-housing': 'investigates',
  'perpetrator-change': 'treats',
  'adult-support': 'treats',
  'child-support': 'treats',
  'mental-health': 'neither',
  'legal-process': 'neither',
};

/** Acts by which somebody comes to work with a person: who did one has worked with her, and never works with him. */
const WORK_WITH_PERSON: readonly MatterAction[] = [
  'take-over',
  'contact-attempt',
  'contact-made',
  'schedule',
  'attend',
  'no-show',
];

/** Whether the act is work with the person, or takes it on. */
export function isWorkWithPerson(action: MatterAction): boolean {
  return WORK_WITH_PERSON.includes(action);
}

/** A matter of one incident, as far as who may work on it goes. */
export interface WorkedMatter {
  readonly kind: MatterKind;
  readonly subjectRole: SubjectRole;
  readonly subjectId: string;
}

/** Why one person may not work on both matters of one incident; null when she may. `custody.work_conflict` says the same in SQL. */
export function conflictBetween(
  one: WorkedMatter,
  other: WorkedMatter,
): Exclude<WorkConflict, 'no-colleague'> | null {
  if (isHis(one.subjectRole) !== isHis(other.subjectRole)) return 'other-side';
  const parts = [WORK_PARTS[one.kind], WORK_PARTS[other.kind]];
  if (one.subjectId === other.subjectId && parts.includes('investigates') && parts.includes('treats')) {
    return 'investigates-and-treats';
  }
  return null;
}

function isHis(role: SubjectRole): boolean {
  return role === 'alleged-perpetrator';
}

/** A meeting at a site, both ends in record time. */
export interface Booking {
  readonly site: string;
  readonly from: Date;
  readonly until: Date;
}

/** Minutes between two that may not meet at the door. Configuration, unconfirmed. */
export const APART_MINUTES = 60;
/** How long a meeting is taken to last where nobody says. Configuration, unconfirmed. */
export const MEETING_MINUTES = 60;

/** Whether two of different sides could meet: the same site, and less than {@link APART_MINUTES} between. */
export function couldMeet(one: Booking, other: Booking): boolean {
  const margin = APART_MINUTES * 60_000;
  return (
    one.site === other.site &&
    one.from.getTime() < other.until.getTime() + margin &&
    other.from.getTime() < one.until.getTime() + margin
  );
}
