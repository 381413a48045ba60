import { randomUUID } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { AuditLeafEntity, makeLeaf } from '#audit';
import { type ActRecorded, ActRecordedSchema } from '#contracts';
import { IdempotencyEntity } from '#database';
import { recordNow } from '#directory';
import type { SealedField } from '#sealing';
import { asJson, type KnownAnswer } from '../content/known-answer.js';
import type { Idempotency } from '../http/headers.decorator.js';
import { refuseAtDoor } from '../http/refused.exception.js';
import { type Caller, type Mandate, mandateAt } from '../identity/caller.js';
import type { PartyName } from '../party.port.js';
import { asUnits } from '../record/as-units.js';
import type { PartySealing } from '../sealing/party-sealing.js';

export interface ActRecorderDeps {
  readonly party: PartyName;
  readonly database: DataSource;
  /** Null for a party that seals nothing: coordination (DESIGN 8). */
  readonly sealing: PartySealing | null;
  /** After the commit: what the act does in custody follows at once. */
  readonly wake: () => void;
}

/** Who does what, at which unit. */
export interface Acting {
  readonly caller: Caller;
  readonly idempotency: Idempotency;
  readonly unit: string;
  /** The command by its stable name, for the audit. */
  readonly action: string;
  /** One at a time for this key; taken before record time is read, so that acts under it are in the order of their times. */
  readonly inOrderOf?: string;
}

/** What an act has to write with. */
export interface ActScope {
  readonly manager: EntityManager;
  /** Of the act that is being recorded. */
  readonly id: string;
  /** Record time. */
  readonly at: Date;
  readonly mandate: Mandate;
}

export interface Written {
  readonly version: number;
  readonly target: { readonly kind: string; readonly id: string };
}

/** Whom and what a sealed text belongs to. */
export interface SealedTo {
  readonly id: string;
  readonly incidentId: string;
  readonly subjectId: string | null;
  readonly unit: string;
}

/**
 * Records an act of a person in the party's own schema: once for a key, with its audit, in one transaction that sees what
 * the acting unit may see (DESIGN 4, C7).
 */
export class ActRecorder {
  constructor(private readonly deps: ActRecorderDeps) {}

  /** Refuses NOT_YOUR_UNIT and IDEMPOTENCY_BODY_DIFFERS; a repeat answers what the first answered. */
  async record(acting: Acting, write: (scope: ActScope) => Promise<Written>): Promise<ActRecorded> {
    const { caller, idempotency, unit, action, inOrderOf } = acting;
    const mandate = mandateAt(caller, unit) ?? refuseAtDoor('NOT_YOUR_UNIT');
    const { scope, key, bodyHmac } = idempotency;
    const recorded = await this.as(unit, async (manager) => {
      await lockFor(manager, `${scope} ${key}`);
      const kept = await manager.findOneBy(IdempotencyEntity, { scope, key });
      if (kept !== null) {
        return kept.bodyHmac === bodyHmac
          ? ActRecordedSchema.parse(kept.response)
          : refuseAtDoor('IDEMPOTENCY_BODY_DIFFERS');
      }
      if (inOrderOf !== undefined) await lockFor(manager, inOrderOf);
      const id = randomUUID();
      const at = await recordNow(manager);
      const { version, target } = await write({ manager, id, at, mandate });
      const response: ActRecorded = { recordId: id, recordedAt: at.toISOString(), version };
      await manager.insert(IdempotencyEntity, { scope, key, bodyHmac, response, createdAt: at });
      await manager.insert(
        AuditLeafEntity,
        makeLeaf({
          at,
          authority: mandate.authority ?? `service:${this.deps.party}`,
          unitId: unit,
          person: caller.person,
          kind: 'command',
          action,
          target,
          code: 'OK',
        }),
      );
      return response;
    });
    this.deps.wake();
    return recorded;
  }

  /** Seals words to the unit alone. The wraps are durable before the row is. */
  async seal(
    { id, incidentId, subjectId, unit }: SealedTo,
    fields: readonly SealedField[],
  ): Promise<{ ciphertext: Buffer; digest: string }> {
    const sealed = await this.sealing().seal({
      contentId: id,
      incidentId,
      subjectId,
      content: { form: 'recorded-act', version: 1, fields },
      forUnits: [unit],
    });
    // A unit of Handslag whose service was never up has no key yet: that passes, and the same command is tried again.
    if (!sealed.ok) return refuseAtDoor('DEPENDENCY_UNAVAILABLE');
    return { ciphertext: sealed.value.ciphertext, digest: sealed.value.digest };
  }

  /** Opens what was sealed to the unit; the reading is audited by who asks. Nothing, where it was erased. */
  async open({ id, incidentId, subjectId, unit }: SealedTo, ciphertext: Buffer): Promise<KnownAnswer[]> {
    const opened = await this.sealing().open({
      contentId: id,
      incidentId,
      subjectId,
      ciphertext,
      unitId: unit,
    });
    if (opened.ok) return [...opened.value.fields];
    if (opened.code === 'ERASED') return [];
    throw new Error(`what act ${id} says does not open: ${opened.code}`);
  }

  private sealing(): PartySealing['sealing'] {
    if (this.deps.sealing === null) throw new Error(`${this.deps.party} seals nothing and opens nothing`);
    return this.deps.sealing.sealing;
  }

  /** Reads or writes the party's schema as one unit. */
  as<Value>(unit: string, run: (manager: EntityManager) => Promise<Value>): Promise<Value> {
    return asUnits(this.deps.database, [unit], run);
  }
}

/** One at a time for this key, until the transaction ends. */
export async function lockFor(manager: EntityManager, key: string): Promise<void> {
  await manager.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [key]);
}

/** Refuses an act that lies in the future of the record. */
export function notInFuture(instant: string, now: Date, field: string): Date {
  const at = new Date(instant);
  return at > now ? refuseAtDoor('INVALID_INPUT', { errors: [{ field, message: 'in the future' }] }) : at;
}

/** Words of staff, as an answer of a form, with whom they concern. */
export function said(field: string, value: unknown, subjectId: string | null): SealedField {
  return {
    field,
    value: asJson(value),
    concerns: subjectId === null ? [] : [subjectId],
    source: 'social-service',
    keepFrom: [],
  };
}
