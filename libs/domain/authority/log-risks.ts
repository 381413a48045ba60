import type { Label } from '../wording/index.js';

/** What makes an access worth a second look (SoLPUF 10 §); each multiplies its chance to be drawn. Configuration, unconfirmed. */
export const LOG_RISKS = {
  'break-glass': { label: { sv: 'Nödöppning', en: 'Emergency opening' }, weight: 50 },
  'own-name-lookup': { label: { sv: 'Sökning på eget namn', en: "Lookup of one's own name" }, weight: 40 },
  'protected-identity': { label: { sv: 'Skyddade personuppgifter', en: 'Protected identity' }, weight: 20 },
  'not-assigned': {
    label: { sv: 'Ärendet var inte tilldelat personen', en: 'The matter was not assigned to the person' },
    weight: 8,
  },
  'outside-hours': { label: { sv: 'Utanför arbetstid', en: 'Outside working hours' }, weight: 5 },
} as const satisfies Record<string, { readonly label: Label; readonly weight: number }>;
export type LogRisk = keyof typeof LOG_RISKS;

export const isLogRisk = (text: string): text is LogRisk => Object.hasOwn(LOG_RISKS, text);

/** An access as the audit has it, with what the record says about the circumstances. */
export interface LoggedAccess {
  readonly id: string;
  readonly kind: 'command' | 'reading' | 'refusal';
  readonly action: string;
  readonly person: string;
  /** Marks that the service which logged it gave, in the personal part. */
  readonly marked: readonly string[];
  /** To whom the case was assigned; empty when it belongs to no case. */
  readonly assignedTo: readonly (string | null)[];
  readonly isProtected: boolean;
  /** The unit's office was open. */
  readonly officeOpen: boolean;
  /** The rota had her on duty there. */
  readonly onDuty: boolean;
}

/** The risks of an access. One that the service itself marked counts whatever else is known. */
export function risksOf(access: LoggedAccess): readonly LogRisk[] {
  const isReading = access.kind === 'reading';
  const found: readonly (LogRisk | false)[] = [
    access.action.startsWith('break-glass') && 'break-glass',
    access.isProtected && 'protected-identity',
    isReading && access.assignedTo.length > 0 && !access.assignedTo.includes(access.person) && 'not-assigned',
    !access.officeOpen && !access.onDuty && 'outside-hours',
  ];
  return [...new Set([...found.filter((risk) => risk !== false), ...access.marked.filter(isLogRisk)])];
}

/** How heavy an access is in the draw: 1 for one without a risk. */
export function weightOf(risks: readonly LogRisk[]): number {
  return risks.reduce((sum, risk) => sum + LOG_RISKS[risk].weight, 1);
}

/** What the reviewer finds about one drawn access. */
export const DRAW_RESULTS = {
  IN_ORDER: { sv: 'I ordning', en: 'In order' },
  TO_BE_ASKED: { sv: 'Personen ska frågas', en: 'To be asked about' },
  INCIDENT: { sv: 'Personuppgiftsincident', en: 'A personal data breach' },
} as const satisfies Record<string, Label>;
export type DrawResult = keyof typeof DRAW_RESULTS;
