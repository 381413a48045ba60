import type { Label } from '../wording/index.js';

/** One kind of thing that BoU does in a child's case, and how it can come out. */
interface ChildActDefinition {
  readonly label: Label;
  readonly codes: readonly string[];
}

/** What is recorded in a child's case after the decision on an investigation, each with the codes it may have. */
export const CHILD_ACTS = {
  notice: {
    label: { sv: 'Underrättelse till en person', en: 'Notice to a person' },
    codes: ['TOLD', 'NOT_TOLD'],
  },
  'notices-complete': {
    label: {
      sv: 'Alla som berörs är underrättade eller prövade',
      en: 'All concerned are told or decided on',
    },
    codes: ['COMPLETE'],
  },
  reach: {
    label: { sv: 'Delgivning eller kallelse till en person', en: 'A decision served, or an appointment' },
    codes: ['DECISION_SERVED', 'APPOINTMENT'],
  },
  plan: { label: { sv: 'Utredningsplan', en: 'Plan of the investigation' }, codes: ['RECORDED'] },
  progress: {
    label: { sv: 'Avstämning av utredningstiden', en: 'Check of the time' },
    codes: ['THREE_MONTHS', 'TWO_WEEKS'],
  },
  extension: {
    label: { sv: 'Förlängd utredningstid', en: 'Extension for a certain time' },
    codes: ['SPECIAL_REASONS'],
  },
  move: { label: { sv: 'Barnet har flyttat', en: 'The child moved' }, codes: ['MOVED'] },
  'take-over': {
    label: { sv: 'Fråga om att ta över utredningen', en: 'Whether another takes the investigation over' },
    codes: ['ASKED', 'AGREED', 'REFUSED'],
  },
  closing: {
    label: { sv: 'Utredningen avslutas', en: 'The investigation is closed' },
    codes: ['NO_MEASURE', 'SUPPORT', 'CARE', 'TAKEN_OVER'],
  },
  programme: {
    label: { sv: 'Prövning av stödform', en: 'Evaluation of the programme' },
    codes: ['TRAPPAN', 'HERE_AND_NOW', 'NEITHER'],
  },
  support: {
    label: { sv: 'Beslut om stöd', en: 'Decision on support' },
    codes: ['GRANTED_TRAPPAN', 'GRANTED_HERE_AND_NOW', 'GRANTED_OPEN_CARE', 'NOT_GRANTED', 'ENDED'],
  },
  commission: {
    label: { sv: 'Beställning av stöd', en: 'Commission of the support' },
    codes: ['TO_RVC', 'TO_OPEN_CARE'],
  },
  delivery: {
    label: { sv: 'Stödet ges', en: 'The support is given' },
    codes: ['STARTED', 'SESSION', 'ENDED'],
  },
  'undelivered-report': {
    label: { sv: 'Ej verkställt beslut rapporterat', en: 'An undelivered decision is reported' },
    codes: ['REPORTED'],
  },
  'follow-up': {
    label: { sv: 'Beslut om uppföljning', en: 'Decision on a follow-up' },
    codes: ['AFTER_INVESTIGATION', 'AFTER_PLACEMENT', 'AFTER_LVU'],
  },
  'follow-up-end': {
    label: { sv: 'Uppföljningen avslutas', en: 'The follow-up ends' },
    codes: ['NO_FURTHER_NEED', 'NEW_INVESTIGATION'],
  },
  'risk-review': {
    label: { sv: 'Omprövad risk', en: 'Review of the risk' },
    codes: ['UNCHANGED', 'HIGHER', 'LOWER'],
  },
  'young-relationship': {
    label: { sv: 'Våld i ung relation', en: 'Violence in a young relationship' },
    codes: ['EXPOSED', 'USES_VIOLENCE'],
  },
  'youth-clinic': {
    label: { sv: 'Ungdomsmottagning', en: 'Youth clinic' },
    codes: ['REFERRED', 'DECLINED'],
  },
  'second-report': {
    label: { sv: 'Ny anmälan förd till utredningen', en: 'A second report linked to the investigation' },
    codes: ['SAME_NUMBER', 'SAME_NAME', 'KNOWN_TO_THE_UNIT'],
  },
  'entered-in-error': {
    label: { sv: 'Felregistrerat', en: 'Entered in error' },
    codes: ['IN_ERROR'],
  },
} as const satisfies Record<string, ChildActDefinition>;
export type ChildActKind = keyof typeof CHILD_ACTS;

/** An act as recorded: codes and instants, no words. */
export interface ChildAct {
  readonly id: string;
  readonly kind: ChildActKind;
  readonly code: string;
  /** A person reached, a fact reviewed, a matter commissioned, an act taken back. */
  readonly aboutId: string | null;
  /** When it was done or decided, which may be before it was recorded. */
  readonly effectiveAt: Date;
  readonly until: Date | null;
  readonly recordedAt: Date;
}
