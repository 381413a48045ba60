import type { RunningHandslag } from '../local/running-file.js';
import { searchTables } from './search/database-tables.js';
import { searchFiles } from './search/files.js';
import { searchMetrics } from './search/metrics-pages.js';
import { Needles } from './search/needles.js';
import { searchRedis } from './search/redis-keys.js';
import type { Searched } from './search/searched.js';
import { searchTemporal } from './search/temporal-histories.js';
import type { Canary } from './stage/canaries.js';
import type { Said } from './stage/language.js';

/** What one run of the story left behind: what must not be found, and what must be, where a search did look. */
export interface RunLeft {
  readonly begun: Date;
  readonly canaries: readonly Canary[];
  /** In the record and in Temporal. */
  readonly matterId: string;
  /** In the mail and in the key store. */
  readonly unit: string;
}

/** The search, and whether it may be believed. */
export interface SearchOutcome {
  readonly searched: readonly Searched[];
  /** Places where the run must have left a trace and none was seen: what was not found there says nothing. */
  readonly unproven: readonly string[];
}

const CUSTODY = 'Record, schema custody';
/** All that Redis is told of a notice is the id of its row, which the queues' own events keep. */
const DELIVERY = 'delivery-';
/** A route as it is written in the code is all that the figures tell of a request. */
const ROUTE = 'route="/api/v1/handoffs/:id';

/**
 * Searches everything that must know nothing (C5): Temporal's histories, Redis, logs, mail, metrics, every column of every table of
 * the record and of the key store. Throws when a place cannot be read whole.
 */
export async function searchCanaries(running: RunningHandslag, run: RunLeft): Promise<SearchOutcome> {
  const needles = new Needles(run.canaries);
  const temporalAt = { address: running.temporalAddress, namespace: running.temporalNamespace };
  const traced = [
    await searchTemporal(temporalAt, run.begun, needles, run.matterId),
    await searchRedis(running.redisUrl, needles, DELIVERY),
    // Logs hold what went wrong and when; that something was read is all that can be asked of them.
    await searchFiles('Logs', running.logFolder, needles, ''),
    await searchFiles('Mail', running.mailFile, needles, run.unit),
    await searchMetrics(running.apps, needles, ROUTE),
  ];
  const tables = [
    ...(await searchTables('Record', running.databaseUrl, needles, run.matterId)),
    ...(await searchTables('Key store', running.keysDatabaseUrl, needles, run.unit)),
  ];
  const mustShow = [...traced, ...tables.filter(({ place }) => place === CUSTODY)];
  const unproven = mustShow.filter(({ sawTrace }) => !sawTrace).map(({ place }) => place);
  return {
    searched: [...traced, ...tables],
    unproven: tables.some(({ place }) => place === CUSTODY) ? unproven : [...unproven, CUSTODY],
  };
}

/** Where was looked and how much, a line each, with what was found beneath. */
export function searchInWords({ searched, unproven }: SearchOutcome, canaries: number): Said[] {
  const lines = searched.flatMap(({ place, looked, bytes, findings }): Said[] => {
    const size = `${place.padEnd(28)} ${looked}, ${kilobytes(bytes)}`;
    return [
      { sv: `  ${size}: ${findings.length} funna`, en: `  ${size}: ${findings.length} found` },
      ...findings.map(({ canary, form, where }): Said => {
        const found = `    ! ${canary.field} (${form}) in ${where}`;
        return { sv: found, en: found };
      }),
    ];
  });
  return [
    {
      sv: `Sökt efter ${canaries} ord, nummer och datum: som text, hexadecimalt och i base64.`,
      en: `Looked for ${canaries} words, numbers and dates: as text, in hexadecimal and in base64.`,
    },
    ...lines,
    ...unproven.map(
      (place): Said => ({
        sv: `    ! ${place}: inget av körningens spår syns där, så sökningen säger inget`,
        en: `    ! ${place}: no trace of the run is seen there, so the search says nothing`,
      }),
    ),
  ];
}

/** Nothing was found, by a search that saw. */
export function isClean({ searched, unproven }: SearchOutcome): boolean {
  return unproven.length === 0 && searched.every(({ findings }) => findings.length === 0);
}

function kilobytes(bytes: number): string {
  return `${Math.ceil(bytes / 1024)} kB`;
}
