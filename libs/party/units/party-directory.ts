import type { DataSource } from 'typeorm';
import type { z } from 'zod';
import { localDateOfInstant } from '#calendar';
import type { BecauseSchema } from '#contracts';
import { readSnapshot } from '#directory';
import {
  cityEmergencyService,
  type DirectorySnapshot,
  isInForce,
  type RoutingReason,
  type Unit,
} from '#domain';

type WireBecause = z.infer<typeof BecauseSchema>;

export interface NumberToRing {
  readonly unit: string;
  readonly number: string;
  readonly isPlaceholder: boolean;
}

/** The directory as this service reads it. */
export class PartyDirectory {
  constructor(private readonly database: DataSource) {}

  snapshot(): Promise<DirectorySnapshot> {
    return readSnapshot(this.database);
  }

  /** The party's units that can hold a matter in Handslag, in force or not: what they hold does not end with them. */
  async unitsOf(party: string): Promise<string[]> {
    const snapshot = await this.snapshot();
    return snapshot.units.filter((unit) => unit.party === party && !isExternal(unit)).map(({ id }) => id);
  }

  close(): Promise<void> {
    return this.database.destroy();
  }

  /** The number of the emergency social service, always on the screen (forms.md 1); null when none is known. */
  async emergencyNumber(at: Date): Promise<NumberToRing | null> {
    const snapshot = await this.snapshot();
    const unit = cityEmergencyService(snapshot, at);
    return unit === undefined ? null : numberOf(snapshot, unit.id, at);
  }
}

/** The number to ring at a unit on the day of an instant; null when the directory has none. */
export function numberOf(snapshot: DirectorySnapshot, unit: string, at: Date): NumberToRing | null {
  const day = localDateOfInstant(at);
  const point = snapshot.contactPoints.find(
    (one) => one.unit === unit && one.purpose === 'ring' && isInForce(one, day),
  );
  return point === undefined ? null : { unit, number: point.value, isPlaceholder: point.isPlaceholder };
}

/** A reason of routing as the wire has it. */
export function wireReason({ code, text, source, tag }: RoutingReason): WireBecause {
  return { code, text, source: tag === 'U' ? `${source} (unconfirmed)` : source };
}

/** Outside Handslag: it can be told, and never holds. */
export function isExternal(unit: Unit): boolean {
  return unit.external.length > 0;
}
