import type { DataSource } from 'typeorm';
import { localDateOfInstant } from '#calendar';
import type { ProposeSuccession, SuccessionView, UnitKeys, UnitPage, UnitQuery } from '#contracts';
import type { CustodyCommands } from '#custody';
import { recordNow } from '#directory';
import { isInForce, type SuccessionId, unitId, unitWithId } from '#domain';
import { receiptKeys } from '#sealing';
import type { Idempotency } from '../http/headers.decorator.js';
import { refuseAtDoor, valueOrRefuse } from '../http/refused.exception.js';
import { type Caller, unitsOf } from '../identity/caller.js';
import { asCustodyCaller } from '../record/custody-caller.js';
import type { PartySealing } from '../sealing/party-sealing.js';
import type { PartyDirectory } from './party-directory.js';

export interface UnitsDeps {
  readonly database: DataSource;
  readonly directory: PartyDirectory;
  readonly sealing: PartySealing;
  readonly commands: CustodyCommands;
}

/** The directory's units as people see them, their public keys, and succession. */
export class Units {
  constructor(private readonly deps: UnitsDeps) {}

  async list(caller: Caller, { party, after, limit }: UnitQuery): Promise<UnitPage> {
    const snapshot = await this.deps.directory.snapshot();
    const day = localDateOfInstant(await recordNow(this.deps.database.manager));
    const mine = new Set(unitsOf(caller));
    const found = snapshot.units
      .filter((unit) => party === undefined || unit.party === party)
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
      .filter(({ id }) => after === undefined || id > after);
    const shown = found.slice(0, limit);
    return {
      items: shown.map((unit) => ({
        id: unit.id,
        name: unit.name,
        kind: unit.kind,
        party: unit.party,
        authority: unit.authorities.find((one) => isInForce(one, day))?.authority ?? null,
        validFrom: unit.validFrom,
        validTo: unit.validTo,
        external: unit.external.map(({ code, text }) => ({ code, text })),
        fallback: unit.fallback,
        isConfirmed: unit.evidence.tag !== 'U',
        evidence: { tag: unit.evidence.tag, source: unit.evidence.source },
        mine: mine.has(unit.id),
      })),
      next: found.length > limit ? (shown.at(-1)?.id ?? null) : null,
    };
  }

  async keys(id: string): Promise<UnitKeys> {
    const keys = await this.deps.sealing.store.signingKeys();
    const own = keys.filter((key) => key.unitId === id);
    if (own.length === 0) return refuseAtDoor('NOT_FOUND');
    return { keys: receiptKeys(own).keys.map((key) => ({ ...key })) };
  }

  /** Proposes as the unit that ends, or approves as the successor (C2). */
  async succession(
    caller: Caller,
    idempotency: Idempotency,
    id: string,
    body: ProposeSuccession,
  ): Promise<SuccessionView> {
    const snapshot = await this.deps.directory.snapshot();
    if (unitWithId(snapshot, id) === undefined) return refuseAtDoor('UNKNOWN_UNIT');
    const as = asCustodyCaller(caller, idempotency);
    if (body.approves === undefined) {
      if (!unitsOf(caller).includes(id)) return refuseAtDoor('NOT_YOUR_UNIT');
      const { reply } = valueOrRefuse(
        await this.deps.commands.proposeSuccession(as, {
          actingUnit: unitId(id),
          toUnit: unitId(body.successor),
        }),
      );
      return {
        successionId: reply.successionId,
        unit: id,
        successor: body.successor,
        state: 'proposed',
        moved: null,
      };
    }
    const { reply } = valueOrRefuse(
      await this.deps.commands.approveSuccession(as, { successionId: body.approves as SuccessionId }),
    );
    return {
      successionId: reply.successionId,
      unit: id,
      successor: body.successor,
      state: 'done',
      moved: reply.moved,
    };
  }
}
