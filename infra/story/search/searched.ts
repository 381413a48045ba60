import type { Hit, Needles } from './needles.js';

/** One thing that was found: which field's word, how it was written, and where. */
export interface Finding extends Hit {
  readonly where: string;
}

/** A place that was searched: how much there was, and what was found in it. */
export interface Searched {
  readonly place: string;
  /** Such as `41 histories, 2 014 events`. */
  readonly looked: string;
  readonly bytes: number;
  readonly findings: readonly Finding[];
  /** Whether what the run is known to leave there was seen: a search that sees nothing proves nothing. */
  readonly sawTrace: boolean;
}

/** Collects what a place holds, piece by piece. `trace` is a text that the run must have left there. */
export class Search {
  readonly #findings: Finding[] = [];
  #bytes = 0;
  #sawTrace = false;

  constructor(
    private readonly place: string,
    private readonly needles: Needles,
    private readonly trace: string,
  ) {}

  /** Looks at a piece of text; `where` says which piece it is. */
  look(where: string, text: string): void {
    this.#bytes += text.length;
    this.#sawTrace ||= text.includes(this.trace);
    this.add(where, text);
  }

  /** Looks at bytes as they are. */
  lookAtBytes(where: string, bytes: Uint8Array): void {
    this.look(where, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'));
  }

  add(where: string, text: string): void {
    for (const hit of this.needles.in(text)) this.#findings.push({ ...hit, where });
  }

  /** What another already counted, such as the database. */
  count(bytes: number, sawTrace: boolean): void {
    this.#bytes += bytes;
    this.#sawTrace ||= sawTrace;
  }

  result(looked: string): Searched {
    return {
      place: this.place,
      looked,
      bytes: this.#bytes,
      findings: this.#findings,
      sawTrace: this.#sawTrace,
    };
  }
}
