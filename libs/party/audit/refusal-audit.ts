import type { DataSource } from 'typeorm';
import { AuditLeafEntity, makeLeaf } from '#audit';
import type { RefusalCode } from '#domain';
import type { Mandate } from '../identity/caller.js';
import type { PartyName } from '../party.port.js';

export interface AuditedRefusal {
  readonly person: string;
  readonly operation: string;
  readonly code: RefusalCode;
  readonly mandates: readonly Mandate[];
}

/** Writes refusals; a port, so that the filter can be tried without a database. */
export interface RefusalAudit {
  /** Returns once the leaf is committed; throws when it cannot be. */
  record(refusal: AuditedRefusal): Promise<void>;
}

/**
 * Writes each refusal of a known person in a transaction of its own, in the refusing service's schema (C7). The
 * leaf names operation and code, never what was asked for: a refusal must not become a record of a search.
 */
export class DatabaseRefusalAudit implements RefusalAudit {
  constructor(
    private readonly database: DataSource,
    private readonly party: PartyName,
  ) {}

  async record({ person, operation, code, mandates }: AuditedRefusal): Promise<void> {
    const [known] = mandates;
    await this.database.transaction(async (manager) => {
      const clock: { now: Date }[] = await manager.query('select directory.record_now() as now');
      await manager.insert(
        AuditLeafEntity,
        makeLeaf({
          at: recordTime(clock),
          // Nobody's unit can be named for a person without a mandate: the leaf goes to the service's own tree.
          authority: known?.authority ?? `service:${this.party}`,
          unitId: known?.unit ?? null,
          person,
          kind: 'refusal',
          action: operation,
          target: null,
          code,
        }),
      );
    });
  }
}

function recordTime(rows: readonly { now: Date }[]): Date {
  const now = rows[0]?.now;
  if (now === undefined) throw new Error('the record has no time');
  return now;
}
