import type { DataSource, EntityManager } from 'typeorm';
import { makeLeaf } from '#audit';
import {
  type Actor,
  authorityOf,
  type CustodyChanges,
  type DirectorySnapshot,
  type PersonId,
  type Result,
  refuse,
  succeed,
  type UnitId,
} from '#domain';
import type { UnitKeys } from '#sealing';
import { BeginReplySchema, type LockedFacts } from './command-facts.schema.js';
import { custodyWrite, type SealedContent } from './custody-write.js';
import { refusalOfDatabase } from './database-refusal.js';

/** Who asks: the person of the token and every unit of this party at which she has a mandate. */
export interface Caller {
  readonly person: PersonId | null;
  readonly units: readonly UnitId[];
  /** Null for a system's own command, which is idempotent by its cause. */
  readonly idempotency: { readonly scope: string; readonly key: string; readonly bodyHmac: string } | null;
}

/** What has to be locked for a command. */
export interface Locks {
  readonly matterIds?: readonly string[];
  readonly handoffIds?: readonly string[];
  readonly dispatchId?: string;
  readonly incidentId?: string;
  readonly previewId?: string;
  readonly subjectId?: string;
  readonly successionId?: string;
  /** Who is to work on the one matter that is locked. */
  readonly worker?: string;
}

export interface Decided<Reply> {
  readonly actingUnit: UnitId;
  readonly changes: CustodyChanges;
  readonly reply: Reply;
  readonly target: { readonly kind: string; readonly id: string };
  readonly contents?: readonly SealedContent[];
  readonly previews?: Parameters<typeof custodyWrite>[0]['previews'];
  readonly caseNumberHash?: string;
  /** Asked in the transaction, after the locks and before anything is written: what must hold at this instant. */
  readonly stillLawful?: (manager: EntityManager) => Promise<Result<null>>;
}

export interface CustodyDependencies {
  readonly dataSource: DataSource;
  readonly snapshot: () => Promise<DirectorySnapshot>;
  readonly unitKeys: UnitKeys;
}

export type Done<Reply> = { readonly reply: Reply; readonly repeated: boolean };

/** Who asks is set first: facts tell whether it was she who decided, and never who did. */
const BEGIN_SQL = `
with caller as materialized (select set_config('handslag.person', $1, true))
select custody.begin_command($2) as reply from caller`;

/**
 * One command: four round trips (begin, lock and read, write, commit), each command a pure decision in between. A
 * repeat of the same key and body answers what the first answered. The database's own refusals come back as values;
 * faults are thrown and nothing is written.
 */
export async function runCommand<Reply>(
  { dataSource, snapshot, unitKeys }: CustodyDependencies,
  command: string,
  caller: Caller,
  locks: Locks,
  decide: (facts: LockedFacts, directory: DirectorySnapshot) => Result<Decided<Reply>>,
  readReply: (stored: unknown) => Reply,
): Promise<Result<Done<Reply>>> {
  const directory = await snapshot();
  try {
    return await dataSource.transaction(async (manager) => {
      const [row]: { reply: unknown }[] = await manager.query(BEGIN_SQL, [
        caller.person ?? '',
        JSON.stringify({
          person: caller.person,
          units: caller.units,
          ...(caller.idempotency ? { idempotency: caller.idempotency } : {}),
          matterIds: [],
          handoffIds: [],
          ...locks,
        }),
      ]);
      const begun = BeginReplySchema.parse(row?.reply);
      if (begun.outcome === 'key-reused') return refuse('IDEMPOTENCY_BODY_DIFFERS');
      if (begun.outcome === 'repeat') return succeed({ reply: readReply(begun.response), repeated: true });
      const decided = decide(begun, directory);
      if (!decided.ok) return decided;
      const { actingUnit, changes, reply, target, stillLawful } = decided.value;
      const lawful = await stillLawful?.(manager);
      if (lawful !== undefined && !lawful.ok) return lawful;
      const actor = actorAt(begun, caller.person, actingUnit);
      const write = await custodyWrite({
        command,
        actor,
        at: begun.now,
        facts: begun,
        changes,
        contents: decided.value.contents ?? [],
        previews: decided.value.previews ?? [],
        idempotency: caller.idempotency && { ...caller.idempotency, response: reply },
        audit: makeLeaf({
          at: begun.now,
          authority: authorityOf(directory, actingUnit, begun.now),
          unitId: actingUnit,
          person: caller.person,
          kind: 'command',
          action: command,
          target,
          code: 'OK',
        }),
        signingKey: changes.receipts.length > 0 ? await unitKeys.signingKey(actingUnit) : null,
        caseNumberHash: decided.value.caseNumberHash ?? null,
      });
      await manager.query('select custody.commit_command($1)', [JSON.stringify(write)]);
      return succeed({ reply, repeated: false });
    });
  } catch (error) {
    const refusal = refusalOfDatabase(error);
    if (refusal === null) throw error;
    return { ok: false, refusal };
  }
}

/** The actor at a unit, with the roles that the record says she has there now. */
export function actorAt(facts: LockedFacts, person: PersonId | null, unit: UnitId): Actor {
  return { person, unit, roles: facts.mandates.filter((one) => one.unit === unit).map(({ role }) => role) };
}
