import type { JWK } from 'jose';
import type { DataSource } from 'typeorm';
import type { Wrap } from './content-wrap.js';
import type {
  DisposedWrap,
  KeyPurpose,
  KeyStore,
  NewUnitKey,
  PublicUnitKey,
  WrapPage,
  WrapsOfContent,
} from './key-store.port.js';

interface KeyRow {
  readonly unit_id: string;
  readonly kid: string;
  readonly purpose: KeyPurpose;
  readonly public_jwk: JWK;
}

interface WrapRow {
  readonly content_id: string;
  readonly unit_id: string;
  readonly kid: string;
  readonly jwe: string;
}

const KEY_RECORDS = `jsonb_to_recordset($1::jsonb)
  as k(unit_id text, kid text, purpose text, public_jwk jsonb, private_sealed bytea)`;
const WRAP_RECORDS = `jsonb_to_recordset($1::jsonb) as w(content_id uuid, unit_id text, kid text, jwe text, old_kid text)`;
/** Both halves of what was added: the private half only where the public one was. */
const ADD_KEYS = `added as (
    insert into keys.unit_key (unit_id, kid, purpose, public_jwk) select unit_id, kid, purpose, public_jwk from given
    on conflict do nothing returning unit_id, kid)
  insert into keys.unit_private_key (unit_id, kid, private_sealed)
  select unit_id, kid, private_sealed from given join added using (unit_id, kid)`;

/** The key store in PostgreSQL, on a pool that is logged in as the party's role: row-level security does the rest. */
export class PostgresKeyStore implements KeyStore {
  constructor(private readonly dataSource: DataSource) {}

  async addMissingKeys(keys: readonly NewUnitKey[]): Promise<void> {
    if (keys.length === 0) return;
    await this.dataSource.query(`with given as (select * from ${KEY_RECORDS}), ${ADD_KEYS}`, [
      keysJson(keys),
    ]);
  }

