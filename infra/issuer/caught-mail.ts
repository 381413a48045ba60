import { open } from 'node:fs/promises';
import { z } from 'zod';

const CaughtMailSchema = z.object({
  receivedAt: z.string(),
  to: z.array(z.string()),
  from: z.string(),
  subject: z.string(),
  body: z.string(),
});
export type CaughtMail = z.infer<typeof CaughtMailSchema>;

const TAIL_BYTES = 512 * 1024;

/** The latest messages of the mail catcher, newest first; a line cut short by a crash or by the tail is passed over. */
export async function latestMail(file: string, most = 200): Promise<CaughtMail[]> {
  const handle = await open(file, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (!handle) return [];
  try {
    const { size } = await handle.stat();
    const length = Math.min(size, TAIL_BYTES);
    const { buffer } = await handle.read(Buffer.alloc(length), 0, length, size - length);
    return buffer
      .toString('utf8')
      .split('\n')
      .flatMap((line) => {
        try {
          const parsed = CaughtMailSchema.safeParse(JSON.parse(line));
          return parsed.success ? [parsed.data] : [];
        } catch {
          return [];
        }
      })
      .slice(-most)
      .reverse();
  } finally {
    await handle.close();
  }
}
