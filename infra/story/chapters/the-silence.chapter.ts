import { type DispatchView, NudgedSchema, StalledPageSchema } from '#contracts';
import { clockTime } from '../stage/language.js';
import { expectTold, told } from '../stage/not-as-told.js';
import type { Stage } from '../stage/stage.js';
import { acceptanceDue } from './acceptance-due.js';
import { offerOf, openAndAccept, readHandoff } from './offers.js';
import { checkedReceipt } from './receipts.js';
import { type Case, readMatter } from './the-case.js';

const JOUR = 'socialjouren-case-worker';
const SILENT = 'bou-case-worker-hagersten-alvsjo';
const MINUTE = 60_000;
/** The office ladder's last rung: three steps of half an hour after the due time (libs/domain, LADDERS.office). */
const COORDINATOR_AFTER_MINUTES = 90;

/** One unit says nothing. Time moves nothing: it calls, rung by rung, until somebody with an overview sees it. */
export async function theSilence(stage: Stage, theCase: Case, morning: DispatchView): Promise<void> {
  const { timeline } = stage;
  timeline.chapter({
    sv: '7. Tystnad, och stegen upp till samordnaren',
    en: '7. Silence, and the ladder up to the coordinator',
  });
  const silent = await stage.as(SILENT);
  const jour = await stage.as(JOUR);
  const { handoffId } = offerOf(morning, theCase.younger);
  timeline.at(await stage.now(), silent.name, {
    sv: 'har inte öppnat överlämningen av barnet i Älvsjö',
    en: 'has not opened the handover of the child in Älvsjö',
  });
  const due = await acceptanceDue(stage, JOUR, handoffId);
  await stage.until(new Date(due.getTime() + (COORDINATOR_AFTER_MINUTES + 1) * MINUTE));
  await theyWereCalled(stage, silent.unit);
  await theCoordinatorSees(stage, theCase, handoffId, silent.unit);

  const still = await readMatter(jour, theCase.younger);
  expectTold(
    still.responsibleUnit === jour.unit,
    'socialjouren to answer through the silence',
    still.responsibleUnit,
  );
  const { phase } = await readHandoff(jour, handoffId);
  expectTold(phase === 'delivered', 'time not to have changed the offer', phase);
  timeline.note({
    sv: 'Erbjudandet är oförändrat, och socialjouren svarar fortfarande: tid påminner, den flyttar inget.',
    en: 'The offer is unchanged and socialjouren still answers: time reminds, it moves nothing.',
  });

  const accepted = await openAndAccept(silent, handoffId);
  await checkedReceipt(jour, handoffId, silent.unit);
  timeline.at(new Date(accepted.at), silent.name, {
    sv: 'tar över barnet i Älvsjö',
    en: 'takes over the child in Älvsjö',
  });
}

/** Every rung's mail is in the catcher, and none of them says whom it is about. */
async function theyWereCalled(stage: Stage, late: string): Promise<void> {
  const { timeline } = stage;
  const wanted = [
    `on-duty@${late}.`,
    `unit-head@${late}.`,
    'unit-head@socialjouren-stockholm.',
    'coordinator@samordning-stockholm.',
  ];
  const mail = await stage.waitFor('a mail for each rung of the ladder', async () => {
    const since = (await stage.front.mail()).filter(({ receivedAt }) => new Date(receivedAt) >= stage.begun);
    const isThere = (start: string) =>
      since.some(({ to }) => to.some((address) => address.startsWith(start)));
    return wanted.every(isThere) ? since : null;
  });
  const said = JSON.stringify(mail);
  for (const { field, text } of stage.canaries.all()) {
    expectTold(!said.includes(text), `no mail to hold ${field}`);
  }
  timeline.at(
    await stage.now(),
    { sv: 'Klockan', en: 'The clock' },
    {
      sv: `har ringt uppför stegen: enheten, båda enhetscheferna, samordnaren. ${mail.length} mejl i natt och i dag, inget säger vem det gäller`,
      en: `has called its way up: the unit, both unit heads, the coordinator. ${mail.length} mails this night and day, none says whom it is about`,
    },
  );
}

async function theCoordinatorSees(
  stage: Stage,
  theCase: Case,
  handoffId: string,
  late: string,
): Promise<void> {
  const { timeline } = stage;
  const coordinator = await stage.as('coordination-coordinator');
  const stalled = await coordinator.get(`/stalled?limit=100&unit=${late}`, StalledPageSchema);
  const line = told(
    stalled.items.find((one) => one.handoffId === handoffId && one.rule.code === 'acceptance-office'),
    'the silent handover on the coordinator’s list',
  );
  const name = await stage.unitName(late);
  expectTold(line.move === late, `the move to be ${late}'s`, line.move);
  expectTold(
    line.late.minutes >= COORDINATOR_AFTER_MINUTES,
    'it to be late by the ladder',
    line.late.minutes,
  );
  timeline.at(
    new Date(stalled.now),
    { sv: 'Samordnaren', en: 'The coordinator' },
    {
      sv: `ser: ${name} dröjer sedan ${clockTime(new Date(line.late.since), 'sv')} (${line.late.minutes} min), ${line.rule.label.sv}. Inget om vem`,
      en: `sees: ${name} is late since ${clockTime(new Date(line.late.since), 'en')} (${line.late.minutes} min), ${line.rule.label.en}. Nothing of whom`,
    },
  );
  const nudged = await coordinator.post(`/matters/${theCase.younger.matterId}/nudge`, {}, NudgedSchema);
  expectTold(nudged.unit === late, `the nudge to reach ${late}`, nudged.unit);
  timeline.note({ sv: `Påminner ${name}.`, en: `Reminds ${name}.` });
}
