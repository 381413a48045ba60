import { keysOf } from '../wording/index.js';
import { LOG_RISKS, type LogRisk, weightOf } from './log-risks.js';

export interface Drawable {
  readonly id: string;
  readonly risks: readonly LogRisk[];
}

export interface Drawn extends Drawable {
  readonly weight: number;
  /** `every`: all of that risk are looked at; `each-risk`: the first of its risk; `weighted`: by chance and weight. */
  readonly why: 'every' | 'each-risk' | 'weighted';
}

/** The method by name and version, kept with every review so that a draw can be made again and compared. */
export const SAMPLING_METHOD = 'weighted-without-replacement/1';
/** How many are drawn beside those that always are. Configuration, unconfirmed. */
export const SAMPLE_SIZE = 25;
/** All of these are looked at: there are few, and each opened something that was closed. */
const EVERY: readonly LogRisk[] = ['break-glass', 'own-name-lookup'];

/**
 * Draws accesses for review: every emergency opening and lookup of an own name, at least one of each other risk, and the
 * rest by weight without replacement (Efraimidis and Spirakis: the largest u^(1/w)). The same seed over the same accesses draws
 * the same, in whatever order they come, so that anybody can make the draw again.
 */
export function drawSample(
  seed: string,
  accesses: readonly Drawable[],
  size = SAMPLE_SIZE,
): readonly Drawn[] {
  const ranked = accesses
    .map((access) => ({ ...access, weight: weightOf(access.risks) }))
    .map((access) => ({ access, key: chance(`${seed} ${access.id}`) ** (1 / access.weight) }))
    .toSorted((a, b) => b.key - a.key || (a.access.id < b.access.id ? -1 : 1))
    .map(({ access }) => access);
  const drawn = new Map<string, Drawn>();
  for (const access of ranked) {
    if (access.risks.some((risk) => EVERY.includes(risk))) drawn.set(access.id, { ...access, why: 'every' });
  }
  for (const risk of keysOf(LOG_RISKS)) {
    if ([...drawn.values()].some(({ risks }) => risks.includes(risk))) continue;
    const first = ranked.find(({ risks }) => risks.includes(risk));
    if (first !== undefined) drawn.set(first.id, { ...first, why: 'each-risk' });
  }
  const always = drawn.size;
  for (const access of ranked) {
    if (drawn.size - always >= size) break;
    if (!drawn.has(access.id)) drawn.set(access.id, { ...access, why: 'weighted' });
  }
  return ranked.flatMap(({ id }) => drawn.get(id) ?? []);
}

/** A number above 0 and below 1 from a text: two 32-bit mixes of its UTF-16 units (cyrb53); no more than chance is asked of it. */
function chance(text: string): number {
  let [one, two] = [0xdeadbeef, 0x41c6ce57];
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    one = Math.imul(one ^ unit, 2654435761);
    two = Math.imul(two ^ unit, 1597334677);
  }
  one = Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(two ^ (two >>> 13), 3266489909);
  two = Math.imul(two ^ (two >>> 16), 2246822507) ^ Math.imul(one ^ (one >>> 13), 3266489909);
  return (4294967296 * (2097151 & two) + (one >>> 0) + 0.5) / 2 ** 53;
}
