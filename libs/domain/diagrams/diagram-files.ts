import { ACTIONS } from '../actions/index.js';
import { permissionTable } from '../authority/index.js';
import { childsWordTable, consentPathTable } from '../consent/index.js';
import { HANDOFF_MACHINE, HANDOFF_PHASE_LABELS } from '../handoff/index.js';
import { MATTER_KINDS, MATTER_MACHINE } from '../matter/index.js';
import { actionTable } from './action-table.js';
import { basisTable, matrixTable, notUsableTable } from './disclosure-table.js';
import { machineDiagram, marksOf } from './machine-diagram.js';
import { kindsWithRoutes, routeMap, routeTable } from './route-map.js';
import { workDiagram } from './work-diagram.js';

/** A document of `docs/diagrams`, as it should read. */
export interface DiagramFile {
  readonly name: string;
  readonly content: string;
}

const DRAWN = '<!-- Drawn from libs/domain by `npm run diagrams`; a test fails when it is not current. -->';
const mermaid = (text: string) => `\`\`\`mermaid\n${text}\n\`\`\``;
const page = (title: string, ...parts: readonly string[]) =>
  `${[`# ${title}`, DRAWN, ...parts].join('\n\n')}\n`;

/** Every drawn document. Pure: the command writes them, the test compares them. */
export function diagramFiles(): readonly DiagramFile[] {
  return [
    {
      name: 'child-consent.md',
      content: page(
        'Who may consent for a child',
        'Every combination of facts meets exactly one row. Guardians, never parents as such; an alleged perpetrator who was not asked is one who does not consent, and is never asked by the table. In protected housing the accompanying guardian alone speaks for an open intervention and a health examination (2024:79 6:1); a special representative speaks in the criminal case (1999:997, L).',
        '## Paths',
        consentPathTable(),
        '## What the word of the child carries',
        childsWordTable(),
      ),
    },
    {
      name: 'disclosure.md',
      content: page(
        'The disclosure matrix',
        'What no row opens stays. A row opens for a field when it opens for everybody whom the field concerns, on a day when its basis holds, and with the record that the basis asks for. Tags as in the directory: C confirmed, CI confirmed indirectly, INF inferred, U unconfirmed.',
        '## Rows',
        matrixTable(),
        '## Bases',
        basisTable(),
        '## Not usable',
        notUsableTable(),
      ),
    },
    {
      name: 'handoff.md',
      content: page(
        'The offer: phases of a handoff',
        mermaid(machineDiagram(HANDOFF_MACHINE, HANDOFF_PHASE_LABELS)),
        'Marks, which move neither phase nor responsibility:',
        marksOf(HANDOFF_MACHINE).join('\n'),
        actionTable(ACTIONS.filter((action) => action.machine === 'handoff')),
      ),
    },
    {
      name: 'matter.md',
      content: page(
        'The work: phases of a matter',
        mermaid(workDiagram()),
        'Marks, which move no phase:',
        marksOf(MATTER_MACHINE).join('\n'),
        actionTable(ACTIONS.filter((action) => action.machine === 'matter')),
      ),
    },
    {
      name: 'permissions.md',
      content: page(
        'Permissions: who may do what at the door',
        'A role holds at a unit, by a mandate or by standing in for the head, in record time.',
        permissionTable(),
      ),
    },
    {
      name: 'routes.md',
      content: page(
        'The routes',
        'Full arrow: forward. Dotted: back or onward, the same matter. Thick: to a unit outside Handslag, attested; the sender still holds.',
        ...kindsWithRoutes().flatMap((kind) => [
          `## ${MATTER_KINDS[kind].label.en} (\`${kind}\`)`,
          mermaid(routeMap(kind)),
          routeTable(kind),
        ]),
      ),
    },
  ];
}
