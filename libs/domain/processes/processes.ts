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
} as const satisfies Record<string, ProcessDefinition>;
export type ProcessName = keyof typeof PROCESSES;

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
