import { z } from 'zod';

const PersonasSchema = z.object({ items: z.array(z.object({ persona: z.string(), unit: z.string() })) });
const SHOWN = 8;

/** A line for each of the first personas, and one that tells how many more there are. */
export async function personasShown(frontPage: string): Promise<string[]> {
  const answer: unknown = await (await fetch(`${frontPage}/dev/personas`)).json();
  const { items } = PersonasSchema.parse(answer);
  const first = FAMILIAR.flatMap((name) => items.filter(({ persona }) => persona === name));
  const rest = items.filter((item) => !first.includes(item)).slice(0, SHOWN - first.length);
  const shown = [...first, ...rest].map(({ persona, unit }) => `${persona.padEnd(34)} ${unit}`);
  const more = items.length - shown.length;
  return more > 0 ? [...shown, `… and ${more} more: ${frontPage}/dev/personas`] : shown;
}

/** The personas of the story come first. */
const FAMILIAR = [
  'police-liaison-globen',
  'socialjouren-case-worker',
  'rvt-case-worker-sydvast',
  'bou-unit-head-skarpnack',
  'rvc-case-worker-sydvast',
  'region-case-worker-bup-oppenvard-soderort',
  'coordination-coordinator',
];
