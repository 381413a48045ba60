import { describe, expect, it } from '@jest/globals';
import { BASES, DISCLOSURE_MATRIX, NOT_USABLE } from '../disclosure/index.js';
import { HANDOFF_MACHINE, HANDOFF_PHASE_LABELS } from '../handoff/index.js';
import { MATTER_ACTIONS } from '../matter/index.js';
import { ROUTES } from '../routes/index.js';
import { keysOf } from '../wording/index.js';
import { diagramFiles } from './diagram-files.js';
import { machineDiagram } from './machine-diagram.js';

const drawn = (name: string) => diagramFiles().find((file) => file.name === name)?.content ?? '';

describe('the diagrams', () => {
  it('draw every step of the offer', () => {
    for (const { action, side, from, to } of HANDOFF_MACHINE.transitions) {
      const step =
        from === to ? `${side}: ${action}` : `${from.replaceAll('-', '_')} --> ${to.replaceAll('-', '_')}`;
      expect(drawn('handoff.md')).toContain(step);
    }
  });

  it('name every action on a matter and every route', () => {
    for (const action of MATTER_ACTIONS) expect(drawn('matter.md')).toContain(`\`${action}\``);
    for (const { id } of ROUTES) expect(drawn('routes.md')).toContain(`\`${id}\``);
  });

  it('print every row of the disclosure matrix, every basis and every refusal', () => {
    for (const { id } of [...DISCLOSURE_MATRIX, ...NOT_USABLE])
      expect(drawn('disclosure.md')).toContain(`\`${id}\``);
    for (const basis of keysOf(BASES)) expect(drawn('disclosure.md')).toContain(BASES[basis].text.sv);
  });

  it('change when a step is taken away', () => {
    const less = { ...HANDOFF_MACHINE, transitions: HANDOFF_MACHINE.transitions.slice(1) };
    expect(machineDiagram(less, HANDOFF_PHASE_LABELS)).not.toContain('deliver (receiver-system)');
    expect(machineDiagram(HANDOFF_MACHINE, HANDOFF_PHASE_LABELS)).toContain('deliver (receiver-system)');
  });

  it('write one colon to a label, since a second ends it in Mermaid', () => {
    for (const { content } of diagramFiles()) {
      for (const line of content.split('\n').filter((one) => one.includes(' --> ') && one.includes(' : '))) {
        expect(line.split(':')).toHaveLength(2);
      }
    }
  });
});
