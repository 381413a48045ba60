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
