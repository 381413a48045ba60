import type { Machine, Transition } from './machine.js';

/**
 * What is wrong with a machine, one sentence each; empty when it is sound.
 * Found: unknown phases, unreachable phases, dead ends, ways out of a terminal phase, phases that cannot
 * reach any terminal phase, and two steps that a command could not tell apart.
 */
export function machineDefects<Phase extends string, Action extends string, Side extends string>(
  machine: Machine<Phase, Action, Side>,
): string[] {
  const moves = machine.transitions.filter((step) => step.from !== step.to);
  const defects = [...unknownPhases(machine), ...ambiguousSteps(machine)];

  const reached = closure([machine.initial], (phase) =>
    moves.filter((step) => step.from === phase).map((step) => step.to),
  );
  const finishing = closure(machine.terminal, (phase) =>
    moves.filter((step) => step.to === phase).map((step) => step.from),
  );
  for (const phase of machine.phases) {
    const isTerminal = machine.terminal.includes(phase);
    const leaves = moves.some((step) => step.from === phase);
    if (!reached.has(phase)) defects.push(`${machine.name}: phase ${phase} is unreachable`);
    if (!isTerminal && !leaves) defects.push(`${machine.name}: phase ${phase} is a dead end`);
    if (isTerminal && leaves) defects.push(`${machine.name}: terminal phase ${phase} can be left`);
    if (leaves && !isTerminal && !finishing.has(phase)) {
      defects.push(`${machine.name}: phase ${phase} never comes to an end`);
    }
  }
  return defects;
}

function unknownPhases<Phase extends string>(machine: Machine<Phase, string, string>): string[] {
  const named = [
    machine.initial,
    ...machine.terminal,
    ...machine.transitions.flatMap(({ from, to }) => [from, to]),
  ];
  return [...new Set(named)]
    .filter((phase) => !machine.phases.includes(phase))
    .map((phase) => `${machine.name}: phase ${phase} is used but not declared`);
}

function ambiguousSteps(machine: Machine<string, string, string>): string[] {
  const key = (step: Transition<string, string, string>) =>
    [step.from, step.action, step.side, step.variant ?? ''].join(' ');
  const keys = machine.transitions.map(key);
  return [...new Set(keys.filter((one, index) => keys.indexOf(one) !== index))].map(
    (one) => `${machine.name}: two steps for "${one.trim()}"`,
  );
}

function closure<Node>(start: readonly Node[], neighbours: (node: Node) => readonly Node[]): Set<Node> {
  const seen = new Set<Node>(start);
  const queue = [...start];
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    for (const next of neighbours(node)) {
      if (!seen.has(next)) {
        seen.add(next);
        queue.push(next);
      }
    }
  }
  return seen;
}
