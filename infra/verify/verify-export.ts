import { type TreePublicKey, verifyLeaf } from '#audit';
import { type Defect, Defects } from './defects.js';
import { type ExportLine, readExport } from './trail/export-lines.js';
import { type SignedHead, TrailVerifier } from './trail/trail-verifier.js';

export interface ExportFigures {
  readonly trees: number;
  readonly heads: number;
  readonly sealed: number;
  readonly unsealed: number;
  /** Leaves whose person is in the export; of the others the hash of the person stands for it. */
  readonly persons: number;
}

export interface ExportReport {
  readonly ok: boolean;
  /** When the export was made; null when it does not say. */
  readonly at: string | null;
  readonly figures: ExportFigures;
  readonly defects: readonly Defect[];
}

type LineOf<Type extends ExportLine['type']> = Extract<ExportLine, { type: Type }>;

/**
 * Checks an export of the audit with nothing but the file and the heads that somebody kept: every leaf against its hashes, every
 * tree against its leaves, every head against the trees. A history that was rewritten as a whole, with keys and heads made
 * anew, shows against `knownHeads` alone. Throws a Problem when the file cannot be read.
 */
export async function verifyExport(file: string, knownHeads: readonly SignedHead[]): Promise<ExportReport> {
  const defects = new Defects();
  const checking = new ExportChecking(defects, knownHeads);
  for await (const line of readExport(file)) {
    if (line.type === 'broken') checking.broken(line.number);
    else if (line.type === 'ended') checking.ended(line.isWhole);
    else await checking.take(line);
  }
  const { at, figures } = checking.end();
  const found = defects.all();
  return { ok: found.length === 0, at, figures, defects: found };
}

class ExportChecking {
  readonly #keys: TreePublicKey[] = [];
  readonly #verifier: TrailVerifier;
  #at: string | null = null;
  #unsealed = 0;
  #persons = 0;
  #isWhole = false;
  #haveKnown = false;

  constructor(
    private readonly defects: Defects,
    private readonly knownHeads: readonly SignedHead[],
  ) {
    this.#verifier = new TrailVerifier(defects, this.#keys);
  }

  broken(number: number): void {
    this.defects.add('C7', 'export: line cannot be read', 'line', String(number));
  }

  ended(isWhole: boolean): void {
    this.#isWhole = isWhole;
  }

  async take(line: Exclude<ExportLine, { type: 'end' }>): Promise<void> {
    switch (line.type) {
      case 'audit-export':
        this.#at = line.at;
        return;
      case 'key':
        this.#keys.push({ kid: line.kid, publicJwk: line.publicJwk });
        return;
      case 'head':
        return this.#verifier.head(line);
      case 'kept':
        return this.kept(line);
      case 'leaf':
        await this.takeKnown();
        return this.leaf(line);
      case 'unsealed':
        this.#unsealed += 1;
        this.checkLeaf(line);
        return;
    }
  }

  end(): { at: string | null; figures: ExportFigures } {
    this.#verifier.finish();
    if (!this.#isWhole) this.defects.add('C7', 'export: is not whole', 'export', this.#at ?? '?');
    const { trees, heads, leaves } = this.#verifier.figures;
    return {
      at: this.#at,
      figures: { trees, heads, sealed: leaves, unsealed: this.#unsealed, persons: this.#persons },
    };
  }

  /** Once the keys are known, and before the first leaf. */
  private async takeKnown(): Promise<void> {
    if (this.#haveKnown) return;
    this.#haveKnown = true;
    for (const head of this.knownHeads) await this.#verifier.known(head);
  }

  private async kept({ party, verdict, ...head }: LineOf<'kept'>): Promise<void> {
    if (verdict === 'consistent') return this.#verifier.kept(head, party);
    this.defects.add(
      'C7',
      `tree: ${party} was shown a head that is ${verdict}`,
      'head',
      `${head.authority} ${head.size}`,
    );
  }

  private leaf(line: LineOf<'leaf'>): void {
    this.checkLeaf(line);
    const { position, schema, leaf } = line;
    this.#verifier.place({
      authority: leaf.authority,
      position,
      schema,
      leafId: leaf.id,
      leafHash: leaf.leaf_hash,
      leaf,
    });
  }

  private checkLeaf({ schema, leaf }: LineOf<'leaf'> | LineOf<'unsealed'>): void {
    if (leaf.salt !== null) this.#persons += 1;
    const verdict = verifyLeaf({ ...leaf, at: new Date(leaf.at) });
    if (!verdict.ok) this.defects.add('C7', `leaf ${verdict.code}`, 'audit leaf', `${schema} ${leaf.id}`);
  }
}
