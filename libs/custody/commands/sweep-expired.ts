import type { EntityManager } from 'typeorm';
import { z } from 'zod';

const SweptSchema = z.tuple([
  z.object({
    swept: z.object({ idempotencyKeys: z.number(), previews: z.number(), contents: z.number() }),
  }),
]);

/** What a sweep of custody removed. */
export type Swept = z.infer<typeof SweptSchema>[0]['swept'];

/**
 * Removes keys of commands older than 30 days, and previews that expired a day ago unsent, with their ciphertext; in
 * record time, at most `most` of each. The courier's, and nobody else's.
 */
export async function sweepExpired(manager: Pick<EntityManager, 'query'>, most: number): Promise<Swept> {
  const [{ swept }] = SweptSchema.parse(
    await manager.query('select custody.sweep_expired($1) as swept', [most]),
  );
  return swept;
}
