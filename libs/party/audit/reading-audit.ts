import type { DataSource } from 'typeorm';
import { AuditLeafEntity, makeLeaf } from '#audit';
import { recordNow } from '#directory';
import { refuseAtDoor } from '../http/refused.exception.js';
import { type Caller, mandateAt } from '../identity/caller.js';
import type { PartyName } from '../party.port.js';

export interface Reading {
  readonly caller: Caller;
  readonly unit: string;
  /** Such as `read-content`. */
  readonly action: string;
  readonly target: { readonly kind: string; readonly id: string };
}

/** Writes that somebody reads sealed content, before anything is decrypted (C7). */
export class ReadingAudit {
  constructor(
    private readonly database: DataSource,
    private readonly party: PartyName,
  ) {}

  /** Returns once the leaf is committed; refuses AUDIT_UNAVAILABLE when it cannot be. */
  async record({ caller, unit, action, target }: Reading): Promise<void> {
    try {
      await this.database.transaction(async (manager) => {
        await manager.insert(
          AuditLeafEntity,
          makeLeaf({
            at: await recordNow(manager),
            authority: mandateAt(caller, unit)?.authority ?? `service:${this.party}`,
            unitId: unit,
            person: caller.person,
            kind: 'reading',
            action,
            target,
            code: 'OK',
          }),
        );
      });
    } catch {
      refuseAtDoor('AUDIT_UNAVAILABLE');
    }
  }
}
