import { z } from 'zod';
import {
  isNoticeFunction,
  isNoticeKind,
  isUnitId,
  NOTICE_FUNCTIONS,
  NOTICE_KINDS,
  type NoticeFunction,
  type NoticeKind,
  type UnitId,
} from '#domain';

/** Of one notice, on every channel and however often it is sent. Random: leads to no case. */
export type NoticeId = string & { readonly __brand: 'NoticeId' };

/**
 * A notice on its way to a function. Every field is closed or branded, so that no string of a case fits anywhere: not
 * its id, a name, a place or a word (C5, B8). What a person reads is made from this and from nothing else.
 */
export interface Notice {
  readonly id: NoticeId;
  readonly unitId: UnitId;
  readonly function: NoticeFunction;
  readonly kind: NoticeKind;
  /** Of the ladder; -1 for what is told at once. */
  readonly rung: number;
  /** The unit to ring, where the notice asks for a call. */
  readonly ringUnit: UnitId | null;
  /** Record time. */
  readonly at: Date;
}

const MOST_RUNGS = 10_000;
const UnitSchema = z
  .string()
  .max(80)
  .refine(isUnitId)
  .transform((id): UnitId => id);

/** A notice from outside this process; refuses whatever a notice has no place for. */
export const NoticeSchema = z.strictObject({
  id: z.uuid().transform((id) => id as NoticeId),
  unitId: UnitSchema,
  function: z.enum(NOTICE_FUNCTIONS),
  kind: z.enum(NOTICE_KINDS),
  rung: z.int().min(-1).max(MOST_RUNGS),
  ringUnit: UnitSchema.nullable(),
  at: z.date(),
}) satisfies z.ZodType<Notice>;

/** The columns of a schema's `notification` that make a notice. */
export const NOTICE_COLUMNS = 'id, unit_id, function, kind, rung, ring_unit, created_at';

/**
 * Rows of those columns, as notices. A kind or a function that this version does not know is told as "something to open"
 * to who is on duty: nothing is lost, and nothing that stands there is passed on.
 */
export const NoticeRowsSchema = z.array(
  z
    .object({
      id: z.uuid(),
      unit_id: z.string(),
      function: z.string(),
      kind: z.string(),
      rung: z.number(),
      ring_unit: z.string().nullable(),
      created_at: z.date(),
    })
    .transform((row) => ({
      id: row.id,
      unitId: row.unit_id,
      function: isNoticeFunction(row.function) ? row.function : 'on-duty',
      kind: isNoticeKind(row.kind) ? row.kind : 'something',
      rung: row.rung,
      ringUnit: row.ring_unit,
      at: row.created_at,
    }))
    .pipe(NoticeSchema),
);
