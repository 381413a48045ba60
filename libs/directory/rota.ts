import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { type RefusalCode, type Result, refuse, succeed } from '#domain';

/** On duty at the unit, or standing in for its head: the latter has the head's role while it lasts (DESIGN 8). */
export type RotaDuty = 'on-duty' | 'deputy-head';

/** A person's duty at a unit from one instant to another, the end not included. */
export interface RotaSpell {
  readonly id: string;
  readonly person: string;
  readonly duty: RotaDuty;
  readonly from: Date;
  readonly until: Date;
}

/** What a head decides; `from` null is now, in record time. */
export interface NewRotaSpell {
  readonly id: string;
  readonly unit: string;
  readonly person: string;
  readonly duty: RotaDuty;
  readonly from: Date | null;
  readonly until: Date;
  /** The head, or whoever stands in for her just now. */
  readonly by: string;
}

const SpellRowSchema = z.object({
  id: z.string(),
  person: z.string(),
  duty: z.enum(['on-duty', 'deputy-head']),
  from: z.date(),
  until: z.date(),
});
const SPELL_COLUMNS = 'r.id, r.person_id as person, r.duty, r.from_at as "from", r.until_at as "until"';

/** What the guarded functions of the schema refuse with; each is a refusal for people. */
const RefusalRowSchema = z.tuple([
  z.object({
    refused: z
      .enum([
        'NOT_YOUR_UNIT',
        'NO_MANDATE',
        'SECOND_PERSON_REQUIRED',
        'ROTA_IN_THE_PAST',
        'ROTA_BACKWARDS',
        'ROTA_NO_COLLEAGUE',
        'ROTA_OVERLAPS',
        'NOT_FOUND',
      ] satisfies RefusalCode[])
      .nullable(),
  }),
]);

/**
 * Puts a person on the rota of a unit of the service that is logged in. Refuses NOT_YOUR_UNIT, NO_MANDATE (only a head
 * does this), ROTA_IN_THE_PAST, ROTA_BACKWARDS, SECOND_PERSON_REQUIRED (nobody makes herself deputy),
 * ROTA_NO_COLLEAGUE (no mandate there on the first local day) and ROTA_OVERLAPS (same person and duty).
 */
export async function putOnRota(manager: EntityManager, spell: NewRotaSpell): Promise<Result<null>> {
  return resultOf(
    await manager.query('select directory.put_on_rota($1) as refused', [JSON.stringify(spell)]),
  );
}

/**
 * Ends a spell now in record time, or takes away one that has not begun. Refuses as {@link putOnRota} for who asks,
 * and NOT_FOUND for a spell that is over or another unit's.
 */
export async function takeOffRota(
  manager: EntityManager,
  spell: { readonly id: string; readonly unit: string; readonly by: string },
): Promise<Result<null>> {
  return resultOf(
    await manager.query('select directory.take_off_rota($1) as refused', [JSON.stringify(spell)]),
  );
}

/** Who has a duty at the unit at an instant, by beginning. */
export async function onDuty(manager: EntityManager, unitId: string, at: Date): Promise<RotaSpell[]> {
  const rows: unknown = await manager.query(
    `select ${SPELL_COLUMNS} from directory.rota r
     where r.unit_id = $1 and r.from_at <= $2 and $2 < r.until_at order by r.from_at, r.id`,
    [unitId, at],
  );
  return z.array(SpellRowSchema).parse(rows);
}

/** The unit's rota from an instant on: what lasts then and what comes, by beginning; at most 500. */
export async function rotaOf(manager: EntityManager, unitId: string, from: Date): Promise<RotaSpell[]> {
  const rows: unknown = await manager.query(
    `select ${SPELL_COLUMNS} from directory.rota r
     where r.unit_id = $1 and $2 < r.until_at order by r.from_at, r.id limit 500`,
    [unitId, from],
  );
  return z.array(SpellRowSchema).parse(rows);
}

function resultOf(rows: unknown): Result<null> {
  const [{ refused }] = RefusalRowSchema.parse(rows);
  return refused === null ? succeed(null) : refuse(refused);
}
