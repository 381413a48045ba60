import { randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { BlindIndex } from './blind-index.js';
import type { Kms } from './kms.port.js';

interface KeyRow {
  readonly version: number;
  readonly key_sealed: Buffer;
}

/** How many versions of a key there can be at once: the one that is written, and the one that still runs out. */
export const INDEX_VERSIONS = 2;

/** The blind indexes of one authority, as they are now. */
export interface BlindIndexes {
  /** What is written goes under this. */
  readonly current: BlindIndex;
  /** What is looked for goes under each: always as many, the missing one finds nothing. */
  readonly all: readonly BlindIndex[];
}

/**
 * The keys of a party's blind indexes, one line of versions for each authority (DESIGN 8), in the key store and sealed
 * there by the party's KMS. Another party of the same authority has other keys: the two indexes cannot be joined.
 */
export class BlindIndexKeys {
  private readonly opened = new Map<string, BlindIndex>();

  constructor(
    private readonly deps: { readonly party: string; readonly store: DataSource; readonly kms: Kms },
  ) {}

  /** Makes the first key when there is none. Reads the versions each time: a new one is used by every process at once. */
  async of(authority: string): Promise<BlindIndexes> {
    let rows = await this.rows(authority);
    if (rows.length === 0) {
      await this.add(authority, 1);
      rows = await this.rows(authority);
    }
    const real = await Promise.all(rows.map((row) => this.open(authority, row)));
    const [current] = real;
    if (current === undefined) throw new Error(`no index key of ${authority}`);
    const missing = Math.max(0, INDEX_VERSIONS - real.length);
    return { current, all: [...real, ...Array.from({ length: missing }, () => BlindIndex.ofNothing())] };
  }

  /**
   * Begins a new key; its version. What is known is written anew under it, matter by matter, and the old key is
   * retired when nothing is left under it. Throws while an earlier change has not come to its end.
   */
  async rekey(authority: string): Promise<number> {
    const rows = await this.rows(authority);
    if (rows.length >= INDEX_VERSIONS)
      throw new Error(`the index of ${authority} is being made anew already`);
    const version = (rows[0]?.version ?? 0) + 1;
    await this.add(authority, version);
    return version;
  }

  /** Forgets every key older than the current one: what is still under them is found no more. */
  async retireOld(authority: string): Promise<void> {
    await this.deps.store.query(
      `delete from keys.index_key k where k.party = $1 and k.authority_id = $2 and k.version < (
         select max(n.version) from keys.index_key n where n.party = $1 and n.authority_id = $2)`,
      [this.deps.party, authority],
    );
  }

  /** The authorities that the party has an index for, with the versions of their keys, newest first. */
  async list(): Promise<
    { readonly authority: string; readonly version: number; readonly createdAt: Date }[]
  > {
    const rows: { authority_id: string; version: number; created_at: Date }[] = await this.deps.store.query(
      `select k.authority_id, k.version, k.created_at from keys.index_key k
       where k.party = $1 order by k.authority_id, k.version desc`,
      [this.deps.party],
    );
    return rows.map(({ authority_id: authority, version, created_at: createdAt }) => ({
      authority,
      version,
      createdAt,
    }));
  }

  private rows(authority: string): Promise<KeyRow[]> {
    return this.deps.store.query(
      `select k.version, k.key_sealed from keys.index_key k
       where k.party = $1 and k.authority_id = $2 order by k.version desc limit ${INDEX_VERSIONS}`,
      [this.deps.party, authority],
    );
  }

  /** Of two processes that make the same version, the first one's stands. */
  private async add(authority: string, version: number): Promise<void> {
    const sealed = await this.deps.kms.seal(nameOf(authority, version), randomBytes(32));
    await this.deps.store.query(
      `insert into keys.index_key (party, authority_id, version, key_sealed) values ($1, $2, $3, $4)
       on conflict do nothing`,
      [this.deps.party, authority, version, sealed],
    );
  }

  private async open(authority: string, { version, key_sealed }: KeyRow): Promise<BlindIndex> {
    const name = nameOf(authority, version);
    const known = this.opened.get(JSON.stringify(name));
    if (known !== undefined) return known;
    const index = new BlindIndex(version, await this.deps.kms.open(name, key_sealed));
    this.opened.set(JSON.stringify(name), index);
    return index;
  }
}

/** No unit is named so: the ids of units have no slash. */
function nameOf(authority: string, version: number) {
  return { unitId: `index/${authority}`, kid: `index-${version}` };
}
