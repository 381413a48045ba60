import type { z } from 'zod';
import type { BecauseSchema, DeadlineView } from '#contracts';
import { deadlineRule, isDeadlineRuleId } from '#domain';
import { dayAndTime, type Language } from './language.js';

type Because = z.infer<typeof BecauseSchema>;

/** What decides which unit it is, for a child or an adult; the API tells the rest too (programmes, the place's other units). */
const DECIDES = {
  child: ['WHOSE_RESIDENCE', 'ALIAS', 'DISTRICT', 'BOU', 'OPEN_NOW', 'CLOSED_NOW', 'OUT_OF_HOURS'],
  adult: ['WHOSE_RESIDENCE', 'ALIAS', 'DISTRICT', 'RVT', 'OPEN_NOW', 'CLOSED_NOW', 'OUT_OF_HOURS'],
  place: ['ALIAS', 'DISTRICT', 'RVT', 'LPO'],
} as const satisfies Record<string, readonly string[]>;

/** The deciding reasons of a routing, a line each, with where the first of their sources is to be found. */
export function reasons(because: readonly Because[], of: keyof typeof DECIDES, language: Language): string[] {
  const decides: readonly string[] = DECIDES[of];
  return because.filter(({ code }) => decides.includes(code)).map((one) => reasonInWords(one, language));
}

/** A deadline in one line: what is due and when. */
export function deadlineLine(
  { rule, dueAt }: Pick<DeadlineView, 'rule' | 'dueAt'>,
  language: Language,
): string {
  const title = isDeadlineRuleId(rule) ? deadlineRule(rule).title[language] : rule;
  return `${rule.padEnd(17)} ${dayAndTime(new Date(dueAt), language)}: ${title}`;
}

/** A deadline with every step of how its instant was found (C8). */
export function deadlineExplained(deadline: DeadlineView, language: Language): string[] {
  const steps = deadline.because.map((one) => `  ${reasonInWords(one, language)}`);
  return [deadlineLine(deadline, language), ...steps];
}

function reasonInWords({ text, source }: Because, language: Language): string {
  const sentence = text[language];
  const isSaid = source === null || sentence.includes(source);
  return `· ${sentence}${isSaid ? '' : ` [${shortSource(source, language)}]`}`;
}

/** Addresses by their host, and how many more there are: whoever wants them whole asks the API. */
function shortSource(source: string, language: Language): string {
  const unconfirmed = / \(unconfirmed\)$/.test(source);
  const all = source.replace(/ \(unconfirmed\)$/, '').split(' ; ');
  const first = (all[0] ?? '').replace(/^https?:\/\/([^/]+).*$/, '$1');
  const more = all.length > 1 ? ` +${all.length - 1}` : '';
  const doubt = unconfirmed ? { sv: ', obekräftat', en: ', unconfirmed' }[language] : '';
  return `${first}${more}${doubt}`;
}
