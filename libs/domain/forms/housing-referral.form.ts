import { type Audience, type Concerns, type Extent, type FormDefinition, field } from './field.js';

const HERS = { socialjouren: 'whole', 'support-unit': 'whole', 'victim-unit': 'whole' } as const;
const CHILDS = { socialjouren: 'whole', 'support-unit': 'whole', 'child-unit': 'whole' } as const;
const UNTOLD = ['alleged-perpetrator', 'guardians'] as const;

/** One person a form: each has a decision of its own, and nothing of another's rides with it (domain.md B5). */
function fieldsOf(
  whose: Extract<Concerns, 'victim' | 'child'>,
  visibleTo: Readonly<Partial<Record<Audience, Extent>>>,
) {
  const theirs = { source: 'social-service', concerns: [whose], visibleTo } as const;
  return {
    'housing.person': field({
      ...theirs,
      label: { sv: 'Personen', en: 'The person' },
      type: 'person',
      required: true,
    }),
    'housing.threat': field({
      ...theirs,
      label: { sv: 'Hotbilden', en: 'The threat' },
      type: 'text',
      maxLength: 2000,
      keepFrom: UNTOLD,
      required: true,
    }),
    'housing.decision': field({
      ...theirs,
      label: { sv: 'Beslutet och dess grund', en: 'The decision and its ground' },
      type: 'text',
      maxLength: 200,
      keepFrom: UNTOLD,
      required: true,
    }),
    'housing.from-until': field({
      ...theirs,
      label: { sv: 'Från när, till när', en: 'From when, until when' },
      type: 'text',
      maxLength: 100,
      keepFrom: UNTOLD,
    }),
    'housing.needs': field({
      ...theirs,
      label: { sv: 'Hälsa, tillgänglighet, husdjur, skola', en: 'Health, accessibility, pets, school' },
      type: 'text',
      maxLength: 500,
      keepFrom: UNTOLD,
    }),
    'housing.language': field({
      ...theirs,
      label: { sv: 'Språk, tolk (aldrig en anhörig)', en: 'Language, interpreter (never a relative)' },
      type: 'text',
      maxLength: 100,
    }),
    'housing.must-not-know': field({
      ...theirs,
      label: { sv: 'Vem som inte får veta', en: 'Who must not know' },
      type: 'text',
      maxLength: 500,
      keepFrom: UNTOLD,
      required: true,
    }),
    'housing.consent': field({
      ...theirs,
      label: { sv: 'Samtycke eller domstolens beslut', en: "Consent or the court's decision" },
      type: 'list',
      required: true,
    }),
    'housing.whereabouts': field({
      ...theirs,
      label: { sv: 'Var personen är nu', en: 'Where the person is now' },
      type: 'text',
      maxLength: 200,
      sealedApart: true,
      tellsWhere: true,
      keepFrom: UNTOLD,
    }),
    'housing.callback': field({
      ...theirs,
      concerns: ['staff'],
      label: { sv: 'Funktion att ringa, dag och natt', en: 'Function to ring, day and night' },
      type: 'function',
      required: true,
    }),
  } as const;
}

/** Protected housing: what the house must know to protect and to receive her, and where nobody else may learn it. */
export const HOUSING_REFERRAL = {
  label: { sv: 'Placering i skyddat boende', en: 'Placement in protected housing' },
  version: 1,
  validFrom: '2026-01-01',
  fields: {
    ...fieldsOf('victim', HERS),
    'housing.safe-contact': field({
      concerns: ['victim'],
      visibleTo: HERS,
      label: { sv: 'Säker kontakt', en: 'Safe contact' },
      type: 'list',
      source: 'victim',
      sealedApart: true,
      keepFrom: UNTOLD,
    }),
  },
} as const satisfies FormDefinition;

/** The same for a child, by the child's own decision, with the social secretary appointed for it (domain.md B5). */
export const CHILD_HOUSING_REFERRAL = {
  label: { sv: 'Barnets placering i skyddat boende', en: "The child's placement in protected housing" },
  version: 1,
  validFrom: '2026-01-01',
  fields: {
    ...fieldsOf('child', CHILDS),
    'housing.social-secretary': field({
      concerns: ['staff'],
      visibleTo: CHILDS,
      label: { sv: 'Utsedd socialsekreterare', en: 'Appointed social secretary' },
      source: 'social-service',
      type: 'function',
      required: true,
    }),
  },
} as const satisfies FormDefinition;
export type HousingReferralField =
  | keyof typeof HOUSING_REFERRAL.fields
  | keyof typeof CHILD_HOUSING_REFERRAL.fields;
