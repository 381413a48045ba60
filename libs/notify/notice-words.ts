import type { NoticeKind } from '#domain';

/** The front page of Handslag: an origin and nothing after it, so that no id can ride along. */
export type NoticeLink = string & { readonly __brand: 'NoticeLink' };
/** The public number of a unit's function, in E.164. */
export type RingNumber = string & { readonly __brand: 'RingNumber' };

const E164 = /^\+[1-9]\d{6,14}$/;

/** The link that every notice carries. Throws for anything but an http(s) origin: that is a fault of the configuration. */
export function noticeLink(text: string): NoticeLink {
  const url = new URL(text);
  const isOrigin = url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '';
  if (!isOrigin || !['http:', 'https:'].includes(url.protocol))
    throw new Error('the link of a notice is the address of the front page, with nothing after it');
  return url.href as NoticeLink;
}

/** A number to ring or to send to; null for what is none. */
export function ringNumber(text: string): RingNumber | null {
  return E164.test(text) ? (text as RingNumber) : null;
}

/** What a function is told: that there is something to open, and no more (C5). Both languages, since it is one mail. */
export interface NoticeWords {
  readonly subject: string;
  readonly text: string;
}

const LEADS: Readonly<Record<NoticeKind, readonly [sv: string, en: string]>> = {
  ring: [
    'Ring nu: en akut överlämning har ingen öppnat eller tagit emot.',
    'Ring now: nobody has opened or taken an acute handover.',
  ],
  late: ['En tid har gått ut och någon behöver göra något.', 'A time has run out and somebody needs to act.'],
  'offer.acute': ['En akut överlämning väntar på er.', 'An acute handover waits for you.'],
  'offer.morning': ['Det finns något att öppna.', 'There is something to open.'],
  'offer.support': ['Det finns något att öppna.', 'There is something to open.'],
  'offer.care': ['Det finns något att öppna.', 'There is something to open.'],
  answered: ['Någon har svarat på det ni skickade.', 'Somebody has answered what you sent.'],
  withdrawn: ['Ett erbjudande till er har tagits tillbaka.', 'An offer to you has been taken back.'],
  question: ['Mottagaren frågar om något.', 'The receiver asks you something.'],
  answer: ['Det finns något att öppna.', 'There is something to open.'],
  'cancellation-requested': ['Det finns något att öppna.', 'There is something to open.'],
  nudge: ['Samordnaren påminner.', 'The coordinator reminds you.'],
  'route-proposed': [
    'Samordnaren föreslår en annan mottagare.',
    'The coordinator proposes another receiver.',
  ],
  review: ['Det finns något att granska.', 'There is something to review.'],
  something: ['Det finns något att öppna.', 'There is something to open.'],
};

/** The mail for a kind of notice; `ring` carries the number of the function to ring, which is a unit's and public. */
export function mailWords(kind: NoticeKind, link: NoticeLink, ring: RingNumber | null): NoticeWords {
  const [sv, en] = LEADS[kind];
  const numbers = ring === null ? [] : [`Nummer / Number: ${ring}`, ''];
  return {
    subject:
      kind === 'ring' ? 'Handslag: ring nu / ring now' : 'Handslag: något att öppna / something to open',
    text: [sv, '', ...numbers, `Öppna Handslag: ${link}`, '', en, '', `Open Handslag: ${link}`, ''].join(
      '\n',
    ),
  };
}

/** The same in one text message, Swedish only: it lies open on a locked screen, so it says the least there is. */
export function smsWords(kind: NoticeKind, ring: RingNumber | null): string {
  if (kind !== 'ring') return 'Handslag: det finns något att öppna.';
  return ring === null ? 'Handslag: ring nu.' : `Handslag: ring nu, ${ring}.`;
}
