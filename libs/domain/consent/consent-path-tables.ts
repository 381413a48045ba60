import { CHILD_MEASURES } from './child-consent-facts.js';
import {
  CHILDS_WORD_TABLE,
  CONSENT_PATH_TABLE,
  CONSENT_PATHS,
  PATH_DECIDERS,
} from './child-consent-table.js';

/** The paths of a child's consent for people, as Markdown; in docs/diagrams. A cell that is empty matches everything. */
export function consentPathTable(): string {
  return [
    '| row | measure | guardians | child’s word | age | view | leads to | decided by | rule | source |',
    '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |',
    ...CONSENT_PATH_TABLE.map(({ id, when, leadsTo, decides, rule, source }) =>
      line([
        `\`${id}\``,
        measures(when.measure),
        when.voice?.join(', '),
        when.word?.join(', '),
        when.age?.join(', '),
        when.view?.join(', '),
        `**${CONSENT_PATHS[leadsTo].en}** (\`${leadsTo}\`)`,
        PATH_DECIDERS[decides].label.en,
        `${rule.en} · ${rule.sv}`,
        source,
      ]),
    ),
  ].join('\n');
}

/** What a child's own word carries, for people. */
export function childsWordTable(): string {
  return [
    '| measure | age | suitable | view | the word |',
    '| --- | --- | --- | --- | --- |',
    ...CHILDS_WORD_TABLE.map(({ when, leadsTo }) =>
      line([
        measures(when.measure),
        when.age?.join(', '),
        when.suitability?.join(', '),
        when.view?.join(', '),
        `\`${leadsTo}\``,
      ]),
    ),
  ].join('\n');
}

const ALL = Object.keys(CHILD_MEASURES).length;

/** Named, or those that are left out where that is shorter. */
function measures(named: readonly string[] | undefined): string | undefined {
  if (named === undefined || named.length <= ALL / 2) return named?.join(', ');
  const left = Object.keys(CHILD_MEASURES).filter((measure) => !named.includes(measure));
  return `all but ${left.join(', ')}`;
}

function line(cells: readonly (string | undefined)[]): string {
  return `| ${cells.map((cell) => cell ?? '').join(' | ')} |`;
}
