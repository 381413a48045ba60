import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { UnitKeysInHand } from './unit-keys-of.js';

export const USAGE = `Usage: npm run keys -- list <unit>
       npm run keys -- rotate <unit> [wrap|sign]
       npm run keys -- index <unit>
       npm run keys -- reindex <unit> <authority>
       npm run keys -- erase --unit <unit> --content <id> [--content <id> …] --yes
       [--lang sv|en]`;

type Language = 'sv' | 'en';
type Purpose = 'wrap' | 'sign';

/** What the operator asked for. */
export type KeysWish = { readonly unit: string; readonly language: Language } & (
  | { readonly verb: 'list' }
  | { readonly verb: 'rotate'; readonly purposes: readonly Purpose[] }
  | { readonly verb: 'index' }
  | { readonly verb: 'reindex'; readonly authority: string }
  | { readonly verb: 'erase'; readonly contents: readonly string[]; readonly isConfirmed: boolean }
);

/** The command line as a wish; null when it is none. */
export function readWish(args: readonly string[]): KeysWish | null {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        lang: { type: 'string', default: 'sv' },
        unit: { type: 'string' },
        content: { type: 'string', multiple: true },
        yes: { type: 'boolean', default: false },
      },
    });
    const { lang: language } = values;
    if (language !== 'sv' && language !== 'en') return null;
    const [verb, unit, purpose, ...rest] = positionals;
    const contents = values.content ?? [];
    const forErasure = values.unit !== undefined || contents.length > 0 || values.yes;
    if (verb === 'erase') {
      const isWhole = unit === undefined && values.unit && contents.length > 0;
      if (!isWhole || contents.some((id) => !z.guid().safeParse(id).success)) return null;
      return {
        verb,
        unit: values.unit ?? '',
        contents: [...new Set(contents)],
        isConfirmed: values.yes,
        language,
      };
    }
    if (!unit || rest.length > 0 || forErasure) return null;
    if ((verb === 'list' || verb === 'index') && purpose === undefined) return { verb, unit, language };
    if (verb === 'reindex' && purpose !== undefined) return { verb, unit, authority: purpose, language };
    if (verb !== 'rotate') return null;
    if (purpose === undefined) return { verb, unit, purposes: ['wrap', 'sign'], language };
    return purpose === 'wrap' || purpose === 'sign' ? { verb, unit, purposes: [purpose], language } : null;
  } catch {
    return null;
  }
}

/** Does it and says what it touched. 0: all of it; 1: not all, and what is named; 2: not confirmed, nothing was done. */
export function carryOut(
  wish: KeysWish,
  keys: UnitKeysInHand,
  say: (line: string) => void,
): Promise<0 | 1 | 2> {
  switch (wish.verb) {
    case 'list':
      return list(keys, say);
    case 'rotate':
      return rotate(wish, keys, say);
    case 'index':
      return listIndexes(keys, say);
    case 'reindex':
      return reindex(wish, keys, say);
    case 'erase':
      return erase(wish, keys, say);
  }
}

const KeyRowsSchema = z.array(
  z.object({
    kid: z.string(),
    purpose: z.string(),
    created_at: z.date(),
    retired_at: z.date().nullable(),
    wraps: z.number(),
  }),
);

async function list({ unitId, database }: UnitKeysInHand, say: (line: string) => void): Promise<0> {
  const rows = KeyRowsSchema.parse(
    await database.query(
      `select k.kid, k.purpose, k.created_at, k.retired_at,
         (select count(*)::int from keys.wrap w where w.unit_id = k.unit_id and w.kid = k.kid) as wraps
       from keys.unit_key k where k.unit_id = $1 order by k.purpose, k.created_at`,
      [unitId],
    ),
  );
  for (const { kid, purpose, created_at, retired_at, wraps } of rows) {
    const state = retired_at === null ? 'current' : `retired ${retired_at.toISOString()}`;
    const held = purpose === 'wrap' ? `  wraps ${wraps}` : '';
    say(`${purpose}  ${kid}  ${created_at.toISOString()}  ${state}${held}`);
  }
  return 0;
}

