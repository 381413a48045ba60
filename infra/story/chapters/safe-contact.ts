import { MatterSafeContactSchema } from '#contracts';
import type { Door } from '../stage/door.js';

export interface Manner {
  readonly channel: 'phone-call' | 'in-person';
  readonly withinTimes?: boolean;
  /** Why it is done although it breaks what she told. */
  readonly override?: { readonly reason: string };
}

/** Reads how the person can be reached before anyone reaches out, and says so in the step; without one, nothing is asked. */
export async function contactAsRead(
  door: Door,
  matterId: string,
  manner: Manner,
): Promise<{ contact?: Manner & { seen: string } }> {
  const { version } = await door.get(`/matters/${matterId}/safe-contact`, MatterSafeContactSchema);
  return version === null ? {} : { contact: { ...manner, seen: version } };
}
