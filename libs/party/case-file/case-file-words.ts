import type { Label } from '#domain';

export type ContentKindRead = 'facts' | 'referral' | 'sealed-apart' | 'note' | 'answer' | 'assessment';

/** What sealed content of each kind is called where its field has no name of its own. */
export const CONTENT_LABELS: Readonly<Record<ContentKindRead, Label>> = {
  facts: { sv: 'Rapporterat', en: 'Reported' },
  referral: { sv: 'Mottaget', en: 'Received' },
  'sealed-apart': { sv: 'Mottaget, förseglat för sig', en: 'Received, sealed apart' },
  note: { sv: 'Anteckning', en: 'Note' },
  answer: { sv: 'Svar på fråga', en: 'Answer to a question' },
  assessment: { sv: 'Bedömning', en: 'Assessment' },
};

/** What the acts of a party's features are called, by their table. */
export const ACT_LABELS: Readonly<Record<string, Label>> = {
  attendance_decision: { sv: 'Beslut om närvaro', en: 'Decision on attendance' },
  protection_assessment: { sv: 'Skyddsbedömning', en: 'Protection assessment' },
  basis_record: { sv: 'Samtycke eller beslut om att lämna uppgifter', en: 'Consent or decision to disclose' },
  consent_path: { sv: 'Vem som får samtycka för barnet', en: 'Who may consent for the child' },
  safety_decision: { sv: 'Beslut om vem som får nås', en: 'Decision on who may be reached' },
  investigation_decision: { sv: 'Beslut om utredning', en: 'Decision on an investigation' },
  child_act: { sv: 'Åtgärd i barnets utredning', en: "Act in the child's case" },
  risk_triage: { sv: 'Prövning av behovet av riskbedömning', en: 'Triage of the need for a risk assessment' },
  risk_assessment: { sv: 'Riskbedömning', en: 'Risk assessment' },
  police_assessment: { sv: 'Polisens riskbedömning', en: "The police's risk assessment" },
  risk_event: { sv: 'Händelse som påverkar risken', en: 'Event that bears on the risk' },
  risk_review: { sv: 'Översyn av risken', en: 'Review of the risk' },
  intervention_decision: { sv: 'Beslut om insats', en: 'Decision on a measure' },
  screening: { sv: 'Skattning', en: 'Self-rating' },
  insight_request: { sv: 'Begäran om insyn', en: 'Request for insight' },
  insight_mask: { sv: 'Maskering vid insyn', en: 'Masking for insight' },
  insight_decision: { sv: 'Beslut om insyn', en: 'Decision on insight' },
  insight_release: { sv: 'Utlämnat vid insyn', en: 'Handed out after insight' },
  safe_contact: { sv: 'Säker kontakt', en: 'Safe contact' },
  safe_contact_confirmation: { sv: 'Säker kontakt bekräftad', en: 'Safe contact confirmed' },
  safe_contact_override: { sv: 'Avsteg från säker kontakt', en: 'Override of safe contact' },
};
export const OTHER_ACT: Label = { sv: 'Beslut eller åtgärd', en: 'Decision or act' };

/** A copy of what is elsewhere in the file already. */
export const NOT_IN_A_FILE: readonly string[] = ['insight.extract'];

/**
 * Acts that stay masked in every file that leaves (domain.md B8): protections, where a protected person is, who saw it and why, who she
 * was before. The entitled function reads them unmasked, and no export counts them.
 */
export const ACTS_NOT_IN_A_FILE: readonly string[] = [
  'protection_record',
  'protection_whereabouts',
  'unmasking',
  'identity_link',
];

export const ERASED: Label = { sv: 'Innehållet är gallrat.', en: 'The content has been erased.' };
export const UNREADABLE: Label = {
  sv: 'Innehållet är inte förseglat för enheten.',
  en: 'The content is not sealed for the unit.',
};

const section = (id: string, sv: string, en: string, intro: Label | null = null) => ({
  id,
  heading: { sv, en },
  intro,
});

/** The sections of a case file, in the order in which a case is read. */
export const SECTIONS = {
  told: section('told', 'Uppgifter', 'Information', {
    sv: 'Det enheten har fått veta, med källa och tid. Det som ska hållas hemligt för någon är märkt.',
    en: 'What the unit was told, with source and time. What is to be kept from somebody is marked.',
  }),
  notes: section('notes', 'Anteckningar', 'Notes'),
  acts: section('acts', 'Beslut och bedömningar', 'Decisions and assessments'),
  disclosed: section('disclosed', 'Lämnat till andra', 'Disclosed to others', {
    sv: 'Vilka uppgifter som har lämnats, till vem och på vilken grund.',
    en: 'Which information was disclosed, to whom and on which basis.',
  }),
  events: section('events', 'Händelser', 'Events'),
  line: section('line', 'Ansvar', 'Responsibility', {
    sv: 'Vilken enhet som har svarat för ärendet, utan lucka.',
    en: 'Which unit has answered for the matter, without a gap.',
  }),
  deadlines: section('deadlines', 'Tider', 'Deadlines'),
} as const;

/** Events that are no action of the door. */
export const EVENT_LABELS: Readonly<Record<string, Label>> = {
  opened: { sv: 'Öppnat', en: 'Opened' },
  sent: { sv: 'Skickat', en: 'Sent' },
  superseded: { sv: 'Ersatt av ett nytt erbjudande', en: 'Superseded' },
  answered: { sv: 'Fråga besvarad', en: 'Question answered' },
  attested: { sv: 'Intygat', en: 'Attested' },
  'cancellation-superseded': { sv: 'Begäran om avbrott överspelad', en: 'Cancellation superseded' },
  'duty-met': { sv: 'Uppgift utförd', en: 'Duty met' },
  nudged: { sv: 'Påmint av samordnaren', en: 'Nudged by the coordinator' },
  'route-proposed': { sv: 'Annan mottagare föreslagen', en: 'Another receiver proposed' },
  succeeded: { sv: 'Övertaget av efterträdaren', en: 'Moved to the successor' },
};
