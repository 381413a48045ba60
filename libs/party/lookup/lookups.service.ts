import { randomUUID } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { MoreThan } from 'typeorm';
import { z } from 'zod';
import { AuditLeafEntity, makeLeaf } from '#audit';
import { localDateOfInstant } from '#calendar';
import type { FoundMatter, LookedUp, LookUp } from '#contracts';
import { IdempotencyEntity } from '#database';
import { recordNow } from '#directory';
import { LOOKUP_HITS, LOOKUPS_AN_HOUR, type SubjectRole } from '#domain';
import { BlindIndex, type BlindIndexes } from '#sealing';
import { type ActRecorder, lockFor, said } from '../acts/act-recorder.js';
import type { Idempotency } from '../http/headers.decorator.js';
import { refuseAtDoor } from '../http/refused.exception.js';
import { type Caller, mandateAt, unitsOf } from '../identity/caller.js';
import type { PartyName } from '../party.port.js';
import { type EntitledFunction, openEntitled } from '../protected-identity/entitled-function.js';
import { asUnits } from '../record/as-units.js';
import { type Outward, sideOf } from '../record/outward.js';
import type { IdentityIndex } from './identity-index.js';
import { type FoundBy, soughtValue } from './identity-values.js';
import { LookupMadeEntity } from './lookup.entities.js';

export interface LookupsDeps {
  readonly party: PartyName;
  readonly database: DataSource;
  readonly recorder: ActRecorder;
  readonly index: IdentityIndex;
  readonly entitled: EntitledFunction;
  readonly outward: Outward;
}

/** A search of the index at one unit. */
export interface Search {
  readonly unit: string;
  readonly authority: string;
  readonly isEntitled: boolean;
  readonly by: FoundBy;
}

interface FoundRow {
  readonly id: string;
  readonly kind: string | null;
  readonly incident_id: string | null;
  readonly subject_id: string | null;
  readonly role: SubjectRole | null;
  readonly opened_at: Date | null;
  readonly holder_unit: string | null;
  readonly is_open: boolean | null;
}

const HOUR_MS = 3_600_000;
/** What is kept of a search under its key. */
const CountedSchema = z.object({ lookupId: z.string() });
/** One more than is shown, to say that there is more. */
const PLACES = LOOKUP_HITS + 1;

/**
 * Lookups inside an authority (SoLPUL 15 §): by name, number or case number, at one unit, for a purpose, counted and
 * audited. Every search does the same work whatever it finds: as many tags are asked for, as many statements run and as many rows
 * come back. What the caller may not see is under tags that her search does not ask for, and so is not found, not counted and not waited for.
 */
export class Lookups {
  constructor(private readonly deps: LookupsDeps) {}

  /** A repeat counts once and looks again. Refuses NOT_YOUR_UNIT, LOOKUPS_SPENT, IDEMPOTENCY_BODY_DIFFERS, and INVALID_INPUT for what is written like no such thing. */
  async lookUp(caller: Caller, idempotency: Idempotency, body: LookUp): Promise<LookedUp> {
    const unit = body.actingUnit;
    const authority = mandateAt(caller, unit)?.authority ?? refuseAtDoor('NOT_YOUR_UNIT');
    const { lookupId, at, isEntitled } = await this.account(caller, idempotency, authority, body);
    const value = soughtValue(body.by, body.value, localDateOfInstant(at));
    if (value === null) {
      return refuseAtDoor('INVALID_INPUT', {
        errors: [{ field: 'value', message: `is written like no ${body.by}` }],
      });
    }
    const found = await this.search({ unit, authority, isEntitled, by: { kind: body.by, value } });
    return { lookupId, items: this.shown(found, unit, authority), more: found.length > LOOKUP_HITS };
  }

  /** The matters that a search finds: real ones only, at most one more than is shown. */
  async search({ unit, authority, isEntitled, by }: Search): Promise<FoundRow[]> {
    const { database, index, party } = this.deps;
    const { open, linked } = probes(await index.indexes(authority), { unit, isEntitled, by });
    const rows = await asUnits(database, [unit], async (manager) => {
      await openEntitled(manager, isEntitled ? unit : null);
      const places: { matter_id: string | null }[] = await manager.query(placesSql(party), [
        unit,
        open,
        linked,
      ]);
      return details(
        manager,
        places.map(({ matter_id }) => matter_id ?? randomUUID()),
      );
    });
    return rows.filter(({ kind }) => kind !== null);
  }

