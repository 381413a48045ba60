import type { Label } from '../wording/index.js';
import type { Outcome } from './outcomes.js';

/** Who a matter is about. A child is never merged with an adult, nor a parent with a guardian. */
export const SUBJECT_ROLES = {
  victim: { sv: 'Våldsutsatt', en: 'Victim' },
  child: { sv: 'Barn', en: 'Child' },
  'alleged-perpetrator': { sv: 'Misstänkt våldsutövare', en: 'Alleged perpetrator' },
} as const satisfies Record<string, Label>;
export type SubjectRole = keyof typeof SUBJECT_ROLES;

export interface MatterKindDefinition {
  readonly label: Label;
  readonly subjects: readonly SubjectRole[];
  readonly outcomes: readonly Outcome[];
  /** C9: a concern report is never declined, withdrawn, cancelled, entered in error or put on hold for capacity. */
  readonly isStatutoryReport: boolean;
  /** Closing withdraws the open handoff in the same transaction, or is refused while one is open (DESIGN 5, C9). */
  readonly closingWithOpenOffer: 'withdraws-offer' | 'refused';
  /** Opened with the incident for each subject of this role, at the alarm. */
  readonly openedAtAlarmFor: SubjectRole | null;
  /** The coordinator never learns of it as such (DESIGN 8). */
  readonly hiddenFromCoordinator: boolean;
}

const ordinary = {
  isStatutoryReport: false,
  closingWithOpenOffer: 'withdraws-offer',
  openedAtAlarmFor: null,
  hiddenFromCoordinator: false,
} as const;

/** The needs that somebody must answer for. A matter's kind never changes (DESIGN 2). */
export const MATTER_KINDS = {
  'adult-safety': {
    ...ordinary,
    label: { sv: 'Skydd för vuxen', en: 'Adult safety' },
    subjects: ['victim'],
    outcomes: [
      'SAFETY_ARRANGED',
      'PERSON_DECLINED',
      'UNREACHABLE',
      'SUCCESSOR',
      'MERGED',
      'NOTHING_FURTHER',
      'TAKEN_OUTSIDE',
      'CANCELLED',
      'IN_ERROR',
    ],
    openedAtAlarmFor: 'victim',
  },
  'child-protection': {
    ...ordinary,
    label: { sv: 'Skydd för barn', en: 'Child protection' },
    subjects: ['child'],
    outcomes: ['SUCCESSOR', 'MERGED', 'NOTHING_FURTHER', 'CHILD_TAKEN_OUTSIDE'],
    isStatutoryReport: true,
    closingWithOpenOffer: 'refused',
    openedAtAlarmFor: 'child',
  },
  'perpetrator-change': {
    ...ordinary,
    label: { sv: 'Förändringsarbete', en: 'Perpetrator change' },
    subjects: ['alleged-perpetrator'],
    outcomes: [
      'COMPLETED',
      'PERSON_DECLINED',
      'UNREACHABLE',
      'SUCCESSOR',
      'MERGED',
      'TAKEN_OUTSIDE',
      'CANCELLED',
      'IN_ERROR',
    ],
  },
  'adult-support': {
    ...ordinary,
    label: { sv: 'Stöd för vuxen', en: 'Adult support' },
    subjects: ['victim', 'alleged-perpetrator'],
    outcomes: [
      'COMPLETED',
      'PERSON_DECLINED',
      'UNREACHABLE',
      'SUCCESSOR',
      'MERGED',
      'TAKEN_OUTSIDE',
      'CANCELLED',
      'IN_ERROR',
    ],
  },
  'child-support': {
    ...ordinary,
    label: { sv: 'Stöd för barn', en: 'Child support' },
    subjects: ['child'],
    // "A child's matter closes only with a successor matter or a recorded decision" (C1): every kind about a child.
    outcomes: ['SUCCESSOR', 'MERGED', 'NOTHING_FURTHER', 'CHILD_TAKEN_OUTSIDE'],
  },
  'mental-health': {
    ...ordinary,
    label: { sv: 'Psykisk hälsa', en: 'Mental health' },
    subjects: ['victim', 'alleged-perpetrator', 'child'],
    outcomes: [
      'SUCCESSOR',
      'MERGED',
      'NOTHING_FURTHER',
      'PERSON_DECLINED',
      'TAKEN_OUTSIDE',
      'CHILD_TAKEN_OUTSIDE',
      'CANCELLED',
      'IN_ERROR',
    ],
    hiddenFromCoordinator: true,
  },
  'protected-housing': {
    ...ordinary,
    label: { sv: 'Skyddat boende', en: 'Protected housing' },
    subjects: ['victim', 'child'],
    outcomes: [
      'SUCCESSOR',
      'MERGED',
      'NOTHING_FURTHER',
      'DECIDED',
      'LAPSED',
      'PERSON_DECLINED',
      'TAKEN_OUTSIDE',
      'CHILD_TAKEN_OUTSIDE',
      'IN_ERROR',
    ],
    hiddenFromCoordinator: true,
  },
  'legal-process': {
    ...ordinary,
    label: { sv: 'Stöd i rättsprocessen', en: 'Legal process support' },
    subjects: ['victim', 'child'],
    outcomes: [
      'SUCCESSOR',
      'MERGED',
      'NOTHING_FURTHER',
      'PROCEEDINGS_ENDED',
      'PERSON_DECLINED',
      'UNREACHABLE',
      'CANCELLED',
      'IN_ERROR',
    ],
  },
} as const satisfies Record<string, MatterKindDefinition>;
export type MatterKind = keyof typeof MATTER_KINDS;

/** The definition of a kind, widened so that its flags can be asked without narrowing on the name. */
export function matterKind(kind: MatterKind): MatterKindDefinition {
  return MATTER_KINDS[kind];
}
