import { ResponsibilityLineSchema } from '#contracts';
import { keysOf, ROLES } from '#domain';
import { expectTold, told } from '../stage/not-as-told.js';
import type { Stage } from '../stage/stage.js';
import { drawn, expectUnbroken } from './line.js';
import { type Case, type CaseMatter, readMatter } from './the-case.js';

/** Who holds each matter now, and the units that answered for it, in order. */
interface Holders {
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
  const code = told(theirs.thenTakenBy, 'the function that took it');
  const role = keysOf(ROLES).find((one) => one === code);
  const taken = role === undefined ? { sv: code, en: code } : ROLES[role];
  timeline.line();
  timeline.line({
    sv: `  Polisen ser sin egen del av linjen, och vilken funktion som tog vid (${taken.sv}). Inte mer.`,
    en: `  The police see their own part of the line, and which function took over (${taken.en}). No more.`,
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
  const named = await Promise.all(
    spells.map(async (spell) => ({ ...spell, unit: await stage.unitName(spell.unit) })),
  );
  stage.timeline.line(`    ${drawn(named, language)}`);
}
