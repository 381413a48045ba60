import { type FormDefinition, field } from './field.js';

const SENDERS = { 'victim-unit': 'whole', 'support-unit': 'whole', 'child-unit': 'whole' } as const;
const THEIRS = { source: 'named-with-value', concerns: ['victim', 'child'], visibleTo: SENDERS } as const;

/** What health care answers when it gives the matter back: within what may be told, and never a journal. */
export const CARE_ANSWER = {
  label: { sv: 'Svar från Region Stockholm', en: 'Answer from Region Stockholm' },
  version: 1,
  validFrom: '2026-01-01',
  fields: {
    'answer.person': field({
      ...THEIRS,
      label: { sv: 'Personen', en: 'The person' },
      type: 'person',
      required: true,
    }),
    'answer.what-was-done': field({
      ...THEIRS,
      label: { sv: 'Vad vården gjort', en: 'What health care did' },
      type: 'text',
      maxLength: 2000,
      keepFrom: ['alleged-perpetrator', 'guardians'],
    }),
    'answer.needs-of-the-person': field({
      ...THEIRS,
      label: { sv: 'Vad personen behöver nu', en: 'What the person needs now' },
      type: 'text',
      maxLength: 2000,
      keepFrom: ['alleged-perpetrator', 'guardians'],
      required: true,
    }),
    'answer.callback': field({
      label: { sv: 'Funktion att ringa', en: 'Function to ring' },
      concerns: ['staff'],
      visibleTo: SENDERS,
      source: 'named-with-value',
      type: 'function',
      required: true,
    }),
  },
} as const satisfies FormDefinition;
export type CareAnswerField = keyof typeof CARE_ANSWER.fields;
