import { isOpenMatter, MATTER_MACHINE, MATTER_PHASE_LABELS } from '../matter/index.js';
import { machineDiagram } from './machine-diagram.js';

/**
 * The machine of work is drawn with one box for "any order": each act leads from every open phase to its own, and the
 * forty-two arrows of the data would hide the only thing worth seeing.
 */
export function workDiagram(): string {
  const open = MATTER_MACHINE.phases.filter(isOpenMatter);
  const fromHeld = MATTER_MACHINE.transitions.filter((step) => step.from === MATTER_MACHINE.initial);
  return machineDiagram({ ...MATTER_MACHINE, transitions: fromHeld }, MATTER_PHASE_LABELS)
    .concat('\n  note right of held')
    .concat(`\n    every act is open in each of: ${open.join(', ')}`)
    .concat('\n  end note');
}