  async replaceKey(key: NewUnitKey): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await manager.query(
        `update keys.unit_key set retired_at = clock_timestamp()
         where unit_id = $1 and purpose = $2 and retired_at is null`,
        [key.unitId, key.purpose],
      );
      const added: unknown[] = await manager.query(
        `with given as (select * from ${KEY_RECORDS}), ${ADD_KEYS} returning kid`,
        [keysJson([key])],
      );
      // Somebody else rotated at the same moment; theirs stands and this one was never used.
      if (added.length === 0)
        throw new Error(`the ${key.purpose} key of ${key.unitId} was replaced meanwhile`);
    });
  }

  async currentKeys(unitIds: readonly string[], purpose: KeyPurpose): Promise<PublicUnitKey[]> {
    const rows: KeyRow[] = await this.dataSource.query(
      `select unit_id, kid, purpose, public_jwk from keys.unit_key
       where unit_id = any($1::text[]) and purpose = $2 and retired_at is null`,
      [unitIds, purpose],
    );
    return rows.map(publicKey);
  }

  async signingKeys(): Promise<PublicUnitKey[]> {
    const rows: KeyRow[] = await this.dataSource.query(
      `select unit_id, kid, purpose, public_jwk from keys.unit_key
       where purpose = 'sign' order by unit_id, created_at`,
    );
    return rows.map(publicKey);
  }

  async privateKey(unitId: string, kid: string): Promise<Buffer | null> {
    const [row]: { private_sealed: Buffer }[] = await this.dataSource.query(
      'select private_sealed from keys.unit_private_key where unit_id = $1 and kid = $2',
      [unitId, kid],
    );
    return row?.private_sealed ?? null;
  }

  async addWraps(wraps: readonly Wrap[]): Promise<void> {
    if (wraps.length === 0) return;
    await this.dataSource.query(
      `insert into keys.wrap (content_id, unit_id, kid, jwe) select content_id, unit_id, kid, jwe from ${WRAP_RECORDS}`,
      [wrapsJson(wraps)],
    );
  }

  async addMissingWraps(wraps: readonly Wrap[]): Promise<void> {
    if (wraps.length === 0) return;
    // No conflict target: with one, PostgreSQL wants the right to read the row, which is another party's.
    await this.dataSource.query(
      `insert into keys.wrap (content_id, unit_id, kid, jwe) select content_id, unit_id, kid, jwe from ${WRAP_RECORDS}
       on conflict do nothing`,
      [wrapsJson(wraps)],
    );
  }

  async wrapsOf(contentId: string): Promise<WrapsOfContent> {
    const rows: (Omit<WrapRow, 'jwe'> & { readonly jwe: string | null })[] = await this.dataSource.query(
      `select content_id, unit_id, kid, jwe from keys.wrap where content_id = $1
       union all
       select content_id, unit_id, '', null from keys.erased_wrap where content_id = $1`,
      [contentId],
    );
    const wraps: Wrap[] = [];
    const erasedFor: string[] = [];
    for (const { content_id, unit_id, kid, jwe } of rows) {
      if (jwe === null) erasedFor.push(unit_id);
      else wraps.push({ contentId: content_id, unitId: unit_id, kid, jwe });
    }
    return { wraps, erasedFor };
  }

  async wrapsOfUnit({ unitId, exceptKid, after, limit }: WrapPage): Promise<Wrap[]> {
    const rows: WrapRow[] = await this.dataSource.query(
      `select content_id, unit_id, kid, jwe from keys.wrap
       where unit_id = $1 and ($2::text is null or kid <> $2) and ($3::uuid is null or content_id > $3)
       order by content_id limit $4`,
      [unitId, exceptKid ?? null, after, limit],
    );
    return rows.map(({ content_id, unit_id, kid, jwe }) => ({
      contentId: content_id,
      unitId: unit_id,
      kid,
      jwe,
    }));
  }

  async replaceWraps(wraps: readonly (Wrap & { readonly oldKid: string })[]): Promise<void> {
    if (wraps.length === 0) return;
    await this.dataSource.query(
      `update keys.wrap as t set kid = w.kid, jwe = w.jwe from ${WRAP_RECORDS}
       where t.content_id = w.content_id and t.unit_id = w.unit_id and t.kid = w.old_kid`,
      [wrapsJson(wraps)],
    );
  }

  async eraseWraps(contentIds: readonly string[], unitIds: readonly string[]): Promise<number> {
    const [row]: { erased: number }[] = await this.dataSource.query(
      `with gone as (delete from keys.wrap where content_id = any($1::uuid[]) and unit_id = any($2::text[])
                     returning content_id, unit_id),
            noted as (insert into keys.erased_wrap (content_id, unit_id) select content_id, unit_id from gone
                      on conflict do nothing)
       select count(*)::int as erased from gone`,
      [contentIds, unitIds],
    );
    return row?.erased ?? 0;
  }

  async disposeWraps(pairs: readonly DisposedWrap[], disposalId: string): Promise<number> {
    if (pairs.length === 0) return 0;
    const [row]: { erased: number }[] = await this.dataSource.query(
      `with given as (select distinct content_id, unit_id from ${WRAP_RECORDS}),
            gone as (delete from keys.wrap w using given g where w.content_id = g.content_id and w.unit_id = g.unit_id
                     returning w.content_id),
            noted as (insert into keys.erased_wrap (content_id, unit_id, disposal_id)
                      select content_id, unit_id, $2::uuid from given on conflict do nothing)
       select count(*)::int as erased from gone`,
      [
        JSON.stringify(pairs.map(({ contentId, unitId }) => ({ content_id: contentId, unit_id: unitId }))),
        disposalId,
      ],
    );
    return row?.erased ?? 0;
  }
}

function publicKey({ unit_id, kid, purpose, public_jwk }: KeyRow): PublicUnitKey {
  return { unitId: unit_id, kid, purpose, publicJwk: public_jwk };
}

function keysJson(keys: readonly NewUnitKey[]): string {
  return JSON.stringify(
    keys.map(({ unitId, kid, purpose, publicJwk, privateSealed }) => ({
      unit_id: unitId,
      kid,
      purpose,
      public_jwk: publicJwk,
      private_sealed: `\\x${privateSealed.toString('hex')}`,
    })),
  );
}

function wrapsJson(wraps: readonly (Wrap & { readonly oldKid?: string })[]): string {
  return JSON.stringify(
    wraps.map(({ contentId, unitId, kid, jwe, oldKid }) => ({
      content_id: contentId,
      unit_id: unitId,
      kid,
      jwe,
      old_kid: oldKid,
    })),
  );
}
