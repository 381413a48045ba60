import { instantOf, localTimeOf } from '#calendar';
import { type DispatchView, MorningHandoverSchema } from '#contracts';
import { deadlineExplained, reasons } from '../stage/explained.js';
import { expectTold, told } from '../stage/not-as-told.js';
import type { Stage } from '../stage/stage.js';
import { offerOf, preview, readHandoff, sendPreviewed } from './offers.js';
import { type Case, type CaseMatter, mattersOf, readMatter } from './the-case.js';
import type { NightWork } from './the-night-work.chapter.js';

const JOUR = 'socialjouren-case-worker';

/** Before the offices open socialjouren hands everyone to the unit where they live; each choice explains itself. */
export async function theMorning(stage: Stage, theCase: Case, done: NightWork): Promise<DispatchView> {
  const { timeline } = stage;
  timeline.chapter({
    sv: '5. Morgonöverlämningen, före kontorstid',
    en: '5. The morning handover, before office hours',
  });
  const jour = await stage.as(JOUR);
  await stage.until(instantOf(theCase.night.nextOfficeDay, localTimeOf(7, 20)));
  const wanted: readonly { readonly matter: CaseMatter; readonly unit: string }[] = [
    { matter: theCase.mother, unit: 'rvt-sydvast' },
    { matter: theCase.younger, unit: 'bou-hagersten-alvsjo' },
    { matter: theCase.elder, unit: 'bou-skarpnack' },
  ];
  await theyArePrepared(stage, theCase, wanted);
  const shown = await preview(jour, {
    items: [
      motherItem(stage, theCase, done),
      childItem(stage, theCase.younger),
      childItem(stage, theCase.elder),
    ],
  });
  timeline.at(await stage.now(), 'Socialjouren', {
    sv: 'förhandsgranskar: enheten söks efter var och ens bostad, inte efter platsen',
    en: 'previews: the unit is found by where each one lives, not by the place',
  });
  for (const { matter, unit } of wanted) {
    const item = told(
      shown.items.find(({ matterId }) => matterId === matter.matterId),
      `a preview of ${matter.who.en}`,
    );
    expectTold(item.toUnit.id === unit, `${matter.who.en} to go to ${unit}`, item.toUnit.id);
    timeline.note({
      sv: `${matter.who.sv} → ${item.toUnit.name}; grund ${item.basis.code} ${item.basis.label.sv}; ${item.leaves.length} uppgifter lämnas, ${item.withheld.length} hålls kvar`,
      en: `${matter.who.en} → ${item.toUnit.name}; basis ${item.basis.code} ${item.basis.label.en}; fields that leave: ${item.leaves.length}, withheld: ${item.withheld.length}`,
    });
    if (matter === theCase.mother) {
      const leaving = item.leaves.map(({ field }) => field);
      expectTold(
        !leaving.includes('safe-contact.card'),
        'her narrow consent to keep safe contact back',
        leaving,
      );
    }
    const of = matter === theCase.mother ? 'adult' : 'child';
    for (const line of reasons(item.found, of, timeline.language)) timeline.note(`  ${line}`);
  }
  const sent = await sendPreviewed(jour, shown);
  expectTold(
    sent.handoffs.length === mattersOf(theCase).length,
    'all three to be sent in one act',
    sent.handoffs,
  );
  timeline.at(new Date(sent.sentAt), 'Socialjouren', {
    sv: 'skickar alla tre i en handling, och svarar tills någon tar över. Svar väntas:',
    en: 'sends all three in one act, and answers until somebody takes over. An answer is due:',
  });
  const { deadlines } = await readHandoff(jour, offerOf(sent, theCase.elder).handoffId);
  const due = told(
    deadlines.find(({ rule }) => rule === 'acceptance-office'),
    'a time for accepting',
  );
  const tenOClock = instantOf(theCase.night.nextOfficeDay, localTimeOf(10, 0));
  expectTold(
    new Date(due.dueAt).getTime() === tenOClock.getTime(),
    'two office hours from the first opening after the holiday: ten o’clock',
    due.dueAt,
  );
  for (const line of deadlineExplained(due, timeline.language)) timeline.note(line);
  for (const { matter } of wanted) await delivered(stage, offerOf(sent, matter).handoffId);
  return sent;
}

/** The morning list names each one's unit by itself, and what the form still lacks. */
async function theyArePrepared(
  stage: Stage,
  theCase: Case,
  wanted: readonly { readonly matter: CaseMatter; readonly unit: string }[],
): Promise<void> {
  const jour = await stage.as(JOUR);
  const { incidentId } = await readMatter(jour, theCase.elder);
  const { items } = await jour.get(`/incidents/${incidentId}/morning-handover`, MorningHandoverSchema);
  for (const { matter, unit } of wanted) {
    const item = told(
      items.find(({ matterId }) => matterId === matter.matterId),
      `${matter.who.en} on the morning list`,
    );
    expectTold(item.toUnit === unit, `the morning list to name ${unit}`, item.toUnit);
  }
  stage.timeline.at(await stage.now(), 'Socialjouren', {
    sv: `har morgonlistan: ${items.length} att lämna över, var och en med sin enhet`,
    en: `has the morning list: ${items.length} to hand over, each with its unit`,
  });
}

/** An adult goes with her recorded consent, named to the receiver, or she does not go. */
function motherItem({ canaries }: Stage, { mother }: Case, { consentId }: NightWork) {
  return {
    matterId: mother.matterId,
    basis: { code: 'X-01' as const, recordId: consentId },
    answers: { 'consent-and-basis': { value: `Samtycke ${canaries.word('morning.consent')}` } },
  };
}

function childItem({ canaries }: Stage, { matterId, ref }: CaseMatter) {
  return {
    matterId,
    answers: {
      'consent-and-basis': { value: `OSL 26:9 ${canaries.word(`morning.${ref}.basis`)}` },
      'done-decided-promised': { value: `Förskolan öppnar åtta ${canaries.word(`morning.${ref}.promised`)}` },
    },
  };
}

async function delivered(stage: Stage, handoffId: string): Promise<void> {
  const jour = await stage.as(JOUR);
  await stage.waitFor("the receiver's system to have verified the envelope", async () => {
    const { deliveredAt } = await readHandoff(jour, handoffId);
    return deliveredAt;
  });
}
