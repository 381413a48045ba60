import { HandoffContentSchema, HandoffSafeContactSchema } from '#contracts';
import type { Door } from '../stage/door.js';
import { expectTold } from '../stage/not-as-told.js';

/** Both envelopes of a handoff as a side may open them; each reading is audited before it is opened. */
export interface Opened {
  readonly answers: number;
  /** The fields that were sealed apart, such as `safe-contact.card`. */
  readonly apart: readonly string[];
  holds(text: string): boolean;
}

export async function openEnvelopes(door: Door, handoffId: string): Promise<Opened> {
  const content = await door.get(`/handoffs/${handoffId}/content`, HandoffContentSchema);
  const apart = await door.get(`/handoffs/${handoffId}/safe-contact`, HandoffSafeContactSchema);
  const all = JSON.stringify([content.answers, apart.answers]);
  return {
    answers: content.answers.length,
    apart: apart.answers.map(({ field }) => field),
    holds: (text) => all.includes(text),
  };
}

/** What the envelopes must hold, and what must not be in either of them. */
export function expectEnvelopes(
  opened: Opened,
  whose: string,
  { holds, lacks }: { holds: Readonly<Record<string, string>>; lacks: Readonly<Record<string, string>> },
): void {
  for (const [what, text] of Object.entries(holds))
    expectTold(opened.holds(text), `${whose} to hold ${what}`);
  for (const [what, text] of Object.entries(lacks)) {
    expectTold(!opened.holds(text), `${whose} not to hold ${what}`);
  }
}
