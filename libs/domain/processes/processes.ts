import { keysOf, type Label } from '../wording/index.js';

/**
 * A process as the sources tell it (DESIGN 6): its steps are what it asks of people, by the names that workflow, deadline
 * and record share.
 */
export interface ProcessDefinition {
  readonly label: Label;
  /** The parties whose cases these are: the case is a row of that party's schema, and its story runs for it. */
  readonly parties: readonly string[];
  readonly steps: Readonly<Record<string, Label>>;
}

/** Every process that is told by a workflow of its own. */
export const PROCESSES = {
  'call-out': {
    label: { sv: 'Polisutryckning', en: 'Police call-out' },
    parties: ['police'],
    steps: {
      'child-check': { sv: 'Kontrollera om barn bor där', en: 'Check whether a child lives there' },
      'attendance-decision': { sv: 'Besluta om att åka ut', en: 'Decide whether to attend' },
      'protection-assessment': { sv: 'Gör skyddsbedömningen', en: 'Make the protection assessment' },
      'morning-handover': { sv: 'Lämna över på morgonen', en: 'Hand over in the morning' },
    },
  },
  'child-decision': {
    label: { sv: 'Barnets utredning och stöd', en: "The child's investigation and support" },
    parties: ['bou'],
    steps: {
      'risk-review': { sv: 'Ompröva risken samma dag', en: 'Review the risk the same day' },
      notices: { sv: 'Underrätta dem som berörs', en: 'Tell those concerned' },
      plan: { sv: 'Planera utredningen', en: 'Plan the investigation' },
      'time-check': { sv: 'Stäm av om utredningen blir klar i tid', en: 'Check whether it is done in time' },
      investigation: { sv: 'Slutför utredningen', en: 'Complete the investigation' },
      'programme-review': { sv: 'Pröva stödformen på nytt', en: 'Evaluate the programme anew' },
      'support-review': { sv: 'Besluta om stödet på nytt', en: 'Decide on the support anew' },
      commission: { sv: 'Beställ stödet', en: 'Commission the support' },
      delivery: {
        sv: 'Se till att stödet börjar, annars rapportera',
        en: 'See that the support begins, else report',
      },
      'follow-up': { sv: 'Avsluta uppföljningen', en: 'End the follow-up' },
      'youth-clinic': { sv: 'Erbjud ungdomsmottagningen', en: 'Offer the youth clinic' },
    },
  },
} as const satisfies Record<string, ProcessDefinition>;
export type ProcessName = keyof typeof PROCESSES;
/** The name of a step of a process. */
export type StepOf<Process extends ProcessName> = keyof (typeof PROCESSES)[Process]['steps'];

/** Every process by name. */
export const PROCESS_NAMES = keysOf(PROCESSES);

/** Whether a text from outside names a process. */
export function isProcessName(text: string): text is ProcessName {
  return Object.hasOwn(PROCESSES, text);
}

/** Whether the process asks for a step of this name. */
export function isStepOf(process: ProcessName, stepKey: string): boolean {
  return Object.hasOwn(PROCESSES[process].steps, stepKey);
}