async function listIndexes({ indexKeys }: UnitKeysInHand, say: (line: string) => void): Promise<0> {
  for (const { authority, version, createdAt } of await indexKeys.list()) {
    say(`index  ${authority}  ${version}  ${createdAt.toISOString()}`);
  }
  return 0;
}

/** Begins a new index key; the services write their index anew by the hour and retire the old one. */
async function reindex(
  { authority, language }: Extract<KeysWish, { verb: 'reindex' }>,
  { indexKeys }: UnitKeysInHand,
  say: (line: string) => void,
): Promise<0 | 2> {
  const versions = (await indexKeys.list()).filter((one) => one.authority === authority);
  if (versions.length !== 1) {
    say(
      versions.length === 0
        ? {
            sv: `Inget är gjort: partens index för ${authority} finns inte.`,
            en: `Nothing was done: the party has no index for ${authority}.`,
          }[language]
        : {
            sv: `Inget är gjort: indexet för ${authority} skrivs redan om.`,
            en: `Nothing was done: the index for ${authority} is being made anew already.`,
          }[language],
    );
    return 2;
  }
  const version = await indexKeys.rekey(authority);
  say(
    {
      sv: `Ny indexnyckel, version ${version}. Tjänsten skriver om indexet inom en timme, eller när den startas om.`,
      en: `New index key, version ${version}. The service writes its index anew within the hour, or when it is restarted.`,
    }[language],
  );
  return 0;
}

async function rotate(
  { purposes, language }: Extract<KeysWish, { verb: 'rotate' }>,
  { unitId, unitKeys, store }: UnitKeysInHand,
  say: (line: string) => void,
): Promise<0 | 1> {
  let left = 0;
  for (const purpose of purposes) {
    if (purpose === 'sign') {
      const kid = await unitKeys.rotateSignKey(unitId);
      say({ sv: `Ny signeringsnyckel: ${kid}`, en: `New signing key: ${kid}` }[language]);
      continue;
    }
    const { count, unreadable } = await unitKeys.rotateWrapKey(unitId);
    const [current] = await store.currentKeys([unitId], 'wrap');
    say({ sv: `Ny kuvertnyckel: ${current?.kid}`, en: `New wrap key: ${current?.kid}` }[language]);
    say({ sv: `${count} kuvertnycklar flyttade till den.`, en: `${count} wraps moved to it.` }[language]);
    if (unreadable.length > 0)
      say(
        { sv: 'Dessa öppnades inte och är som de var:', en: 'These did not open and are as they were:' }[
          language
        ],
      );
    for (const content of unreadable) say(`  ${content}`);
    left += unreadable.length;
  }
  return left === 0 ? 0 : 1;
}

async function erase(
  { contents, isConfirmed, language }: Extract<KeysWish, { verb: 'erase' }>,
  { unitId, unitKeys, store }: UnitKeysInHand,
  say: (line: string) => void,
): Promise<0 | 1 | 2> {
  const found: string[] = [];
  for (const content of contents) {
    const { wraps, erasedFor } = await store.wrapsOf(content);
    const state = wraps.some((wrap) => wrap.unitId === unitId)
      ? 'readable'
      : erasedFor.includes(unitId)
        ? 'erased'
        : 'none';
    if (state === 'readable') found.push(content);
    say(`${content}  ${WRAP_STATES[state][language]}`);
  }
  if (!isConfirmed) {
    say(
      {
        sv: `Inget är gjort. Med --yes kan ${unitId} aldrig mer läsa ${found.length} av dem.`,
        en: `Nothing was done. With --yes ${unitId} can never read ${found.length} of them again.`,
      }[language],
    );
    return 2;
  }
  const erased = await unitKeys.erase(found, [unitId]);
  say({ sv: `${erased} raderade för ${unitId}.`, en: `${erased} erased for ${unitId}.` }[language]);
  return erased === contents.length ? 0 : 1;
}

const WRAP_STATES = {
  readable: { sv: 'kan läsas av enheten', en: 'can be read by the unit' },
  erased: { sv: 'redan raderad för enheten', en: 'already erased for the unit' },
  none: { sv: 'enheten har ingen nyckel till den', en: 'the unit has no wrap of it' },
} as const;
