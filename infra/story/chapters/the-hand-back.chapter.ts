import { instantOf, localTimeOf } from '#calendar';
import { MatterChangedSchema } from '#contracts';
import { expectTold } from '../stage/not-as-told.js';
import type { Stage } from '../stage/stage.js';
import { expectEnvelopes, openEnvelopes } from './envelopes.js';
import { offerOf, openAndAccept, preview, sendPreviewed } from './offers.js';
import { checkedReceipt } from './receipts.js';
import { contactAsRead } from './safe-contact.js';
import { type Case, readMatter } from './the-case.js';

const JOUR = 'socialjouren-case-worker';
const RVT = 'rvt-case-worker-sydvast';

/** RVT does not reach her by day and hands back; it answers until socialjouren, which is there at night, has accepted. */
export async function theHandBack(stage: Stage, theCase: Case, takenBy: string): Promise<void> {
  const { timeline, canaries } = stage;
  timeline.chapter({ sv: '8. Tillbaka, och mottagen', en: '8. Handed back, and accepted' });
  const rvt = await stage.as(RVT);
  const jour = await stage.as(JOUR);
  const { matterId } = theCase.mother;

  await stage.until(instantOf(theCase.night.nextOfficeDay, localTimeOf(13, 5)));
  await safeContactIsRead(stage, theCase, takenBy);
  const held = await readMatter(rvt, theCase.mother);
  const attempted = await rvt.post(
    `/matters/${matterId}/contact-attempt`,
    {
      outcome: 'no-answer',
      ...(await contactAsRead(rvt, matterId, { channel: 'phone-call', withinTimes: true })),
      note: `Inget svar, ingen röstbrevlåda ${canaries.word('attempt.note')}`,
    },
    MatterChangedSchema,
    held.version,
  );
  timeline.at(new Date(attempted.at), rvt.name, {
    sv: 'ringer på den säkra tiden utan svar, och antecknar försöket',
    en: 'rings at the safe time without an answer, and logs the attempt',
  });
  const back = await preview(rvt, {
    items: [
      {
        matterId,
        toUnit: jour.unit,
        reason: 'UNREACHABLE',
        basis: {
          code: 'X-01',
          statement: `Hon har sagt att jouren får ringa ${canaries.word('back.basis')}`,
        },
        answers: {
          'consent-and-basis': { value: `Samtycke till socialjouren ${canaries.word('back.consent')}` },
          'done-decided-promised': { value: `Ett försök i dag ${canaries.word('back.done')}` },
        },
      },
    ],
  });
  expectTold(
    back.items[0]?.route === 'adult-safety.rvt.socialjouren',
    'the way back from RVT to socialjouren',
    back.items[0]?.route,
  );
  const sent = await sendPreviewed(rvt, back);
  const offered = await readMatter(rvt, theCase.mother);
  expectTold(
    offered.responsibleUnit === rvt.unit,
    'RVT to answer until it is accepted',
    offered.responsibleUnit,
  );
  timeline.at(new Date(sent.sentAt), rvt.name, {
    sv: 'lämnar tillbaka till socialjouren (UNREACHABLE), och svarar tills det är mottaget',
    en: 'hands back to socialjouren (UNREACHABLE), and answers until it is accepted',
  });

  await stage.until(instantOf(theCase.night.nextOfficeDay, localTimeOf(13, 40)));
  const { handoffId } = offerOf(sent, theCase.mother);
  const accepted = await openAndAccept(jour, handoffId);
  await checkedReceipt(rvt, handoffId, jour.unit);
  timeline.at(new Date(accepted.at), 'Socialjouren', {
    sv: 'tar emot återlämningen och svarar igen; de når henne på kvällen',
    en: 'accepts the hand-back and answers again; they will reach her in the evening',
  });
}

/** Safe contact is read before anyone dials; about him there is nothing, since her consent is not his. */
async function safeContactIsRead(stage: Stage, { cast }: Case, handoffId: string): Promise<void> {
  const rvt = await stage.as(RVT);
  const opened = await openEnvelopes(rvt, handoffId);
  expectTold(
    opened.apart.includes('safe-contact.card'),
    'RVT to have her safe contact, sealed apart',
    opened.apart,
  );
  const { victim, suspect, younger, elder } = cast;
  expectEnvelopes(opened, "RVT's envelope", {
    holds: { 'her name': victim.name },
    lacks: {
      'his name': suspect.name,
      'his number': suspect.number,
      'the name of a child': younger.name,
      'the name of the other child': elder.name,
    },
  });
  stage.timeline.at(await stage.now(), rvt.name, {
    sv: 'läser hennes säkra kontakt innan någon ringer. Om honom finns inget: hennes samtycke är inte hans',
    en: 'reads her safe contact before anyone dials. Of him there is nothing: her consent is not his',
  });
}
