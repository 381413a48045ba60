import {
  DispatchAcceptedSchema,
  type DispatchView,
  HandoffChangedSchema,
  HandoffPageSchema,
} from '#contracts';
import { clockTime } from '../stage/language.js';
import { expectTold, told } from '../stage/not-as-told.js';
import type { Stage } from '../stage/stage.js';
import { expectEnvelopes, openEnvelopes } from './envelopes.js';
import { offerOf } from './offers.js';
import { checkedReceipt } from './receipts.js';
import { type Case, mattersOf } from './the-case.js';

const MINUTES = 60_000;

/** Socialjouren opens and takes all three in one step; the police get a receipt that needs nobody to be believed. */
export async function theTaking(stage: Stage, theCase: Case, sent: DispatchView): Promise<void> {
  const { timeline } = stage;
  timeline.chapter({ sv: '3. Socialjouren tar över', en: '3. Socialjouren takes over' });
  const jour = await stage.as('socialjouren-case-worker');
  const police = await stage.as('police-liaison-globen');

  await stage.until(new Date(new Date(sent.sentAt).getTime() + 1.5 * MINUTES));
  const inbox = await jour.get('/inbox?limit=100', HandoffPageSchema);
  for (const { handoffId } of sent.handoffs) {
    expectTold(
      inbox.items.some((line) => line.handoffId === handoffId),
      "the offer to be in socialjouren's inbox",
      inbox.items.length,
    );
  }
  const opened = await Promise.all(
    sent.handoffs.map(({ handoffId }) => jour.post(`/handoffs/${handoffId}/open`, {}, HandoffChangedSchema)),
  );
  expectTold(
    opened.every(({ phase }) => phase === 'opened'),
    'all three to be opened',
    opened.map(({ phase }) => phase),
  );
  const lastOpened = new Date(
    told(
      opened
        .map(({ at }) => at)
        .toSorted()
        .at(-1),
      'a time of opening',
    ),
  );
  timeline.at(lastOpened, 'Socialjouren', {
    sv: `en socialsekreterare öppnar: inkorgen hade ${inbox.items.length}, den mest brådskande först`,
    en: `a social secretary opens them: the inbox had ${inbox.items.length}, the most urgent first`,
  });
  await readContent(stage, theCase, sent);

  const child = sent.handoffs.find(({ matterId }) => matterId === theCase.elder.matterId);
  await jour.refuses(
    `/handoffs/${told(child, 'the offer about the child').handoffId}/decline`,
    { reason: 'NOT_TARGET_GROUP' },
    'CANNOT_DECLINE_REPORT',
    child?.version,
  );
  timeline.note({
    sv: 'En orosanmälan om ett barn kan inte avböjas: systemet vägrar.',
    en: 'A concern report about a child cannot be declined: the system refuses.',
  });

  const { accepted } = await jour.post(
    `/dispatches/${sent.dispatchId}/accept`,
    { versions: Object.fromEntries(sent.handoffs.map(({ handoffId, version }) => [handoffId, version])) },
    DispatchAcceptedSchema,
  );
  expectTold(
    accepted.length === 3 && accepted.every(({ phase }) => phase === 'accepted'),
    'all three to be accepted in one step',
    accepted.map(({ phase }) => phase),
  );
  const takenAt = new Date(told(accepted[0], 'an acceptance').at);
  timeline.at(takenAt, 'Socialjouren', {
    sv: 'tar över alla tre i ett steg. Från och med nu svarar socialjouren',
    en: 'takes all three in one step. From now socialjouren answers',
  });

  for (const matter of mattersOf(theCase)) {
    const handoff = told(
      sent.handoffs.find(({ matterId }) => matterId === matter.matterId),
      `the offer of ${matter.who.en}`,
    );
    const receipt = await checkedReceipt(police, handoff.handoffId, 'socialjouren-stockholm');
    if (matter !== theCase.mother) continue;
    timeline.at(await stage.now(), 'LPO Globen', {
      sv: `hämtar kvittona och prövar dem utan att fråga någon: giltiga, signerade av ${receipt.iss}`,
      en: `fetches the receipts and checks them asking nobody: valid, signed by ${receipt.iss}`,
    });
    const at = new Date(receipt.acceptedAt);
    timeline.note({
      sv: `Att säga till henne: ”Socialjouren i Stockholm tog över klockan ${clockTime(at, 'sv')}. De svarar nu för dig och barnen, och det är de som ringer.”`,
      en: `To say to her: “Socialjouren in Stockholm took over at ${clockTime(at, 'en')}. They answer for you and the children now, and they are the ones who will ring.”`,
    });
  }
}

/** The envelope about her holds her own name; the one about the child in Skarpnäck neither a sibling nor safe contact. */
async function readContent(stage: Stage, theCase: Case, sent: DispatchView): Promise<void> {
  const jour = await stage.as('socialjouren-case-worker');
  const { victim, elder, younger } = theCase.cast;
  const hers = await openEnvelopes(jour, offerOf(sent, theCase.mother).handoffId);
  expectEnvelopes(hers, 'her envelope', {
    holds: { 'her name': victim.name, 'her number': victim.number },
    lacks: { 'the name of a child': younger.name, 'the name of the other child': elder.name },
  });
  expectTold(hers.apart.includes('safe-contact.number'), 'her safe contact to be sealed apart', hers.apart);
  const childs = await openEnvelopes(jour, offerOf(sent, theCase.elder).handoffId);
  expectEnvelopes(childs, "the child's envelope", {
    holds: { "the child's name": elder.name },
    lacks: { "its sibling's name": younger.name },
  });
  expectTold(
    !childs.apart.some((field) => field.startsWith('safe-contact')),
    "the child's file to hold nothing of her safe contact",
    childs.apart,
  );
  stage.timeline.note({
    sv: `Läst, och läsningen loggad först: ${hers.answers} svar om modern, säker kontakt i ett eget kuvert, ${childs.answers} svar om barnet i Skarpnäck; i barnets akt inget av hennes säkra kontakt.`,
    en: `Read, and the reading logged first: ${hers.answers} answers about the mother, safe contact in an envelope of its own, ${childs.answers} about the child in Skarpnäck; in the child's file nothing of her safe contact.`,
  });
}
