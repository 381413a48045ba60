/** Letters that Unicode does not take apart into a letter and a mark. */
const UNCOMPOSED: Readonly<Record<string, string>> = {
  ø: 'o',
  æ: 'ae',
  œ: 'oe',
  ß: 'ss',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ı: 'i',
};

/**
 * The parts of a name in a form that does not depend on how it was typed: lower case, without marks, hyphens and
 * apostrophes as borders, sorted, so that the order of given name and surname does not count. Empty when nothing
 * in the text is a letter.
 */
export function nameParts(typed: string): string[] {
  return typed
    .normalize('NFKD')
    .replaceAll(/\p{Mark}/gu, '')
    .toLowerCase()
    .replaceAll(/[øæœßđðþłı]/g, (letter) => UNCOMPOSED[letter] ?? letter)
    .split(/[^\p{Letter}]+/u)
    .filter((part) => part !== '')
    .sort();
}

const MOST_PARTS = 6;

/**
 * What a name is found by: all its parts, and each two of them, so that somebody with two given names is found by
 * one and her surname. Of a very long name six parts are paired.
 */
export function nameKeys(typed: string): string[] {
  const parts = [...new Set(nameParts(typed))];
  if (parts.length === 0) return [];
  const paired = parts.slice(0, MOST_PARTS);
  const pairs = paired.flatMap((one, index) => paired.slice(index + 1).map((other) => keyOf([one, other])));
  return [...new Set([keyOf(parts), ...pairs])];
}

/** What to look for when this was typed: exactly these parts, be they the whole name or two of it. */
export function nameSought(typed: string): string | null {
  const parts = [...new Set(nameParts(typed))];
  return parts.length === 0 ? null : keyOf(parts);
}

function keyOf(parts: readonly string[]): string {
  return parts.join(' ');
}
