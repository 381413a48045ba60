import { z } from 'zod';

/** A notice on its way to a function: ids and codes only. */
export const NoticeSchema = z.object({
  id: z.string(),
  unitId: z.string(),
  function: z.string(),
  kind: z.string(),
  ringUnit: z.string().nullable(),
});
export type Notice = z.infer<typeof NoticeSchema>;

/** The columns of a schema's `notification` that make a notice. */
export const NOTICE_COLUMNS = 'id, unit_id, function, kind, ring_unit';

/** Rows of those columns, as notices. */
export const NoticeRowsSchema = z.array(
  z
    .object({
      id: z.string(),
      unit_id: z.string(),
      function: z.string(),
      kind: z.string(),
      ring_unit: z.string().nullable(),
    })
    .transform(
      ({ unit_id, ring_unit, ...same }): Notice => ({ ...same, unitId: unit_id, ringUnit: ring_unit }),
    ),
);
