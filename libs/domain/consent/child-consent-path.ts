import type { ChildConsentFacts } from './child-consent-facts.js';
import {
  CHILDS_WORD_TABLE,
  type ChildsWord,
  CONSENT_PATH_TABLE,
  PATH_DECIDERS,
  type PathFacts,
  type PathRow,
} from './child-consent-table.js';
import { decidingStands, guardiansVoice } from './guardians-voice.js';

/** Moves when a row of the table does; kept with every evaluation. */
export const CONSENT_PATH_VERSION = 1;

/** Where the facts lead, by which row, and who decides. */
export interface ChildConsentPath {
  readonly row: PathRow;
  readonly isDelegable: boolean;
  /** Which of the guardians, by their place in the facts, may be asked now; never an alleged perpetrator. */
  readonly toAsk: readonly number[];
  /** Whether the path lets a yes be recorded for the child, and by whom it was said. */
  readonly allowsConsentOf: 'guardians' | 'child' | 'nobody';
}

/** The path of a child's consent (domain.md B4, forms.md 5). Total: every combination of facts has exactly one row. */
export function childConsentPath(facts: ChildConsentFacts): ChildConsentPath {
  const row = onlyRow(CONSENT_PATH_TABLE, pathFacts(facts));
  const asks = row.leadsTo === 'ask-guardian';
  // Where the representative has the say, no guardian is asked.
  const guardiansDecide = !(facts.measure === 'legal-process' && facts.representative !== 'none');
  const alone = decidingStands(facts).length < facts.guardians.length;
  return {
    row,
    isDelegable: PATH_DECIDERS[row.decides].isDelegable,
    toAsk:
      asks && guardiansDecide
        ? facts.guardians.flatMap(({ stand, accompaniesInProtectedHousing }, index) =>
            stand === 'not-asked' && (!alone || accompaniesInProtectedHousing) ? [index] : [],
          )
        : [],
    allowsConsentOf: ALLOWS[row.leadsTo] ?? 'nobody',
  };
}

const ALLOWS: Readonly<Partial<Record<PathRow['leadsTo'], ChildConsentPath['allowsConsentOf']>>> = {
  proceed: 'guardians',
  'child-consents': 'child',
  'child-requests-or-consents': 'child',
};

/** What the table is matched against. */
export function pathFacts(facts: ChildConsentFacts): PathFacts {
  const { age, view, measure } = facts;
  return { voice: guardiansVoice(facts), word: childsWord(facts), measure, age, view };
}

function childsWord({ age, view, suitability, measure }: ChildConsentFacts): ChildsWord {
  return onlyRow(CHILDS_WORD_TABLE, { age, view, suitability, measure }).leadsTo;
}

/** Every row whose conditions the facts meet; the tables are sound when that is one, whatever the facts. */
export function rowsFor<Facts extends object, Found extends { readonly when: Conditions<Facts> }>(
  table: readonly Found[],
  facts: Facts,
): Found[] {
  return table.filter(({ when }) => meets(when, facts));
}

type Conditions<Facts> = { readonly [Key in keyof Facts]?: readonly Facts[Key][] };

function meets<Facts extends object>(when: Conditions<Facts>, facts: Facts): boolean {
  for (const key in when) {
    const allowed = when[key];
    if (allowed !== undefined && !allowed.includes(facts[key])) return false;
  }
  return true;
}

function onlyRow<Facts extends object, Found extends { readonly when: Conditions<Facts> }>(
  table: readonly Found[],
  facts: Facts,
): Found {
  const [row, another] = rowsFor(table, facts);
  if (row === undefined || another !== undefined) {
    throw new Error(
      `the table of a child's consent has ${row === undefined ? 'no' : 'two'} rows for one case`,
    );
  }
  return row;
}
