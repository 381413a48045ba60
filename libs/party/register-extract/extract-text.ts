import { formatLocalInstant } from '#calendar';
import type { RegisterExtract } from '#contracts';

type Language = 'sv' | 'en';

const WORDS = {
  title: {
    sv: 'Registerutdrag: vem som har tagit del av dina uppgifter',
    en: 'Register extract: who has seen your data',
  },
  madeAt: { sv: 'Framtaget', en: 'Made' },
  authority: { sv: 'Myndighet', en: 'Authority' },
  accesses: { sv: 'Åtkomster och åtgärder', en: 'Accesses and acts' },
  disclosures: { sv: 'Uppgifter som har lämnats ut', en: 'Data that were disclosed' },
  none: { sv: 'Inga.', en: 'None.' },
  to: { sv: 'till', en: 'to' },
  basis: { sv: 'stöd', en: 'basis' },
} as const;

/** The extract as plain text to print, times in Swedish local time. */
export function extractAsText(extract: RegisterExtract, language: Language): string {
  const say = (label: { readonly sv: string; readonly en: string }) => label[language];
  const at = (instant: string) => formatLocalInstant(new Date(instant)).slice(0, 16).replace('T', ' ');
  const listed = (lines: readonly string[]) => (lines.length === 0 ? [say(WORDS.none)] : lines);
  return [
    say(WORDS.title),
    '',
    `${say(WORDS.authority)}: ${extract.authority}`,
    `${say(WORDS.madeAt)}: ${at(extract.madeAt)}`,
    '',
    say(WORDS.accesses),
    ...listed(
      extract.accesses.map(
        (one) => `${at(one.at)}  ${say(one.what)}. ${say(one.byFunction)}, ${say(one.unit)}.`,
      ),
    ),
    '',
    say(WORDS.disclosures),
    ...listed(
      extract.disclosures.map((one) => {
        const source = one.source === '' ? '' : ` (${one.source})`;
        return `${at(one.at)}  ${say(one.purpose)}, ${say(WORDS.to)} ${say(one.toUnit)}; ${say(WORDS.basis)}: ${say(one.basis)}${source}. ${say(one.byFunction)}, ${say(one.unit)}.`;
      }),
    ),
    '',
    say(extract.note),
    '',
  ].join('\n');
}
