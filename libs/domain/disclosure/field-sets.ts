import { type FieldDefinition, field } from '../forms/index.js';
import { keysOf, type Label } from '../wording/index.js';

interface FieldSetDefinition {
  readonly label: Label;
  /** Null: the fields that the question permits. Else these pieces and no others. */
  readonly items: Readonly<Record<string, FieldDefinition>> | null;
}

const STATUS = {
  concerns: ['incident'],
  visibleTo: {},
  source: 'social-service',
} as const satisfies Partial<FieldDefinition>;
const PIECE = { visibleTo: {}, source: 'social-service' } as const satisfies Partial<FieldDefinition>;

/** What a basis can open: the form, or pieces of information that no form carries. */
export const FIELD_SETS = {
  'of-the-form': {
    label: { sv: 'formulärets fält för mottagaren', en: "the form's fields for the receiver" },
    items: null,
  },
  'own-file': {
    label: { sv: 'allt som enheten själv har', en: 'all that the unit itself has' },
    items: null,
  },
  // SenderSees (DESIGN 8): what became of an offer. Ids are those of the sender's view.
  'handover-status': {
    label: { sv: 'överlämningens läge och tider', en: "the handover's phase and instants" },
    items: {
      phase: field({ ...STATUS, label: { sv: 'Läge', en: 'Phase' }, type: 'code', codes: null }),
      'sent-at': field({ ...STATUS, label: { sv: 'Skickat', en: 'Sent' }, type: 'instant' }),
      'delivered-at': field({ ...STATUS, label: { sv: 'Framme', en: 'Delivered' }, type: 'instant' }),
      'opened-at': field({ ...STATUS, label: { sv: 'Öppnat', en: 'Opened' }, type: 'instant' }),
      question: field({ ...STATUS, label: { sv: 'Fråga', en: 'Question' }, type: 'text' }),
      'answered-at': field({ ...STATUS, label: { sv: 'Besvarat', en: 'Answered' }, type: 'instant' }),
      'taken-at': field({ ...STATUS, label: { sv: 'Mottaget', en: 'Taken' }, type: 'instant' }),
      'taken-by-function': field({
        ...STATUS,
        label: { sv: 'Mottaget av funktion', en: 'Taken by which function' },
        type: 'function',
      }),
      receipt: field({ ...STATUS, label: { sv: 'Kvitto', en: 'Receipt' }, type: 'text' }),
      'masked-reason': field({ ...STATUS, label: { sv: 'Skäl', en: 'Reason' }, type: 'code', codes: null }),
      'proposed-unit': field({
        ...STATUS,
        label: { sv: 'Föreslagen enhet', en: 'Proposed unit' },
        type: 'function',
      }),
      'review-due': field({
        ...STATUS,
        label: { sv: 'Ny bedömning senast', en: 'Review due' },
        type: 'instant',
      }),
    },
  },
  'after-acceptance': {
    label: { sv: 'vad som händer efter mottagandet', en: 'what happens after acceptance' },
    items: {
      'work-outcome': field({
        ...PIECE,
        concerns: ['victim'],
        label: { sv: 'Vad ärendet ledde till', en: 'What the matter led to' },
        type: 'code',
        codes: null,
        keepFrom: ['alleged-perpetrator'],
      }),
      'work-instants': field({
        ...PIECE,
        concerns: ['victim'],
        label: { sv: 'När något hände i arbetet', en: 'When something happened in the work' },
        type: 'instant',
        keepFrom: ['alleged-perpetrator'],
      }),
    },
  },
  'report-outcome': {
    label: {
      sv: 'utredning inledd, inte inledd, eller pågår redan',
      en: 'investigation opened, not opened, or already running',
    },
    items: {
      'report-outcome': field({
        ...PIECE,
        concerns: ['child'],
        label: { sv: 'Vad anmälan ledde till', en: 'What the report led to' },
        type: 'code',
        codes: null,
        keepFrom: ['alleged-perpetrator'],
      }),
    },
  },
  'risk-to-close-person': {
    label: { sv: 'risken och den den gäller', en: 'the risk and whom it is about' },
    items: {
      'risk.person': field({
        ...PIECE,
        concerns: ['alleged-perpetrator'],
        label: { sv: 'Den som risken utgår från', en: 'Whom the risk comes from' },
        type: 'person',
      }),
      'risk.circumstances': field({
        ...PIECE,
        concerns: ['alleged-perpetrator', 'victim'],
        label: { sv: 'De konkreta omständigheterna', en: 'The concrete circumstances' },
        type: 'text',
        maxLength: 2000,
        keepFrom: ['alleged-perpetrator'],
      }),
    },
  },
  'suspected-crime': {
    label: { sv: 'misstanken om brott', en: 'the suspicion of a crime' },
    items: {
      'crime.person': field({
        ...PIECE,
        concerns: ['alleged-perpetrator'],
        label: { sv: 'Den som misstänks', en: 'Who is suspected' },
        type: 'person',
      }),
      'crime.circumstances': field({
        ...PIECE,
        concerns: ['alleged-perpetrator', 'victim', 'child'],
        label: { sv: 'Vad misstanken gäller', en: 'What the suspicion is about' },
        type: 'text',
        maxLength: 2000,
        keepFrom: ['alleged-perpetrator'],
      }),
    },
  },
  'contact-details': {
    label: { sv: 'kontaktuppgifter', en: 'contact details' },
    items: {
      'contact.details': field({
        ...PIECE,
        concerns: ['victim', 'alleged-perpetrator'],
        label: {
          sv: 'Adress, telefon, e-post, arbetsplats, företrädare',
          en: 'Address, phone, e-mail, workplace, representative',
        },
        type: 'list',
        tellsWhere: true,
        keepFrom: ['alleged-perpetrator'],
      }),
    },
  },
  'stay-in-accommodation': {
    label: { sv: 'om någon vistas i ett boende', en: 'whether someone stays in accommodation' },
    items: {
      'stay.where': field({
        ...PIECE,
        concerns: ['victim', 'child'],
        label: {
          sv: 'Vistelse i skyddat boende eller liknande',
          en: 'Stay in protected housing or the like',
        },
        type: 'text',
        tellsWhere: true,
        sealedApart: true,
        keepFrom: ['alleged-perpetrator', 'guardians'],
      }),
    },
  },
  'protected-registration': {
    label: {
      sv: 'uppgifter i ärendet om skyddad folkbokföring',
      en: 'data for the case on protected registration',
    },
    items: {
      'registration.need': field({
        ...PIECE,
        concerns: ['victim', 'child'],
        label: { sv: 'Behovet av skydd', en: 'The need of protection' },
        type: 'text',
        keepFrom: ['alleged-perpetrator', 'guardians'],
      }),
    },
  },
  'is-known': {
    label: { sv: 'att personen är aktuell', en: 'that the person is known' },
    items: {
      'known.is-current': field({
        ...PIECE,
        concerns: ['victim', 'child', 'alleged-perpetrator'],
        label: { sv: 'Aktuell hos nämnden', en: 'Known to the board' },
        type: 'code',
        codes: 'yes-no',
        keepFrom: ['alleged-perpetrator'],
      }),
    },
  },
  release: {
    label: { sv: 'frigivning, rymning, permission', en: 'release, escape, leave' },
    items: {
      'release.time': field({
        ...PIECE,
        concerns: ['alleged-perpetrator'],
        label: { sv: 'När och i vilken form', en: 'When and in which form' },
        type: 'text',
        maxLength: 200,
      }),
    },
  },
  'legal-information': {
    label: { sv: 'målsägandens rättigheter', en: "the injured party's rights" },
    items: {
      'legal.information': field({
        ...PIECE,
        concerns: ['victim', 'child'],
        label: {
          sv: 'Målsägandebiträde, kontaktförbud, skydd, annat boende',
          en: 'Counsel, contact ban, protection, other housing',
        },
        type: 'text',
        keepFrom: ['alleged-perpetrator'],
      }),
    },
  },
  'reporter-identity': {
    label: { sv: 'vem som anmält', en: 'who reported' },
    items: {
      'reporter.identity': field({
        ...PIECE,
        concerns: ['reporter'],
        label: { sv: 'Anmälaren', en: 'The reporter' },
        type: 'person',
      }),
    },
  },
} as const satisfies Record<string, FieldSetDefinition>;
export type FieldSetId = keyof typeof FIELD_SETS;

/** The pieces of a set by id; null when the set is the form's. */
export function itemsOfSet(set: FieldSetId): Readonly<Record<string, FieldDefinition>> | null {
  return FIELD_SETS[set].items;
}

/** Ids of all pieces that no form carries. */
export const PIECES: ReadonlySet<string> = new Set(
  keysOf(FIELD_SETS).flatMap((set) => Object.keys(itemsOfSet(set) ?? {})),
);
