import { inflateSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { DocumentHead, DocumentSection } from './paged-document.js';
import { writePdfA } from './pdf-a.js';

const HEAD: DocumentHead = {
  title: 'Utdrag för personakt',
  subtitle: 'Skydd för vuxen',
  facts: [
    ['Enhet', 'Socialjouren Stockholm'],
    ['Uttaget', '6 juni 2026 kl. 02.40'],
  ],
  notice: 'Innehåller uppgifter som omfattas av sekretess enligt 26 kap. 1 § OSL.',
  foot: 'Handslag · personakt',
  language: 'sv',
  madeAt: new Date('2026-06-06T00:40:00Z'),
};

async function* sections(count: number): AsyncIterable<DocumentSection> {
  for (let index = 0; index < count; index += 1) {
    yield {
      heading: `Uppgifter ${index + 1}`,
      intro: 'Källa och tid står vid varje uppgift.',
      entries: Array.from({ length: 6 }, (_, one) => ({
        label: `Vad som hänt, med källa ${one + 1}`,
        lines: ['Åäö ÅÄÖ é ü ğ ş Ж Ω 漢', 'En längre rad som bryts. '.repeat(12)],
        meta: ['Källa: polisen', '5 juni 2026 kl. 23.30'],
        marks: one % 3 === 0 ? ['Hemlig för: den misstänkte, vårdnadshavare'] : [],
      })),
    };
  }
}

async function pdfOf(count: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  await writePdfA(HEAD, sections(count), async (chunk) => void chunks.push(chunk));
  return Buffer.concat(chunks);
}

/** The uncompressed text of the file: its objects, and every stream that inflates. */
function opened(pdf: Buffer): string {
  const text = pdf.toString('latin1');
  const streams = [...text.matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g)].map(([, body = '']) => {
    try {
      return inflateSync(Buffer.from(body, 'latin1')).toString('latin1');
    } catch {
      return body;
    }
  });
  return [text, ...streams].join('\n');
}

describe('a PDF for the archive', () => {
  let pdf: Buffer;
  let all: string;
  beforeAll(async () => {
    pdf = await pdfOf(4);
    all = opened(pdf);
  });

  it('says what it is: PDF 1.7, PDF/A-2a in XMP, the output intent with its profile', () => {
    expect(pdf.subarray(0, 8).toString('latin1')).toBe('%PDF-1.7');
    // Four bytes over 127 after the first line: told to be binary (ISO 19005-2, 6.1.2).
    expect([...pdf.subarray(10, 14)].every((byte) => byte > 127)).toBe(true);
    expect(all).toMatch(/<pdfaid:part>2<\/pdfaid:part>/);
    expect(all).toMatch(/<pdfaid:conformance>A<\/pdfaid:conformance>/);
    expect(all).toMatch(/\/OutputIntents/);
    expect(all).toMatch(/\/GTS_PDFA1/);
    expect(all).toMatch(/\/DestOutputProfile/);
    expect(all).toMatch(/\/ID \[<[0-9a-f]{32}> <[0-9a-f]{32}>\]/i);
  });

  it('holds its fonts, and nothing that an archive may not: encryption, scripts, files, outside references', () => {
    const fonts = [...all.matchAll(/\/FontDescriptor\b[\s\S]{0,600}?\/FontFile[23]?/g)];
    expect(fonts.length).toBeGreaterThanOrEqual(2);
    expect(all).not.toMatch(
      /\/Encrypt\b|\/JavaScript\b|\/EmbeddedFiles?\b|\/Launch\b|\/BaseFont \/Helvetica/,
    );
  });

  it('can be read aloud: marked, with its language and its title shown', () => {
    expect(all).toMatch(/\/MarkInfo/);
    expect(all).toMatch(/\/StructTreeRoot/);
    expect(all).toMatch(/\/Lang \(sv-SE\)/);
    expect(all).toMatch(/\/DisplayDocTitle true/);
    expect(all).toMatch(/\/S \/H1/);
  });

  it('has the same bytes but for its id when written again, and as many pages as it needs', async () => {
    const pages = (count: string) => [...count.matchAll(/\/Type \/Page\b(?!s)/g)].length;
    expect(pages(all)).toBeGreaterThan(3);
    expect(pages(opened(await pdfOf(1)))).toBeLessThan(pages(all));
  });
});
