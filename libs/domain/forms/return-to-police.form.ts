import { type FormDefinition, field } from './field.js';

/**
 * What the police need to go on answering for an adult's matter that comes back: nothing of what social services
 * learned, since 26:1 opens for that by consent or an individual decision only (domain.md B6).
 */
export const RETURN_TO_POLICE = {
  label: { sv: 'Åter till polisen', en: 'Return to the police' },
  version: 1,
  validFrom: '2026-01-01',
  fields: {
    'return.callback': field({
      label: { sv: 'Funktion att ringa', en: 'Function to ring' },
      concerns: ['staff'],
      visibleTo: { police: 'whole' },
      type: 'function',
      source: 'social-service',
      required: true,
    }),
    'return.what-the-person-was-told': field({
      label: { sv: 'Vad personen fått veta', en: 'What the person was told' },
      concerns: ['victim'],
      visibleTo: { police: 'whole' },
      type: 'text',
      source: 'social-service',
      keepFrom: ['alleged-perpetrator'],
    }),
  },
} as const satisfies FormDefinition;
export type ReturnToPoliceField = keyof typeof RETURN_TO_POLICE.fields;
