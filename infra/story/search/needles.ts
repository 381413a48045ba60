import type { Canary } from '../stage/canaries.js';

/** A canary that was found, and how it was written there. */
export interface Hit {
  readonly canary: Canary;
  readonly form: 'plain' | 'base64' | 'hex';
}

/** The search patterns as PostgreSQL takes them: a row is a hit when either matches. */
export interface Patterns {
  readonly anyCase: string;
  readonly exactCase: string;
}

/**
 * What is looked for: each text as it is in any case, as hexadecimal (how PostgreSQL shows bytes), and as base64 at each
 * of its three alignments (how JSON carries bytes). Encrypted content shows as none of them; encoded content does.
 */
export class Needles {
  readonly patterns: Patterns;
  readonly #anyCase: RegExp;
  readonly #exactCase: RegExp;
  readonly #byForm = new Map<string, Hit>();

  constructor(canaries: readonly Canary[]) {
    if (canaries.length === 0) throw new Error('there is nothing to look for');
    for (const canary of canaries) {
      const bytes = Buffer.from(canary.text, 'utf8');
      this.#byForm.set(canary.text.toLowerCase(), { canary, form: 'plain' });
      this.#byForm.set(bytes.toString('hex'), { canary, form: 'hex' });
      for (const encoded of base64Forms(bytes)) this.#byForm.set(encoded, { canary, form: 'base64' });
    }
    const of = (wanted: (form: Hit['form']) => boolean) =>
      [...this.#byForm]
        .filter(([, { form }]) => wanted(form))
        .map(([text]) => escaped(text))
        .join('|');
    this.patterns = { anyCase: of((form) => form !== 'base64'), exactCase: of((form) => form === 'base64') };
    this.#anyCase = new RegExp(this.patterns.anyCase, 'gi');
    this.#exactCase = new RegExp(this.patterns.exactCase, 'g');
  }

  /** The longest form: so much of the end of a piece must be looked at again with the next. */
  get longest(): number {
    return Math.max(...[...this.#byForm.keys()].map(({ length }) => length));
  }

  /** Every canary in a text, once per form; bytes are given as latin1 (what is looked for is ASCII). */
  in(text: string): Hit[] {
    const found = [
      ...[...text.matchAll(this.#anyCase)].map(([match]) => match.toLowerCase()),
      ...[...text.matchAll(this.#exactCase)].map(([match]) => match),
    ];
    return [...new Set(found)].flatMap((form) => this.#byForm.get(form) ?? []);
  }
}

/** How the bytes look inside longer base64, wherever in it they begin; the edges that depend on the neighbours are cut. */
function base64Forms(bytes: Buffer): string[] {
  return [0, 1, 2].flatMap((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replaceAll('=', '');
    const whole = Math.floor(((offset + bytes.length) * 8) / 6);
    const inner = encoded.slice(Math.ceil((offset * 8) / 6), whole);
    return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')];
  });
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}
