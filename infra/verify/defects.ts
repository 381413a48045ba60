/** The rules of DESIGN 3 that are checked over a live record. */
export type VerifiedRule = 'C1' | 'C2' | 'C3' | 'C4' | 'C7';

/** What one check found: how many, and the first ids. */
export interface Defect {
  readonly rule: VerifiedRule;
  readonly check: string;
  /** What the ids are of: a matter, a handoff, an audit leaf… */
  readonly of: string;
  readonly count: number;
  readonly ids: readonly string[];
}

/** More would tell nothing new and could fill the memory. */
const MOST_IDS = 20;

/** Collects what is wrong; counts all, keeps the first ids of each check. */
export class Defects {
  readonly #found = new Map<
    string,
    { rule: VerifiedRule; check: string; of: string; count: number; ids: string[] }
  >();

  add(rule: VerifiedRule, check: string, of: string, id: string): void {
    const defect = this.#found.get(check) ?? { rule, check, of, count: 0, ids: [] };
    defect.count += 1;
    if (defect.ids.length < MOST_IDS) defect.ids.push(id);
    this.#found.set(check, defect);
  }

  /** By rule, then by check. */
  all(): Defect[] {
    return [...this.#found.values()].sort((one, other) =>
      `${one.rule} ${one.check}`.localeCompare(`${other.rule} ${other.check}`),
    );
  }
}
