import { type ResponsibilityLine, ResponsibilityLineSchema } from '#contracts';
import { clockTime, dayOf, type Language } from '../stage/language.js';
import { expectTold, told } from '../stage/not-as-told.js';
import type { Stage } from '../stage/stage.js';
import { type Case, type CaseMatter, readMatter } from './the-case.js';

type Spell = ResponsibilityLine['spells'][number];

/** Who holds each matter now, and the units that answered for it, in order. */
export interface Holders {
  readonly persona: string;
  readonly matter: CaseMatter;
  readonly units: readonly string[];
}

/** Who answered for each matter from its opening to its close, drawn from what its holder's token reads. */
export async function theUnbrokenLine(stage: Stage, theCase: Case): Promise<void> {
  const { timeline } = stage;
  timeline.chapter({
    sv: '10. Ansvaret, som en obruten linje',
    en: '10. Responsibility, as an unbroken line',
  });
  const holders: readonly Holders[] = [
    {
      persona: 'socialjouren-case-worker',
      matter: theCase.mother,
      units: ['lpo-globen', 'socialjouren-stockholm', 'rvt-sydvast', 'socialjouren-stockholm'],
    },
    {
      persona: 'bou-case-worker-hagersten-alvsjo',
      matter: theCase.younger,
      units: ['lpo-globen', 'socialjouren-stockholm', 'bou-hagersten-alvsjo'],
    },
    {
      persona: 'bou-case-worker-skarpnack',
      matter: theCase.elder,
      units: ['lpo-globen', 'socialjouren-stockholm', 'bou-skarpnack'],
    },
  ];
  for (const one of holders) await drawLine(stage, one);

  const police = await stage.as('police-liaison-globen');
  const theirs = await police.get(
    `/matters/${theCase.mother.matterId}/responsibility`,
    ResponsibilityLineSchema,
  );
  expectTold(
    theirs.spells.map(({ unit }) => unit).join() === 'lpo-globen',
    'the police to see their own spell and no later one',
    theirs.spells.map(({ unit }) => unit),
  );
  timeline.line();
  timeline.line({
    sv: `  Polisen ser sin egen del av linjen, och att ${told(theirs.thenTakenBy, 'the function that took it')} tog vid. Inte mer.`,
    en: `  The police see their own part of the line, and that ${told(theirs.thenTakenBy, 'the function that took it')} came after. No more.`,
  });
}

async function drawLine(stage: Stage, { persona, matter, units }: Holders): Promise<void> {
  const door = await stage.as(persona);
  const view = await readMatter(door, matter);
  const { spells } = await door.get(`/matters/${matter.matterId}/responsibility`, ResponsibilityLineSchema);
  expectUnbroken(spells, view.openedAt, told(view.closedAt, `${matter.who.en} to be closed`));
  expectTold(
    spells.map(({ unit }) => unit).join() === units.join(),
    `${matter.who.en} to have been with ${units.join(', ')}`,
    spells.map(({ unit }) => unit),
  );
  const { language } = stage.timeline;
  stage.timeline.line();
  stage.timeline.line(`  ${matter.who[language]}`);
  for (const line of drawn(spells, language)) stage.timeline.line(`    ${line}`);
}

/** C1, to the microsecond that the wire carries: each spell begins at the very instant the one before ended. */
function expectUnbroken(spells: readonly Spell[], openedAt: string, closedAt: string): void {
  expectTold(spells.length > 0, 'somebody to have answered');
  expectTold(spells[0]?.from === openedAt, 'the line to begin with the matter', [spells[0]?.from, openedAt]);
  spells.forEach(({ until }, index) => {
    const next = spells[index + 1]?.from ?? closedAt;
    expectTold(until === next, 'each spell to end as the next begins', [until, next]);
  });
}

function drawn(spells: readonly Spell[], language: Language): string[] {
  const last = spells.at(-1);
  const times = spells.map(({ from }, index) => {
    const before = spells[index - 1]?.from;
    return timeOf(from, before, language);
  });
  const boxes = spells.map(({ unit }, index) => `${times[index]} ${unit}`);
  const end =
    last?.until === null || last === undefined ? '' : ` ──■ ${timeOf(last.until, last.from, language)}`;
  return [`${boxes.join(' ──▶ ')}${end}`];
}

/** The time, with its day where that is another than the one before. */
function timeOf(at: string, before: string | undefined, language: Language): string {
  const instant = new Date(at);
  const time = clockTime(instant, language);
  if (before !== undefined && dayOf(new Date(before)) === dayOf(instant)) return time;
  const day = new Intl.DateTimeFormat(language === 'sv' ? 'sv-SE' : 'en-GB', {
    timeZone: 'Europe/Stockholm',
    day: 'numeric',
    month: 'short',
  }).format(instant);
  return `${day} ${time}`;
}
