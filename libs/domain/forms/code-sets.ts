import type { Label } from '../wording/index.js';

/** Valid in every field of every form: at 02:40 nothing is refused for a missing answer (forms.md 1). */
export const UNKNOWN = 'unknown';
export const UNKNOWN_LABEL: Label = { sv: 'Okänt', en: 'Unknown' };

/** Coded answers. `unknown` is valid beside each of them and is therefore not repeated. */
export const CODE_SETS = {
  'yes-no': { YES: { sv: 'Ja', en: 'Yes' }, NO: { sv: 'Nej', en: 'No' } },
  violence: {
    PHYSICAL: { sv: 'Fysiskt', en: 'Physical' },
    PSYCHOLOGICAL: { sv: 'Psykiskt', en: 'Psychological' },
    SEXUAL: { sv: 'Sexuellt', en: 'Sexual' },
    CONTROL: { sv: 'Kontroll', en: 'Control' },
    STALKING: { sv: 'Förföljelse', en: 'Stalking' },
    ECONOMIC: { sv: 'Ekonomiskt', en: 'Economic' },
    HONOUR_RELATED: { sv: 'Hedersrelaterat', en: 'Honour-related' },
    // The status report's scope (forms.md 6, C-13).
    PROSTITUTION_OR_TRAFFICKING: {
      sv: 'Prostitution eller människohandel',
      en: 'Prostitution or trafficking',
    },
  },
  danger: {
    WEAPON: { sv: 'Vapen', en: 'Weapon' },
    STRANGULATION: { sv: 'Strypgrepp', en: 'Strangulation' },
    DEATH_THREAT: { sv: 'Dödshot', en: 'Death threat' },
    PREGNANCY: { sv: 'Graviditet', en: 'Pregnancy' },
    SEPARATION: { sv: 'Separation', en: 'Separation' },
  },
  'suspect-where': {
    HERE: { sv: 'Kvar på platsen', en: 'Here' },
    GONE: { sv: 'Borta', en: 'Gone' },
    DETAINED: { sv: 'Frihetsberövad', en: 'Detained' },
  },
  'child-exposure': {
    SAW: { sv: 'Såg', en: 'Saw' },
    HEARD: { sv: 'Hörde', en: 'Heard' },
    WAS_HURT: { sv: 'Blev skadat', en: 'Was hurt' },
  },
  'contact-wish': {
    YES: { sv: 'Ja', en: 'Yes' },
    NO: { sv: 'Nej', en: 'No' },
    NOT_ASKED: { sv: 'Inte tillfrågad', en: 'Not asked' },
  },
  'protected-status': {
    YES: { sv: 'Ja', en: 'Yes' },
    NO: { sv: 'Nej', en: 'No' },
    UNREADABLE: { sv: 'Går inte att läsa (= ja)', en: 'Unreadable (= yes)' },
  },
  'protection-outcome': {
    PROTECTION_NEEDED_NOW: { sv: 'Omedelbart skydd behövs', en: 'Protection needed at once' },
    NO_IMMEDIATE_NEED: { sv: 'Inget omedelbart skyddsbehov', en: 'No immediate need of protection' },
    CANNOT_YET_BE_ASSESSED: { sv: 'Kan inte bedömas än', en: 'Cannot be assessed yet' },
  },
  // domain.md E5: a visit needs consent or another legal ground; the Swedish sections are for a lawyer (L).
  'attendance-ground': {
    CONSENT: { sv: 'Samtycke', en: 'Consent' },
    IMMEDIATE_CARE: {
      sv: 'Omedelbart omhändertagande eller undersökning enligt LVU',
      en: 'Immediate care or examination under LVU',
    },
    EMERGENCY: { sv: 'Nöd', en: 'Necessity in an emergency' },
    OTHER: { sv: 'Annan grund, angiven i skälen', en: 'Another ground, named in the reasons' },
  },
  'consent-answer': {
    GIVEN: { sv: 'Ja', en: 'Given' },
    REFUSED: { sv: 'Nej', en: 'Refused' },
    NOT_ASKED: { sv: 'Inte tillfrågad', en: 'Not asked' },
  },
  'consent-way': {
    IN_PERSON: { sv: 'Muntligt, på plats', en: 'Orally, face to face' },
    BY_PHONE: { sv: 'Per telefon', en: 'By telephone' },
    IN_WRITING: { sv: 'Skriftligt', en: 'In writing' },
    THROUGH_INTERPRETER: { sv: 'Genom tolk', en: 'Through an interpreter' },
  },
  'investigation-ground': {
    VIOLENCE: {
      sv: 'Barnet kan ha utsatts för eller bevittnat våld i nära relation',
      en: 'The child may have suffered or witnessed violence in close relationships',
    },
    OTHER_NEED: { sv: 'Annat behov av skydd eller stöd', en: 'Another need of protection or support' },
    ALREADY_INVESTIGATED: { sv: 'Utredning pågår redan', en: 'An investigation is already running' },
    NO_NEED: { sv: 'Inget som kan föranleda åtgärd', en: 'Nothing that can lead to a measure' },
  },
  'residence-basis': {
    REGISTERED: { sv: 'Folkbokförd', en: 'Registered' },
    ACTUAL: { sv: 'Faktisk', en: 'Actual' },
    ALTERNATING: { sv: 'Växelvis', en: 'Alternating' },
    ASSERTED: { sv: 'Angiven av handläggare', en: 'Asserted' },
  },
} as const satisfies Record<string, Record<string, Label>>;
export type CodeSetId = keyof typeof CODE_SETS;
