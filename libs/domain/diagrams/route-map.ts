import { MATTER_KINDS, type MatterKind } from '../matter/index.js';
import { ROUTES, type Route } from '../routes/index.js';
import { UNIT_KINDS, type UnitKind } from '../units/index.js';
import { keysOf } from '../wording/index.js';

const node = (kind: UnitKind) => kind.replaceAll('-', '_');

/** Forward is a full arrow, back or onward a dotted one, an attested handover a thick one. */
function arrow(route: Route): string {
  if (route.custody === 'attested') return '==>';
  return route.direction === 'forward' ? '-->' : '-.->';
}

/** A Mermaid flowchart of the routes of one kind of matter. */
export function routeMap(kind: MatterKind, routes: readonly Route[] = ROUTES): string {
  const shown = routes.filter((route) => route.matterKind === kind);
  const units = keysOf(UNIT_KINDS).filter((unit) =>
    shown.some(({ from, to }) => from === unit || to === unit),
  );
  return [
    'flowchart LR',
    ...units.map((unit) => `  ${node(unit)}["${UNIT_KINDS[unit].label.en}"]`),
    ...shown.map((route) => `  ${node(route.from)} ${arrow(route)}|${route.group}| ${node(route.to)}`),
  ].join('\n');
}

const yes = (it: boolean) => (it ? 'yes' : 'no');

/** The contracts of the routes of one kind, as a table: what may be done, what is armed, how it gets out. */
export function routeTable(kind: MatterKind, routes: readonly Route[] = ROUTES): string {
  const rows = routes
    .filter((route) => route.matterKind === kind)
    .map((route) =>
      [
        `\`${route.id}\``,
        route.group,
        Object.entries(route.deadlines)
          .map(([purpose, { rule }]) => `${purpose} \`${rule}\``)
          .join('<br>'),
        [
          ...route.statutory.opens.map((rule) => `opens ${rule}`),
          ...route.statutory.passes.map((rule) => `passes ${rule}`),
        ].join('<br>') || '–',
        yes(route.declinable),
        yes(route.withdrawable),
        yes(route.cancellable),
        route.wayBack.kind === 'never-left'
          ? 'the sender still holds'
          : `${route.wayBack.kind} \`${route.wayBack.route}\``,
        (route.bases[route.subject] ?? []).join(', '),
      ].join(' | '),
    );
  return [
    '| route | group | deadlines | statutory | declinable | withdrawable | cancellable | way out | basis |',
    '| --- | --- | --- | --- | --- | --- | --- | --- | --- |',
    ...rows.map((row) => `| ${row} |`),
  ].join('\n');
}

/** The kinds of matter that some route carries, in the order of the table of kinds. */
export function kindsWithRoutes(routes: readonly Route[] = ROUTES): readonly MatterKind[] {
  return keysOf(MATTER_KINDS).filter((kind) => routes.some((route) => route.matterKind === kind));
}