  /** What was found as the unit may show it. */
  shown(found: readonly FoundRow[], unit: string, authority: string): FoundMatter[] {
    const { outward } = this.deps;
    return found.slice(0, LOOKUP_HITS).flatMap((row) => {
      const { id, kind, incident_id, subject_id, role, opened_at, holder_unit, is_open } = row;
      if (
        kind === null ||
        incident_id === null ||
        subject_id === null ||
        role === null ||
        opened_at === null
      ) {
        return [];
      }
      const side = sideOf(role);
      return [
        {
          matterId: id,
          kind,
          incidentId: outward.out(incident_id, { authority, side: 'victim' }),
          subjectId: outward.out(subject_id, { authority, side }),
          openedAt: opened_at.toISOString(),
          holds: holder_unit === unit,
          isOpen: is_open === true,
        },
      ];
    });
  }

  /** Counts the search and audits it as a reading, before anything is looked at (C7). */
  private async account(
    caller: Caller,
    { scope, key, bodyHmac }: Idempotency,
    authority: string,
    { actingUnit: unit, purpose, reason }: LookUp,
  ): Promise<{ lookupId: string; at: Date; isEntitled: boolean }> {
    const { recorder, database, entitled } = this.deps;
    const id = randomUUID();
    const sealed = await recorder.seal({ id, incidentId: id, subjectId: null, unit }, [
      said('lookup.reason', reason, null),
    ]);
    return asUnits(database, unitsOf(caller), async (manager) => {
      await lockFor(manager, `lookups ${caller.person}`);
      const at = await recordNow(manager);
      const kept = await manager.findOneBy(IdempotencyEntity, { scope, key });
      if (kept !== null && kept.bodyHmac !== bodyHmac) return refuseAtDoor('IDEMPOTENCY_BODY_DIFFERS');
      const lookupId = kept === null ? id : CountedSchema.parse(kept.response).lookupId;
      if (kept === null) {
        const made = await manager.countBy(LookupMadeEntity, {
          personId: caller.person,
          madeAt: MoreThan(new Date(at.getTime() - HOUR_MS)),
        });
        if (made >= LOOKUPS_AN_HOUR) return refuseAtDoor('LOOKUPS_SPENT');
        await manager.insert(LookupMadeEntity, {
          ...sealed,
          id,
          unitId: unit,
          personId: caller.person,
          purpose,
          madeAt: at,
        });
        // That it was made is kept, and not what it found.
        await manager.insert(IdempotencyEntity, {
          scope,
          key,
          bodyHmac,
          response: { lookupId },
          createdAt: at,
        });
      }
      await manager.insert(
        AuditLeafEntity,
        makeLeaf({
          at,
          authority,
          unitId: unit,
          person: caller.person,
          kind: 'reading',
          action: 'look-up',
          target: { kind: 'lookup', id: lookupId },
          code: 'OK',
        }),
      );
      return { lookupId, at, isEntitled: await entitled.isEntitled(manager, caller, unit, at) };
    });
  }
}

/** The tags to ask for: as many for everybody. Who is not entitled asks for tags that nothing has. */
function probes(
  { all }: BlindIndexes,
  { unit, isEntitled, by }: Pick<Search, 'unit' | 'isEntitled' | 'by'>,
): { open: string[]; linked: string[] } {
  const nothing = BlindIndex.ofNothing();
  const hidden = (index: BlindIndex) => (isEntitled ? index : nothing);
  return {
    open: all.flatMap((index) => [
      index.tag({ unit, audience: 'unit', ...by }),
      hidden(index).tag({ unit, audience: 'entitled', ...by }),
    ]),
    linked: all.map((index) => hidden(index).tag({ unit, audience: 'linked', ...by })),
  };
}

/** Always as many rows, empty ones after those that were found. */
function placesSql(party: PartyName): string {
  return `
with found as (
  select e.matter_id from ${party}.lookup_entry e where e.unit_id = $1 and e.tag = any ($2::text[])
  union
  select m.id from ${party}.identity_link_entry l join custody.matter m on m.subject_id = l.subject_id
  where l.unit_id = $1 and l.tag = any ($3::text[])
  order by 1 limit ${PLACES}
), numbered as (
  select f.matter_id, row_number() over (order by f.matter_id) as place from found f
)
select n.matter_id from generate_series(1, ${PLACES}) as p(place) left join numbered n on n.place = p.place order by p.place`;
}

/** Each place is fetched, those that nothing was found for by an id that nothing has. */
function details(manager: EntityManager, ids: readonly string[]): Promise<FoundRow[]> {
  return manager.query<FoundRow[]>(
    `select p.id, m.kind, m.incident_id, m.subject_id, s.role, m.opened_at, m.holder_unit,
       m.closed_at = 'infinity' as is_open
     from unnest($1::uuid[]) with ordinality as p(id, place)
     left join custody.matter m on m.id = p.id
     left join custody.subject s on s.id = m.subject_id
     order by m.opened_at desc nulls last, p.place`,
    [ids],
  );
}
