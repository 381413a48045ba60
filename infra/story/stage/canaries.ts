import { randomInt } from 'node:crypto';

const CONSONANTS = 'bdfgklmnprstv';
const VOWELS = 'aeiou';
const SYLLABLES = 6;

/** What must not be found outside sealed content, and the field that it was written in. */
export interface Canary {
  readonly field: string;
  readonly text: string;
}

/** The words of one run. Each field gets one of its own, so that what is found says where it leaked from. */
export class Canaries {
  readonly #known: Canary[] = [];

  /** With a stem every word begins with it, so that one search finds any of very many. */
  constructor(private readonly stem = '') {}

  /** A word that exists nowhere else: twelve letters, capitalised like a name. */
  word(field: string): string {
    const syllables = Array.from({ length: SYLLABLES }, () => pick(CONSONANTS) + pick(VOWELS)).join('');
    const word = this.stem + syllables.charAt(0).toUpperCase() + syllables.slice(1);
    this.#known.push({ field, text: word });
    return word;
  }

  /** A text that is looked for as it stands: a number, a birth date. */
  keep(field: string, text: string): string {
    this.#known.push({ field, text });
    return text;
  }

  all(): readonly Canary[] {
    return this.#known;
  }
}

function pick(letters: string): string {
  return letters.charAt(randomInt(letters.length));
}
