import { instantOf, localTimeOf } from '#calendar';
import { type DispatchView, HandoffChangedSchema } from '#contracts';
import { deadlineLine } from '../stage/explained.js';
import { clockTime } from '../stage/language.js';
import { expectTold, told } from '../stage/not-as-told.js';
import type { Stage } from '../stage/stage.js';
import { expectEnvelopes, openEnvelopes } from './envelopes.js';
import { offerOf, openAndAccept, preview, sendPreviewed } from './offers.js';
import { checkedReceipt } from './receipts.js';
import { type Case, readMatter } from './the-case.js';
import { recordConsent } from './the-night-work.chapter.js';

const JOUR = 'socialjouren-case-worker';
const SKARPNACK = 'bou-case-worker-skarpnack';
const RVT = 'rvt-case-worker-sydvast';

/** The office opens: one unit accepts, one declines and is asked again with what was missing. Answers the handoff it took. */
export async function theOfficeDay(stage: Stage, theCase: Case, morning: DispatchView): Promise<string> {
  stage.timeline.chapter({
    sv: '6. Kontoren öppnar: ett ja, ett nej, och ett nytt försök',
    en: '6. The offices open: a yes, a no, and another try',
  });
  await skarpnackAccepts(stage, theCase, morning);
  await rvtDeclines(stage, theCase, morning);
  return socialjourenReviews(stage, theCase);
}

async function skarpnackAccepts(stage: Stage, theCase: Case, morning: DispatchView): Promise<void> {
  const { timeline } = stage;
  const bou = await stage.as(SKARPNACK);
  const jour = await stage.as(JOUR);
  await stage.until(instantOf(theCase.night.nextOfficeDay, localTimeOf(8, 12)));
  const { handoffId } = offerOf(morning, theCase.elder);
  const accepted = await openAndAccept(bou, handoffId);
  await checkedReceipt(jour, handoffId, bou.unit);
  timeline.at(new Date(accepted.at), bou.name, {
    sv: 'öppnar och tar över barnet i Skarpnäck; kvittot håller',
    en: 'opens and takes over the child in Skarpnäck; the receipt holds',
  });
  const { victim, suspect, elder, younger } = theCase.cast;
  expectEnvelopes(await openEnvelopes(bou, handoffId), "BoU's envelope", {
    holds: { "the child's name": elder.name },
    lacks: {
      "the sibling's name": younger.name,
      'her number': victim.number,
      'her address': victim.address,
      'his number': suspect.number,
    },
  });
  const { deadlines } = await readMatter(bou, theCase.elder);
  const passed = deadlines.filter(({ rule, endedAt }) => endedAt === null && /^D-0[34]$/.test(rule));
  expectTold(
    passed
      .map(({ rule }) => rule)
      .toSorted()
      .join(' ') === 'D-03 D-04',
    'D-03 and D-04 to run on at the unit that accepted',
    deadlines.map(({ rule }) => rule),
  );
  timeline.note({
    sv: 'Utredningstiderna följer barnet; starten är polisens anmälan och flyttas inte:',
    en: "The times for the investigation follow the child; their start is the police's report and does not move:",
  });
  for (const deadline of passed) {
    timeline.note(deadlineLine(deadline, timeline.language));
  }
}

async function rvtDeclines(stage: Stage, theCase: Case, morning: DispatchView): Promise<void> {
  const rvt = await stage.as(RVT);
  const { handoffId } = offerOf(morning, theCase.mother);
  await stage.until(instantOf(theCase.night.nextOfficeDay, localTimeOf(8, 25)));
  const opened = await rvt.post(`/handoffs/${handoffId}/open`, {}, HandoffChangedSchema);
  const declined = await rvt.post(
    `/handoffs/${handoffId}/decline`,
    { reason: 'NO_CONSENT', note: `Samtycket gäller bara ett samtal ${stage.canaries.word('decline.note')}` },
    HandoffChangedSchema,
    opened.version,
  );
  expectTold(declined.phase === 'declined', 'the offer to be declined', declined.phase);
  stage.timeline.at(new Date(declined.at), rvt.name, {
    sv: 'avböjer (INFORMATION_NOT_RECEIVED): hennes samtycke täckte inte hur hon kan nås. Socialjouren svarar fortsatt',
    en: 'declines (INFORMATION_NOT_RECEIVED): her consent did not cover how she can be reached. Socialjouren still answers',
  });
}

/** The decline started a deadline of the sender's own; a new handoff meets it. */
async function socialjourenReviews(stage: Stage, theCase: Case): Promise<string> {
  const { timeline, canaries } = stage;
  const jour = await stage.as(JOUR);
  const rvt = await stage.as(RVT);
  const declined = await readMatter(jour, theCase.mother);
  expectTold(
    declined.responsibleUnit === jour.unit,
    'socialjouren to answer after a decline',
    declined.responsibleUnit,
  );
  const review = told(
    declined.deadlines.find(({ rule, endedAt }) => rule === 'review-after-decline' && endedAt === null),
    'a time for the sender to decide anew',
  );
  await stage.until(instantOf(theCase.night.nextOfficeDay, localTimeOf(8, 40)));
  const { recordId, recordedAt } = await recordConsent(stage, theCase, {
    way: 'BY_PHONE',
    fields: 'all',
  });
  timeline.at(new Date(recordedAt), 'Socialjouren', {
    sv: `granskar avböjandet (senast ${clockTime(new Date(review.dueAt), 'sv')}) och ringer henne: hon samtycker till allt, också säker kontakt`,
    en: `reviews the decline (by ${clockTime(new Date(review.dueAt), 'en')}) and rings her: she consents to all of it, safe contact too`,
  });
  const again = await preview(jour, {
    items: [
      {
        matterId: theCase.mother.matterId,
        basis: { code: 'X-01', recordId },
        answers: {
          'consent-and-basis': { value: `Samtycke till RVT ${canaries.word('consent-and-basis.again')}` },
          'done-decided-promised': { value: `Ring efter tolv ${canaries.word('promised.again')}` },
        },
      },
    ],
  });
  const leaving = again.items[0]?.leaves.map(({ field }) => field) ?? [];
  expectTold(
    leaving.includes('safe-contact.card'),
    'her safe contact to leave by the wider consent',
    leaving,
  );
  timeline.note({
    sv: `Nu lämnas ${leaving.length} uppgifter; säker kontakt i ett eget kuvert.`,
    en: `Now ${leaving.length} fields leave; safe contact in an envelope of its own.`,
  });
  const sent = await sendPreviewed(jour, again);
  const { handoffId, toUnit } = offerOf(sent, theCase.mother);
  expectTold(toUnit === rvt.unit, `the mother to be offered to ${rvt.unit} again`, toUnit);
  const reviewed = await readMatter(jour, theCase.mother);
  const met = reviewed.deadlines.find(({ rule }) => rule === 'review-after-decline');
  expectTold(met?.endedAs === 'met', 'the new handoff to meet the review', met);
  await stage.until(instantOf(theCase.night.nextOfficeDay, localTimeOf(8, 55)));
  const accepted = await openAndAccept(rvt, handoffId);
  await checkedReceipt(jour, handoffId, rvt.unit);
  timeline.at(new Date(accepted.at), rvt.name, {
    sv: 'tar över modern. Avsändarens granskning är gjord i tid',
    en: "takes over the mother. The sender's review was done in time",
  });
  return handoffId;
}
