import { type MatterView, MatterViewSchema } from '#contracts';
import type { Cast } from '../cast/cast.js';
import type { Door } from '../stage/door.js';
import type { HolidayNight } from '../stage/holiday-night.js';
import type { Said } from '../stage/language.js';

/** One matter of the case, and whom it is about as the police know her. */
export interface CaseMatter {
  readonly matterId: string;
  readonly ref: string;
  readonly who: Said;
}

/** What every chapter after the alarm knows. */
export interface Case {
  readonly night: HolidayNight;
  readonly cast: Cast;
  readonly mother: CaseMatter;
  readonly younger: CaseMatter;
  readonly elder: CaseMatter;
}

/** The three matters, in the order they are told of. */
export function mattersOf({ mother, younger, elder }: Case): readonly CaseMatter[] {
  return [mother, younger, elder];
}

/** The matter as one of its holders sees it. */
export function readMatter(door: Door, { matterId }: CaseMatter): Promise<MatterView> {
  return door.get(`/matters/${matterId}`, MatterViewSchema);
}
