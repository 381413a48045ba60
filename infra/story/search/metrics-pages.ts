import type { Needles } from './needles.js';
import { Search, type Searched } from './searched.js';

/** The figures of every process that serves them. Throws when one does not answer. */
export async function searchMetrics(
  apps: Readonly<Record<string, string>>,
  needles: Needles,
  trace: string,
): Promise<Searched> {
  const search = new Search('Metrics', needles, trace);
  const pages = Object.entries(apps).filter(([name]) => name !== 'issuer');
  for (const [name, url] of pages) {
    const answer = await fetch(`${url}/metrics`);
    if (!answer.ok) throw new Error(`the metrics of ${name} answered ${answer.status}`);
    search.look(name, await answer.text());
  }
  return search.result(`${pages.length} processes`);
}
