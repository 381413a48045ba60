import type { Label } from '../wording/index.js';

/**
 * What must be shown before a matter may close with an outcome.
 * `nothing-further-decision` is a recorded decision of the party that nothing further is needed (C1);
 * `attested-and-rechecked` an attested receipt that was re-checked on the next office day (DESIGN 2).
 */
export const CLOSING_NEEDS = {
  'successor-matter': {
    sv: 'ett efterföljande ärende som någon svarar för',
    en: 'a successor matter that somebody answers for',
  },
  'nothing-further-decision': {
    sv: 'ett dokumenterat beslut om att inget mer behövs',
    en: 'a recorded decision that nothing further is needed',
  },
  'attested-and-rechecked': {
    sv: 'ett intygat mottagande som har kontrollerats nästa kontorsdag',
    en: 'an attested receipt, checked again on the next office day',
  },
  'person-reason': { sv: 'personens eget skäl', en: "the person's own reason" },
  'note-of-attempts': {
    sv: 'ett beslut efter dokumenterade kontaktförsök',
    en: 'a decision after logged attempts',
  },
} as const satisfies Record<string, Label>;
export type ClosingNeed = keyof typeof CLOSING_NEEDS;

export interface OutcomeDefinition {
  readonly label: Label;
  readonly needs: readonly ClosingNeed[];
}

/** Outcomes by code. A matter kind names which of them it can end with. */
export const OUTCOMES = {
  COMPLETED: { label: { sv: 'Genomfört', en: 'Completed' }, needs: [] },
  SAFETY_ARRANGED: { label: { sv: 'Skyddet är ordnat', en: 'Safety arranged' }, needs: [] },
  PERSON_DECLINED: {
    label: { sv: 'Personen tackade nej', en: 'The person said no' },
    needs: ['person-reason'],
  },
  UNREACHABLE: {
    label: { sv: 'Gick inte att nå, beslut fattat', en: 'Not reached, decided' },
    needs: ['note-of-attempts'],
  },
  SUCCESSOR: {
    label: { sv: 'Fortsätter i ett nytt ärende', en: 'Goes on in a new matter' },
    needs: ['successor-matter'],
  },
  MERGED: {
    label: { sv: 'Förs till ett pågående ärende', en: 'Merged into a running matter' },
    needs: ['successor-matter'],
  },
  NOTHING_FURTHER: {
    label: { sv: 'Inget mer behövs, beslut fattat', en: 'Nothing further needed, decided' },
    needs: ['nothing-further-decision'],
  },
  TAKEN_OUTSIDE: {
    label: { sv: 'Övertaget utanför Handslag', en: 'Taken over outside Handslag' },
    needs: ['attested-and-rechecked'],
  },
  // C1: what leaves Handslag has no successor here, so a child's also needs the decision on record.
  CHILD_TAKEN_OUTSIDE: {
    label: {
      sv: 'Övertaget av annan kommun, beslut fattat',
      en: 'Taken over by another municipality, decided',
    },
    needs: ['attested-and-rechecked', 'nothing-further-decision'],
  },
  CANCELLED: {
    label: { sv: 'Avbrutet på avsändarens begäran', en: "Cancelled at the sender's request" },
    needs: [],
  },
  IN_ERROR: { label: { sv: 'Registrerat av misstag', en: 'Entered in error' }, needs: [] },
  DECIDED: { label: { sv: 'Beslut fattat', en: 'Decision made' }, needs: [] },
  LAPSED: { label: { sv: 'Beslutet har förfallit', en: 'The decision lapsed' }, needs: [] },
  PROCEEDINGS_ENDED: { label: { sv: 'Rättsprocessen är avslutad', en: 'Proceedings ended' }, needs: [] },
} as const satisfies Record<string, OutcomeDefinition>;
export type Outcome = keyof typeof OUTCOMES;
