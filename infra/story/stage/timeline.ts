import { clockTime, dayInWords, dayOf, type Language, type Said } from './language.js';

/** Where the story is written, a line at a time. */
export type WriteLine = (line: string) => void;

const WHO_WIDTH = 22;
const INDENT = ' '.repeat(2 + 5 + 2);

/**
 * Prints what happened as it is told: a heading per chapter, a line per new day, then record time, who, and what.
 * Who and what are one sentence; what explains it stands beneath.
 */
export class Timeline {
  #day = '';

  constructor(
    readonly language: Language,
    private readonly write: WriteLine,
    private readonly isColourful: boolean,
  ) {}

  say(said: Said): string {
    return said[this.language];
  }

  chapter(title: Said): void {
    this.write('');
    this.write(this.paint(1, this.say(title)));
  }

  /** Something that happened at an instant of the record. */
  at(instant: Date, who: Said | string, what: Said, details: readonly (Said | string)[] = []): void {
    const day = dayOf(instant);
    if (day !== this.#day) {
      this.#day = day;
      this.write('');
      this.write(this.paint(4, dayInWords(instant, this.language)));
    }
    const name = typeof who === 'string' ? who : this.say(who);
    this.write(
      `  ${clockTime(instant, this.language)}  ${this.paint(36, name.padEnd(WHO_WIDTH))} ${this.say(what)}`,
    );
    for (const detail of details) this.note(detail);
  }

  /** What explains the line above. */
  note(detail: Said | string): void {
    const text = typeof detail === 'string' ? detail : this.say(detail);
    for (const line of text.split('\n')) this.write(this.paint(2, `${INDENT}${line}`));
  }

  /** A plain line, for drawings and figures. */
  line(text: Said | string = ''): void {
    this.write(typeof text === 'string' ? text : this.say(text));
  }

  private paint(code: number, text: string): string {
    return this.isColourful ? `\u001b[${code}m${text}\u001b[0m` : text;
  }
}
