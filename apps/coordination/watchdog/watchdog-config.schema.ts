import { z } from 'zod';
import { noticeLink } from '#notify';

/** What the watchdog is told beside what every party is: its own way to people, and how patient it is. */
export const WatchdogConfigSchema = z.object({
  SMTP_URL: z.string().min(1),
  /** Where the functions' addresses are: `coordinator@<unit>.<domain>`. */
  NOTIFY_DOMAIN: z.string().min(1).default('handslag.invalid'),
  NOTIFY_LINK: z.url().default('http://localhost:4100/').transform(noticeLink),
  /** Seconds of wall time between two sweeps; 0: this process does not watch. */
  WATCHDOG_EVERY_SECONDS: z.coerce.number().int().min(0).default(60),
  /** How long courier and engine may be behind before the watchdog acts; with the sweep, found within minutes. */
  WATCHDOG_GRACE_SECONDS: z.coerce.number().int().min(1).default(90),
  /** The whole line of every matter is computed anew at every so many sweeps; the rest at each. */
  WATCHDOG_WHOLE_EVERY: z.coerce.number().int().min(1).default(15),
});
export type WatchdogConfig = z.infer<typeof WatchdogConfigSchema>;
