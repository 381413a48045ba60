import { type FormDefinition, field } from './field.js';

const OURS = { source: 'social-service' } as const;
/** Who is commissioned with the support, and who commissioned it when it comes back. */
const ADULTS = { 'support-unit': 'whole', 'victim-unit': 'whole' } as const;
const ALL = { ...ADULTS, 'child-unit': 'whole' } as const;

/** A commission of support, or the way back from it: what the support needs to begin, and no file (R-005, REC-8). */
export const SUPPORT_REFERRAL = {
  label: { sv: 'Uppdrag om stöd', en: 'Commission of support' },
  version: 1,
  validFrom: '2026-01-01',
  fields: {
    'support.person': field({
      ...OURS,
      label: { sv: 'Personen', en: 'The person' },
      concerns: ['victim', 'child'],
      visibleTo: ALL,
      type: 'person',
      required: true,
    }),
    'support.need': field({
      ...OURS,
      label: { sv: 'Vad stödet ska leda till', en: 'What the support is for' },
      concerns: ['victim', 'child'],
      visibleTo: ALL,
      type: 'text',
      maxLength: 2000,
      keepFrom: ['alleged-perpetrator'],
      required: true,
    }),
    'support.decision': field({
      ...OURS,
      label: { sv: 'Beslutet som det vilar på', en: 'The decision it rests on' },
      concerns: ['victim', 'child'],
      visibleTo: ALL,
      type: 'text',
      maxLength: 200,
    }),
    'support.risk': field({
      ...OURS,
      label: { sv: 'Risk som stödet måste ta hänsyn till', en: 'Risk that the support must heed' },
      concerns: ['victim', 'child'],
      visibleTo: ALL,
      type: 'text',
      maxLength: 500,
      keepFrom: ['alleged-perpetrator', 'guardians'],
      required: true,
    }),
    'support.language': field({
      ...OURS,
      label: { sv: 'Språk, tolk (aldrig en anhörig)', en: 'Language, interpreter (never a relative)' },
      concerns: ['victim', 'child'],
      visibleTo: ALL,
      type: 'text',
      maxLength: 100,
    }),
    'support.access': field({
      ...OURS,
      label: { sv: 'Barnpassning, resväg, tillgänglighet', en: 'Child care, travel, accessibility' },
      concerns: ['victim', 'child'],
      visibleTo: ALL,
      type: 'text',
      maxLength: 500,
    }),
    'support.consent': field({
      ...OURS,
      label: { sv: 'Samtycke', en: 'Consent' },
      concerns: ['victim', 'child'],
      visibleTo: ALL,
      type: 'list',
      required: true,
    }),
    'support.safe-contact': field({
      ...OURS,
      label: { sv: 'Säker kontakt', en: 'Safe contact' },
      concerns: ['victim'],
      visibleTo: ADULTS,
      type: 'list',
      source: 'victim',
      sealedApart: true,
      keepFrom: ['alleged-perpetrator', 'guardians'],
    }),
    'support.callback': field({
      ...OURS,
      label: { sv: 'Funktion att ringa', en: 'Function to ring' },
      concerns: ['staff'],
      visibleTo: ALL,
      type: 'function',
      required: true,
    }),
  },
} as const satisfies FormDefinition;
export type SupportReferralField = keyof typeof SUPPORT_REFERRAL.fields;
