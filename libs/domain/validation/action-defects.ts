import { machineDefects } from '../machine/index.js';
import { isLabelled } from '../wording/index.js';
import type { DomainData } from './domain-data.js';

/** Machines that are sound, and a table of actions that says of each step who may take it. */
export function actionDefects(data: DomainData): string[] {
  const defects = [...machineDefects(data.handoffMachine), ...machineDefects(data.matterMachine)];
  for (const machine of [data.handoffMachine, data.matterMachine]) {
    const definitions = data.actions.filter((action) => action.machine === machine.name);
    for (const { action, side, from } of machine.transitions) {
      const definition = definitions.find((one) => one.name === action);
      if (definition === undefined)
        defects.push(`${machine.name}: action ${action} is not in the table of actions`);
      else if (!definition.doers.some((doer) => doer.side === side)) {
        defects.push(`${machine.name}: nobody on the side ${side} may ${action} in ${from}`);
      }
    }
    for (const definition of definitions) {
      if (!machine.transitions.some((step) => step.action === definition.name)) {
        defects.push(`action ${definition.name} leads nowhere in the machine ${machine.name}`);
      }
    }
  }
  for (const action of data.actions) {
    if (!isLabelled(action.label) || !isLabelled(action.does)) {
      defects.push(`action ${action.name} is not labelled in both languages`);
    }
    if (action.atTheDoor && action.doers.some((doer) => doer.roles.length === 0)) {
      defects.push(`action ${action.name} is at the door and open to every role`);
    }
    if ((action.condition === null) !== (action.whenForbidden === null)) {
      defects.push(`action ${action.name} has a condition without a refusal, or the reverse`);
    }
  }
  return [...new Set(defects)];
}
