import type { Machine } from '../machine/index.js';
import type { Label } from '../wording/index.js';

/** A Mermaid state diagram of a machine, drawn from its own data. Marks (steps that stay) are listed beside it. */
export function machineDiagram(
  machine: Machine<string, string, string>,
  labels: Readonly<Record<string, Label>>,
): string {
  const name = (phase: string) => phase.replaceAll('-', '_');
  const moves = machine.transitions.filter((step) => step.from !== step.to);
  const arrows = new Map<string, string[]>();
  for (const { from, to, action, side, variant } of moves) {
    const key = `${name(from)} --> ${name(to)}`;
    // A second colon would end the label in Mermaid.
    const said = `${action}${variant === undefined ? '' : ` ${variant}`} (${side})`;
    arrows.set(key, [...(arrows.get(key) ?? []), said]);
  }
  return [
    'stateDiagram-v2',
    ...machine.phases.map((phase) => `  state "${labels[phase]?.en ?? phase}" as ${name(phase)}`),
    `  [*] --> ${name(machine.initial)}`,
    ...[...arrows].map(([arrow, said]) => `  ${arrow} : ${said.join(' / ')}`),
    ...machine.terminal.map((phase) => `  ${name(phase)} --> [*]`),
  ].join('\n');
}

/** The marks of a machine as lines of a list: what is recorded without moving the phase. */
export function marksOf(machine: Machine<string, string, string>): readonly string[] {
  const marks = new Map<string, string[]>();
  for (const { action, from, to, side } of machine.transitions) {
    if (from !== to) continue;
    const key = `${side}: ${action}`;
    marks.set(key, [...(marks.get(key) ?? []), from]);
  }
  return [...marks].map(([mark, phases]) => `- ${mark} (in ${phases.join(', ')})`);
}
