import type { ActionDefinition } from '../actions/index.js';

/** The one table of actions, for people. */
export function actionTable(actions: readonly ActionDefinition[]): string {
  return [
    '| action | sv | who | If-Match | moves version | reason | only if |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...actions.map((action) =>
      [
        '',
        action.atTheDoor ? `\`${action.name}\`` : `\`${action.name}\` (not at the door)`,
        action.label.sv,
        action.doers
          .map(({ side, roles }) => `${side}${roles.length > 0 ? `: ${roles.join(', ')}` : ''}`)
          .join('; '),
        action.ifMatch ? 'yes' : 'no',
        action.movesVersion ? 'yes' : 'no',
        action.reasons ?? '–',
        action.condition ?? '–',
        '',
      ]
        .join(' | ')
        .trim(),
    ),
  ].join('\n');
}
