import { type FormDefinition, field } from './field.js';

const OURS = { source: 'social-service' } as const;
const CARE = { 'care-unit': 'whole' } as const;

/** A referral to the Region for mental health (REC-5, C4): a question and a screening, never a diagnosis. */
export const CARE_REFERRAL = {
  label: { sv: 'Remiss till Region Stockholm', en: 'Referral to Region Stockholm' },
  version: 1,
  validFrom: '2026-01-01',
  fields: {
    'care.person': field({
      ...OURS,
      label: { sv: 'Personen', en: 'The person' },
      concerns: ['victim', 'child'],
      visibleTo: CARE,
      type: 'person',
      required: true,
    }),
    'care.question': field({
      ...OURS,
      label: { sv: 'Frågan till vården', en: 'The question to health care' },
      concerns: ['victim', 'child'],
      visibleTo: CARE,
      type: 'text',
      maxLength: 2000,
      keepFrom: ['alleged-perpetrator', 'guardians'],
      required: true,
    }),
    'care.screening': field({
      ...OURS,
      label: { sv: 'Screening: instrument, dag, resultat', en: 'Screening: instrument, day, result' },
      concerns: ['victim', 'child'],
      visibleTo: CARE,
      type: 'list',
      keepFrom: ['alleged-perpetrator', 'guardians'],
    }),
    // Answered before anything is booked: a letter that he opens must not exist.
    'care.guardian-access-closed': field({
      ...OURS,
      label: {
        sv: 'Är vårdnadshavarens åtkomst till barnets journal stängd?',
        en: "Is the guardian's access to the child's journal closed?",
      },
      concerns: ['child'],
      visibleTo: CARE,
      type: 'code',
      codes: 'yes-no',
      keepFrom: ['alleged-perpetrator', 'guardians'],
      required: true,
    }),
    'care.notices-to': field({
      ...OURS,
      label: { sv: 'Kallelser skickas till', en: 'Appointment notices go to' },
      concerns: ['victim', 'child'],
      visibleTo: CARE,
      type: 'text',
      maxLength: 200,
      keepFrom: ['alleged-perpetrator', 'guardians'],
      required: true,
    }),
    'care.language': field({
      ...OURS,
      label: { sv: 'Språk, tolk (aldrig en anhörig)', en: 'Language, interpreter (never a relative)' },
      concerns: ['victim', 'child'],
      visibleTo: CARE,
      type: 'text',
      maxLength: 100,
    }),
    'care.consent': field({
      ...OURS,
      label: { sv: 'Samtycke', en: 'Consent' },
      concerns: ['victim', 'child'],
      visibleTo: CARE,
      type: 'list',
      required: true,
    }),
    'care.safe-contact': field({
      ...OURS,
      label: { sv: 'Säker kontakt', en: 'Safe contact' },
      concerns: ['victim'],
      visibleTo: CARE,
      type: 'list',
      source: 'victim',
      sealedApart: true,
      keepFrom: ['alleged-perpetrator', 'guardians'],
    }),
    'care.callback': field({
      ...OURS,
      label: { sv: 'Funktion att ringa', en: 'Function to ring' },
      concerns: ['staff'],
      visibleTo: CARE,
      type: 'function',
      required: true,
    }),
  },
} as const satisfies FormDefinition;
export type CareReferralField = keyof typeof CARE_REFERRAL.fields;
