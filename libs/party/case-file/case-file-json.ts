import { valueInWords } from '#domain';
import type { CaseFileEntry, CaseFileSection } from './case-file.js';
import type { DocumentHead } from './paged-document.js';

/** Moves when what a reader of the file must do differently does. */
const FORMAT_VERSION = 1;

/**
 * Writes a case file as JSON, entry by entry: what the PDF says in words is here as value and as the same words. One
 * object: `format`, `version`, `head`, `sections[].entries[]`.
 */
export class CaseFileJson {
  #sections = 0;
  #entries = 0;

  constructor(private readonly write: (chunk: Buffer) => Promise<void>) {}

  /** Opens the document. */
  begin(
    { title, subtitle, facts, notice, madeAt }: DocumentHead,
    ids: { readonly exportId: string; readonly matterId: string; readonly unit: string },
  ): Promise<void> {
    const head = {
      ...ids,
      title,
      subtitle,
      facts: Object.fromEntries(facts),
      notice,
      madeAt: madeAt.toISOString(),
    };
    return this.put(
      `{"format":"handslag-case-file","version":${FORMAT_VERSION},"head":${JSON.stringify(head)},"sections":[`,
    );
  }

  async section({ id, heading, intro }: CaseFileSection): Promise<void> {
    const comma = this.#sections === 0 ? '' : ',';
    this.#sections += 1;
    this.#entries = 0;
    const said = JSON.stringify({ id, heading, intro });
    await this.put(`${comma}\n${said.slice(0, -1)},"entries":[`);
  }

  async entry(entry: CaseFileEntry): Promise<void> {
    const comma = this.#entries === 0 ? '' : ',';
    this.#entries += 1;
    const words = valueInWords(entry.field, entry.value, 'sv');
    await this.put(`${comma}\n${JSON.stringify({ ...entry, words })}`);
  }

  endSection(): Promise<void> {
    return this.put(']}');
  }

  /** Closes the document. */
  end(): Promise<void> {
    return this.put(']}\n');
  }

  private put(text: string): Promise<void> {
    return this.write(Buffer.from(text, 'utf8'));
  }
}
