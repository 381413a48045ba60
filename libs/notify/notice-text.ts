/** What a function is told: that there is something to open, and no more (C5). Both languages, since it is one mail. */
export interface NoticeText {
  readonly subject: string;
  readonly text: string;
}

const LEADS: Readonly<Record<string, readonly [sv: string, en: string]>> = {
  ring: [
    'Ring nu: en akut överlämning har ingen öppnat eller tagit emot.',
    'Ring now: nobody has opened or taken an acute handover.',
  ],
  late: ['En tid har gått ut och någon behöver göra något.', 'A time has run out and somebody needs to act.'],
  'offer.acute': ['En akut överlämning väntar på er.', 'An acute handover waits for you.'],
  answered: ['Någon har svarat på det ni skickade.', 'Somebody has answered what you sent.'],
  withdrawn: ['Ett erbjudande till er har tagits tillbaka.', 'An offer to you has been taken back.'],
  question: ['Mottagaren frågar om något.', 'The receiver asks you something.'],
  nudge: ['Samordnaren påminner.', 'The coordinator reminds you.'],
  'route-proposed': [
    'Samordnaren föreslår en annan mottagare.',
    'The coordinator proposes another receiver.',
  ],
  watchdog: [
    'Klockan har inte ringt som den skulle. Se efter själva.',
    'The clock did not call as it should. Look for yourselves.',
  ],
};
const ANYTHING: readonly [string, string] = ['Det finns något att öppna.', 'There is something to open.'];

/** The mail for a kind of notice; `ring` carries the number of the function to ring, which is a unit's and public. */
export function noticeOf(kind: string, link: string, ring: string | null): NoticeText {
  const [sv, en] = LEADS[kind] ?? ANYTHING;
  const numbers = ring === null ? [] : [`Nummer / Number: ${ring}`, ''];
  return {
    subject:
      kind === 'ring' ? 'Handslag: ring nu / ring now' : 'Handslag: något att öppna / something to open',
    text: [sv, '', ...numbers, `Öppna Handslag: ${link}`, '', en, '', `Open Handslag: ${link}`, ''].join(
      '\n',
    ),
  };
}
