import { type FieldDefinition, field } from './field.js';

const REQUIRED = { required: true } as const;
const J_B_V = { socialjouren: 'whole', 'child-unit': 'whole', 'victim-unit': 'whole' } as const;
const PER_CHILD = {
  concerns: ['child'],
  repeats: 'per-child',
  required: true,
} as const satisfies Partial<FieldDefinition>;
const HERS = {
  concerns: ['victim'],
  source: 'victim',
  keepFrom: ['alleged-perpetrator'],
} as const satisfies Partial<FieldDefinition>;
/** Sealed apart: socialjouren and the victim's RVT only (forms.md 1). */
const SAFE_CONTACT = {
  ...HERS,
  visibleTo: { socialjouren: 'whole', 'victim-unit': 'whole' },
  keepFrom: ['alleged-perpetrator', 'guardians'],
  sealedApart: true,
} as const satisfies Partial<FieldDefinition>;
const OWN_CHILD = { socialjouren: 'whole', 'child-unit': 'own-child' } as const;
const HER = { socialjouren: 'whole', 'victim-unit': 'whole', 'child-unit': 'as-parent' } as const;
const HIM = { socialjouren: 'whole', 'child-unit': 'whole', 'perpetrator-unit': 'own-person' } as const;

/** The fields of the acute referral that are about a person: each child, her, and him (forms.md 1). */
export const PERSON_FIELDS = {
  'child.identity': field({
    ...PER_CHILD,
    label: { sv: 'Namn och nummer, eller ålder, eller ofött', en: 'Name and number, or age, or unborn' },
    visibleTo: OWN_CHILD,
    type: 'person',
    source: 'register',
  }),
  'child.exposure': field({
    ...PER_CHILD,
    label: { sv: 'Såg, hörde, blev skadat', en: 'Saw, heard, was hurt' },
    visibleTo: OWN_CHILD,
    type: 'codes',
    codes: 'child-exposure',
  }),
  'child.seen-and-spoken-to': field({
    ...PER_CHILD,
    label: { sv: 'Sett och talat med?', en: 'Seen and spoken to?' },
    visibleTo: OWN_CHILD,
    type: 'code',
    codes: 'yes-no',
  }),
  'child.where-now': field({
    ...PER_CHILD,
    label: { sv: 'Var nu, med vem', en: 'Where now, with whom' },
    visibleTo: OWN_CHILD,
    type: 'text',
    maxLength: 200,
    tellsWhere: true,
    keepFrom: ['alleged-perpetrator'],
  }),
  'child.guardianship': field({
    ...PER_CHILD,
    label: { sv: 'Vårdnadshavare', en: 'Guardianship' },
    visibleTo: OWN_CHILD,
    type: 'list',
    source: 'register',
  }),
  'child.contact-ban-or-representative': field({
    label: {
      sv: 'Kontaktförbud eller särskild företrädare begärd',
      en: 'Contact ban or special representative requested',
    },
    concerns: ['child'],
    visibleTo: J_B_V,
    type: 'code',
    codes: 'yes-no',
  }),

  'victim.identity': field({
    ...HERS,
    ...REQUIRED,
    label: { sv: 'Den våldsutsatta', en: 'Victim' },
    visibleTo: HER,
    type: 'person',
    source: 'register',
  }),
  'victim.contact-wish': field({
    ...HERS,
    ...REQUIRED,
    label: { sv: 'Vill ha kontakt?', en: 'Wants contact?' },
    visibleTo: HER,
    type: 'code',
    codes: 'contact-wish',
  }),
  'victim.consent': field({
    ...HERS,
    ...REQUIRED,
    label: {
      sv: 'Samtycke (till vem, till vad, vem tog emot)',
      en: 'Consent (recipient, purpose, taken by)',
    },
    visibleTo: HER,
    type: 'list',
  }),
  'victim.injuries': field({
    concerns: ['victim', 'child'],
    keepFrom: ['alleged-perpetrator'],
    label: { sv: 'Skador och vård', en: 'Injuries, care given' },
    visibleTo: J_B_V,
    type: 'text',
  }),

  'safe-contact.number': field({
    ...SAFE_CONTACT,
    label: { sv: 'Säkert nummer', en: 'Safe number' },
    type: 'phone',
  }),
  'safe-contact.times': field({
    ...SAFE_CONTACT,
    label: { sv: 'Säkra tider', en: 'Safe times' },
    type: 'text',
    maxLength: 200,
  }),
  'safe-contact.may-say-who': field({
    ...SAFE_CONTACT,
    label: { sv: 'Får vi säga vilka vi är?', en: 'May we say who we are?' },
    type: 'code',
    codes: 'yes-no',
  }),
  'safe-contact.voicemail': field({
    ...SAFE_CONTACT,
    label: { sv: 'Får vi tala in meddelande?', en: 'Voicemail?' },
    type: 'code',
    codes: 'yes-no',
  }),
  'safe-contact.shared-phone': field({
    ...SAFE_CONTACT,
    label: { sv: 'Delas telefonen?', en: 'Shared phone?' },
    type: 'code',
    codes: 'yes-no',
  }),
  'safe-contact.language': field({
    ...SAFE_CONTACT,
    label: { sv: 'Språk', en: 'Language' },
    type: 'text',
    maxLength: 60,
  }),
  'safe-contact.interpreter': field({
    ...SAFE_CONTACT,
    label: { sv: 'Tolk behövs (aldrig en anhörig)', en: 'Interpreter needed (never a relative)' },
    type: 'code',
    codes: 'yes-no',
  }),

  'suspect.identity': field({
    ...REQUIRED,
    label: { sv: 'Misstänkt', en: 'Suspect' },
    concerns: ['alleged-perpetrator'],
    visibleTo: HIM,
    type: 'person',
    repeats: 'per-suspect',
    source: 'register',
  }),
  'suspect.role-disputed': field({
    ...REQUIRED,
    label: { sv: 'Är rollen omtvistad?', en: 'Role disputed?' },
    concerns: ['alleged-perpetrator'],
    visibleTo: HIM,
    type: 'code',
    codes: 'yes-no',
    repeats: 'per-suspect',
  }),
  'suspect.guardian-of': field({
    ...REQUIRED,
    label: { sv: 'Vårdnadshavare för', en: 'Guardian of whom' },
    concerns: ['child'],
    visibleTo: { socialjouren: 'whole', 'child-unit': 'whole' },
    type: 'list',
    repeats: 'per-suspect',
    source: 'register',
  }),
  'suspect.told': field({
    ...REQUIRED,
    label: { sv: 'Underrättad?', en: 'Told?' },
    concerns: ['alleged-perpetrator'],
    visibleTo: HIM,
    type: 'code',
    codes: 'yes-no',
    repeats: 'per-suspect',
  }),
  'suspect.agrees-to-contact': field({
    ...REQUIRED,
    label: { sv: 'Går med på kontakt?', en: 'Agrees to contact?' },
    concerns: ['alleged-perpetrator'],
    visibleTo: HIM,
    type: 'code',
    codes: 'contact-wish',
    repeats: 'per-suspect',
  }),
} as const satisfies Record<string, FieldDefinition>;
