import { type FormDefinition, field } from './field.js';

const HIS = {
  concerns: ['alleged-perpetrator'],
  visibleTo: { 'perpetrator-unit': 'whole' },
  source: 'named-with-value',
} as const;

/** The offer to the alleged perpetrator: composed apart, of what he himself said, never of her words (DESIGN 6.2). */
export const CHANGE_OFFER = {
  label: { sv: 'Erbjudande om förändringsarbete', en: 'Offer of change work' },
  version: 1,
  validFrom: '2026-01-01',
  fields: {
    'change.person': field({
      ...HIS,
      label: { sv: 'Personen', en: 'The person' },
      type: 'person',
      required: true,
    }),
    'change.agrees': field({
      ...HIS,
      label: { sv: 'Har sagt ja till kontakt', en: 'Has agreed to contact' },
      type: 'code',
      codes: 'yes-no',
      required: true,
    }),
    'change.how-to-reach': field({
      ...HIS,
      label: { sv: 'Hur han vill bli nådd', en: 'How he wants to be reached' },
      type: 'text',
      maxLength: 200,
      required: true,
    }),
    'change.own-words': field({
      ...HIS,
      label: { sv: 'Vad han själv vill ha hjälp med', en: 'What he wants help with himself' },
      type: 'text',
      maxLength: 500,
    }),
    'change.language': field({
      ...HIS,
      label: { sv: 'Språk, tolk', en: 'Language, interpreter' },
      type: 'text',
      maxLength: 100,
    }),
    'change.callback': field({
      label: { sv: 'Funktion att ringa', en: 'Function to ring' },
      concerns: ['staff'],
      visibleTo: { 'perpetrator-unit': 'whole' },
      source: 'social-service',
      type: 'function',
      required: true,
    }),
  },
} as const satisfies FormDefinition;
export type ChangeOfferField = keyof typeof CHANGE_OFFER.fields;
