import { createRequire } from 'node:module';
import { openSync } from 'fontkit';
import PDFDocument from 'pdfkit';
import type { DocumentEntry, DocumentHead, DocumentSection } from './paged-document.js';

const require = createRequire(import.meta.url);
/** Noto Sans (OFL 1.1): Latin with all its marks, Cyrillic, Greek. Embedded, as PDF/A demands. */
const FONTS = {
  body: '@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf',
  strong: '@expo-google-fonts/noto-sans/600SemiBold/NotoSans_600SemiBold.ttf',
} as const;

const MARGIN = { top: 64, bottom: 76, left: 64, right: 64 } as const;
const INK = '#1a1a1a';
const SOFT = '#555555';
const LINE = '#c8c8c8';
const MARK = '#8a1c1c';
const LINE_HEIGHT = 16;
const WORDS = { sv: { nothing: 'Inget.' }, en: { nothing: 'Nothing.' } } as const;
const SIZE = { title: 20, subtitle: 12, heading: 13.5, label: 9.5, body: 10.5, meta: 8.5 } as const;

/**
 * Writes a document as PDF/A-2a (ISO 19005-2; all that 2b asks, and tagged for screen readers): fonts embedded, an output intent, XMP that says
 * so, no encryption. Sections are taken one at a time and drawn at once; pages are kept as drawn until their number is
 * known. Bytes go out through `write` as they are ready.
 */
export async function writePdfA(
  head: DocumentHead,
  sections: AsyncIterable<DocumentSection>,
  write: (chunk: Buffer) => Promise<void>,
): Promise<void> {
  const pdf = new PDFDocument({
    size: 'A4',
    margins: { ...MARGIN },
    pdfVersion: '1.7',
    subset: 'PDF/A-2a',
    tagged: true,
    lang: head.language === 'sv' ? 'sv-SE' : 'en-GB',
    displayTitle: true,
    bufferPages: true,
    font: require.resolve(FONTS.body),
    info: {
      Title: head.title,
      Author: head.foot,
      Creator: 'Handslag',
      Producer: 'Handslag',
      CreationDate: head.madeAt,
      ModDate: head.madeAt,
    },
  });
  pdf.registerFont('body', require.resolve(FONTS.body));
  pdf.registerFont('strong', require.resolve(FONTS.strong));
  const page = new Drawing(pdf, WORDS[head.language]);
  page.head(head);
  for await (const section of sections) await page.section(section);
  page.feet(head);
  pdf.end();
  for await (const chunk of pdf) await write(Buffer.from(chunk));
}

type Pdf = InstanceType<typeof PDFDocument>;

/** Draws top down, in the order in which it is read. */
class Drawing {
  readonly #width: number;

  constructor(
    private readonly pdf: Pdf,
    private readonly words: (typeof WORDS)[DocumentHead['language']],
  ) {
    this.#width = pdf.page.width - MARGIN.left - MARGIN.right;
  }

  head({ title, subtitle, facts, notice }: DocumentHead): void {
    this.text('H1', title, { font: 'strong', size: SIZE.title });
    this.text('P', subtitle, { size: SIZE.subtitle, ink: SOFT, after: 10 });
    this.rule();
    for (const [name, value] of facts) this.fact(name, value);
    this.pdf.moveDown(0.3);
    if (notice !== null) this.text('P', notice, { size: SIZE.meta + 0.5, ink: SOFT, after: 4 });
  }

  async section({ heading, intro, entries }: DocumentSection): Promise<void> {
    this.keep(96);
    this.pdf.moveDown(0.9);
    this.text('H2', heading, { font: 'strong', size: SIZE.heading, after: 3 });
    this.rule();
    if (intro !== null) this.text('P', intro, { size: SIZE.meta + 0.5, ink: SOFT, after: 5 });
    let count = 0;
    for await (const entry of entries) {
      this.entry(entry);
      count += 1;
    }
    if (count === 0) this.text('P', this.words.nothing, { size: SIZE.body, ink: SOFT });
  }

