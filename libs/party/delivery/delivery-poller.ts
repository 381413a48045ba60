import type { Logger } from '@temporalio/common';
import type { CustodyCommands } from '#custody';
import { type HandoffId, type UnitId, unitId } from '#domain';
import type { CustodyReader } from '../record/custody-reader.js';
import type { PartySealing } from '../sealing/party-sealing.js';

export interface DeliveryDeps {
  readonly commands: CustodyCommands;
  readonly reader: CustodyReader;
  readonly sealing: PartySealing;
  /** The units of this party that can hold a matter. */
  readonly units: () => Promise<readonly string[]>;
  readonly log: Logger;
}

interface Undelivered {
  readonly id: string;
  readonly to_unit: string;
  readonly content_id: string;
  readonly ciphertext: Buffer;
  readonly digest: string;
}

const BATCH = 50;

/**
 * Writes `delivered` for offers to this party's units once the envelope is the one the record names and the unit's
 * wrap opens (DESIGN 5). Two pollers at once do no harm: the second finds the offer delivered already.
 */
export class DeliveryPoller {
  #running: Promise<number> | undefined;
  #again = false;

  constructor(private readonly deps: DeliveryDeps) {}

  /** Looks now; asked again while looking, it looks once more afterwards. How many were delivered. */
  async look(): Promise<number> {
    if (this.#running !== undefined) {
      this.#again = true;
      return this.#running;
    }
    this.#running = this.deliverAll();
    try {
      return await this.#running;
    } finally {
      this.#running = undefined;
    }
  }

  private async deliverAll(): Promise<number> {
    let delivered = 0;
    do {
      this.#again = false;
      for (const offer of await this.waiting()) if (await this.deliver(offer)) delivered += 1;
    } while (this.#again);
    return delivered;
  }

  private async waiting(): Promise<Undelivered[]> {
    const units = await this.deps.units();
    return this.deps.reader.as(units, (manager) =>
      manager.query(
        `select h.id, h.to_unit, h.content_id, c.ciphertext, c.digest
         from custody.handoff h join custody.content c on c.id = h.content_id
         where h.to_unit = any ($1::text[]) and h.phase = 'sent' order by h.sent_at, h.id limit ${BATCH}`,
        [units],
      ),
    );
  }

  private async deliver(offer: Undelivered): Promise<boolean> {
    const facts = { handoffId: offer.id, unitId: offer.to_unit };
    const verified = await this.deps.sealing.sealing.verifyEnvelope({
      contentId: offer.content_id,
      ciphertext: offer.ciphertext,
      digest: offer.digest,
      unitId: offer.to_unit,
    });
    if (!verified.ok) {
      // Never delivered: the delivery deadline passes, and people are told (C3).
      this.deps.log.error('delivery.unverified', { ...facts, code: verified.code });
      return false;
    }
    const unit: UnitId = unitId(offer.to_unit);
    const done = await this.deps.commands.actOnHandoff(
      { person: null, units: [unit], idempotency: null },
      { handoffId: offer.id as HandoffId, command: { action: 'deliver', expectedVersion: null } },
    );
    if (!done.ok) this.deps.log.info('delivery.overtaken', { ...facts, code: done.refusal.code });
    return done.ok;
  }
}
