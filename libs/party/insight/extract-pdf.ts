import type { InsightExtract } from '#contracts';
import { instantInWords, valueInWords } from '#domain';
import type { DocumentHead, DocumentSection } from '../case-file/paged-document.js';
import { writePdfA } from '../case-file/pdf-a.js';

const OPEN_SOURCES: Readonly<Record<string, string>> = {
  police: 'polisen',
  register: 'register',
  'social-service': 'socialtjänsten',
  victim: 'du själv',
  child: 'du själv',
};

/**
 * The extract as paper: the decision, what is shown, and how to appeal. It says what the JSON says and nothing besides:
 * what is withheld is told as provisions only, since a gap with a name tells what is there.
 */
export async function extractPdf(
  extract: InsightExtract,
  write: (chunk: Buffer) => Promise<void>,
): Promise<void> {
  const head: DocumentHead = {
    title: 'Insyn',
    subtitle: extract.outcomeLabel.sv,
    facts: [
      ['Myndighet', extract.authority],
      ['Beslut', instantInWords(new Date(extract.decidedAt), 'sv')],
      ['Begäran', extract.requestId],
    ],
    notice: null,
    foot: `${extract.authority} · ${extract.requestId}`,
    language: 'sv',
    madeAt: new Date(extract.decidedAt),
  };
  await writePdfA(head, extractSections(extract), write);
}

/** The sections of the paper, in the order in which they are read. */
export async function* extractSections(extract: InsightExtract): AsyncIterable<DocumentSection> {
  if (extract.outcome !== 'RELEASED') {
    yield {
      heading: 'Beslut',
      intro: null,
      entries: [
        {
          label: extract.outcomeLabel.sv,
          lines: [
            'Uppgifter lämnas inte ut i den del de omfattas av sekretess.',
            `Bestämmelser: ${extract.provisions.join('; ')}`,
          ],
          meta: [],
          marks: [],
        },
      ],
    };
  }
  if (extract.fields.length > 0) {
    yield {
      heading: 'Uppgifter',
      intro: null,
      entries: extract.fields.map(({ field, label, value, maskedParts, source }) => ({
        label: label.sv,
        lines: valueInWords(field, value, 'sv'),
        meta: source === null ? [] : [`Källa: ${OPEN_SOURCES[source] ?? source}`],
        marks: maskedParts.length === 0 ? [] : ['En del av uppgiften är maskerad.'],
      })),
    };
  }
  if (extract.appeal !== null) {
    const [heading = 'Så här överklagar du', ...paragraphs] = extract.appeal.sv.split('\n\n');
    yield {
      heading,
      intro: null,
      entries: [
        {
          label: 'Överklagandehänvisning',
          lines: paragraphs.flatMap((one) => [one, '']),
          meta: [],
          marks: [],
        },
      ],
    };
  }
}