  /** The foot of every page, once it is known how many there are. Not part of what a reader is read. */
  feet({ foot, language }: DocumentHead): void {
    const { start, count } = this.pdf.bufferedPageRange();
    for (let index = 0; index < count; index += 1) {
      this.pdf.switchToPage(start + index);
      const { width, height } = this.pdf.page;
      const y = height - MARGIN.bottom + 34;
      // Below the margin on purpose: without this the writer would begin a new page for it.
      this.pdf.page.margins.bottom = 0;
      this.pdf.markContent('Artifact', { type: 'Pagination' });
      this.pdf
        .moveTo(MARGIN.left, y - 8)
        .lineTo(width - MARGIN.right, y - 8)
        .lineWidth(0.5)
        .strokeColor(LINE)
        .stroke();
      const number = language === 'sv' ? `Sida ${index + 1} av ${count}` : `Page ${index + 1} of ${count}`;
      this.pdf.font('body').fontSize(SIZE.meta).fillColor(SOFT);
      this.pdf.text(this.writable(foot), MARGIN.left, y, {
        width: this.#width - 100,
        lineBreak: false,
        ellipsis: true,
      });
      this.pdf.text(number, width - MARGIN.right - 100, y, { width: 100, align: 'right', lineBreak: false });
      this.pdf.endMarkedContent();
    }
  }

  private entry({ label, lines, meta, marks }: DocumentEntry): void {
    // A short entry stays on one page; a long one begins where there is room for some of it.
    this.keep(40 + LINE_HEIGHT * Math.min(lines.length + marks.length, 8));
    this.pdf.moveDown(0.45);
    this.text('H3', label, { font: 'strong', size: SIZE.label });
    for (const line of lines) {
      const indent = line.length - line.trimStart().length;
      this.text('P', line.trim() === '' ? ' ' : line.trim(), { size: SIZE.body, indent: indent * 6 });
    }
    for (const mark of marks) this.text('P', mark, { font: 'strong', size: SIZE.meta, ink: MARK, before: 1 });
    if (meta.length > 0)
      this.text('P', meta.join('  ·  '), { size: SIZE.meta, ink: SOFT, before: 1, after: 2 });
  }

  private fact(name: string, value: string): void {
    this.keep(20);
    const { y } = this.pdf;
    const label = 132;
    const struct = this.pdf.struct('P', {}, [
      () => {
        this.pdf.font('strong').fontSize(SIZE.label).fillColor(SOFT);
        this.pdf.text(this.writable(name), MARGIN.left, y + 1, { width: label - 8 });
      },
      () => {
        this.pdf.font('body').fontSize(SIZE.body).fillColor(INK);
        this.pdf.text(this.writable(value), MARGIN.left + label, y, { width: this.#width - label });
      },
    ]);
    this.pdf.addStructure(struct);
    struct.end();
    this.pdf.x = MARGIN.left;
    this.pdf.moveDown(0.15);
  }

  private text(
    tag: 'H1' | 'H2' | 'H3' | 'P',
    words: string,
    {
      font = 'body',
      size,
      ink = INK,
      before = 0,
      after = 0,
      indent = 0,
    }: { font?: string; size: number; ink?: string; before?: number; after?: number; indent?: number },
  ): void {
    this.pdf.y += before;
    const struct = this.pdf.struct(tag, {}, () => {
      this.pdf.font(font).fontSize(size).fillColor(ink);
      this.pdf.text(this.writable(words), MARGIN.left + indent, this.pdf.y, {
        width: this.#width - indent,
        lineGap: 1.5,
      });
    });
    this.pdf.addStructure(struct);
    struct.end();
    this.pdf.x = MARGIN.left;
    this.pdf.y += after;
  }

  private rule(): void {
    this.pdf.markContent('Artifact', { type: 'Layout' });
    this.pdf
      .moveTo(MARGIN.left, this.pdf.y)
      .lineTo(MARGIN.left + this.#width, this.pdf.y)
      .lineWidth(0.75)
      .strokeColor(LINE)
      .stroke();
    this.pdf.endMarkedContent();
    this.pdf.y += 6;
  }

  /** Begins a new page where less than this is left, so that a heading does not stand alone at the foot. */
  private keep(points: number): void {
    if (this.pdf.y + points > this.pdf.page.height - MARGIN.bottom) this.pdf.addPage();
  }

  /** PDF/A forbids a glyph that is not there: a character that the font lacks is written as a question mark. */
  private writable(words: string): string {
    return [...words.normalize('NFC')].map((character) => (canWrite(character) ? character : '?')).join('');
  }
}

let coverage: ReadonlySet<number> | undefined;

/** Whether both weights have it; read from the fonts once in the life of the process. */
function canWrite(character: string): boolean {
  coverage ??= inBoth(charactersOf(FONTS.body), charactersOf(FONTS.strong));
  return coverage.has(character.codePointAt(0) ?? 0);
}

function charactersOf(file: string): ReadonlySet<number> {
  const font = openSync(require.resolve(file));
  return new Set('characterSet' in font ? font.characterSet : []);
}

function inBoth(one: ReadonlySet<number>, other: ReadonlySet<number>): ReadonlySet<number> {
  return new Set([...one].filter((code) => other.has(code)));
}
