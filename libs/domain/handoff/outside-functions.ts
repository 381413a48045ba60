import type { Label } from '../wording/index.js';

/**
 * The function outside Handslag that said it took the matter. A code, so that no name gets into a receipt or an event;
 * version 1, from 1 January 2026.
 */
export const OUTSIDE_FUNCTIONS = {
  'duty-officer': { sv: 'Jourhavande socialsekreterare', en: 'Duty social worker' },
  'case-worker': { sv: 'Handläggare', en: 'Case worker' },
  'reception-group': { sv: 'Mottagningsgrupp', en: 'Reception group' },
  'unit-head': { sv: 'Enhetschef', en: 'Unit head' },
  'on-call-head': { sv: 'Chef i beredskap', en: 'Head on call' },
  switchboard: { sv: 'Växel eller kontaktcenter', en: 'Switchboard or contact centre' },
} as const satisfies Record<string, Label>;
export type OutsideFunction = keyof typeof OUTSIDE_FUNCTIONS;
