import type { DataSource } from 'typeorm';
import { AuditLeafEntity, makeLeaf } from '#audit';
import { recordNow } from '#directory';
import { refuseAtDoor } from '../http/refused.exception.js';
import { type Caller, mandateAt } from '../identity/caller.js';
import type { ContentGate } from '../identity/content-gate.js';
import type { PartyName } from '../party.port.js';

export interface Reading {
  readonly caller: Caller;
  readonly unit: string;
  /** Such as `read-content`. */
  readonly action: string;
  readonly target: { readonly kind: string; readonly id: string };
  /** What she reads by, where it is not ordinary access to the case: each is decided, limited and reviewed by itself. */
  readonly restsOn?: 'broken-glass' | 'unmasking' | 'head-decision' | 'nothing-shown';
}

/**
 * Asks whether somebody may read a case in the ordinary way, and writes that she reads it, before anything is decrypted (C7): the
 * one place that every reading of sealed content passes.
 */
export class ReadingAudit {
  constructor(
    private readonly database: DataSource,
    private readonly party: PartyName,
    private readonly gate: Pick<ContentGate, 'admit'>,
  ) {}

  /** Returns once the leaf is committed; refuses CONTENT_NOT_ASSIGNED, and AUDIT_UNAVAILABLE when it cannot be. */
  async record({ caller, unit, action, target, restsOn }: Reading): Promise<void> {
    if (restsOn === undefined) await this.gate.admit(caller, unit, target);
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
