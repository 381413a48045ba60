import type { JsonValue } from '#audit';
import { instantInWords, type Label, valueInWords } from '#domain';
import type { DocumentEntry, DocumentSection } from './paged-document.js';

/** One thing of a case file: what, from whom, when, and whom it must be kept from. The PDF and the JSON say the same. */
export interface CaseFileEntry {
  readonly label: Label;
  readonly field: string;
  readonly value: JsonValue;
  readonly source: Label | null;
  /** ISO instant; null when it is not known by itself. */
  readonly at: string | null;
  readonly about: readonly Label[];
  readonly keepFrom: readonly Label[];
}

export interface CaseFileSection {
  readonly id: string;
  readonly heading: Label;
  readonly intro: Label | null;
  /** Taken one at a time: what a file holds is never all in memory. */
  readonly entries: AsyncIterable<CaseFileEntry>;
}

/** Where an answer came from, in words; what is not coded is shown as it was written. */
const SOURCES: Readonly<Record<string, Label>> = {
  police: { sv: 'polisen', en: 'the police' },
  victim: { sv: 'den våldsutsatta', en: 'the victim' },
  child: { sv: 'barnet', en: 'the child' },
  register: { sv: 'register', en: 'a register' },
  'social-service': { sv: 'socialtjänsten', en: 'social services' },
  'named-with-value': { sv: 'står i uppgiften', en: 'named in the text' },
};

/** Whom something is kept from, in words. */
const KEPT_FROM: Readonly<Record<string, Label>> = {
  'alleged-perpetrator': { sv: 'den misstänkte', en: 'the alleged perpetrator' },
  guardians: { sv: 'vårdnadshavare', en: 'guardians' },
  victim: { sv: 'den våldsutsatta', en: 'the victim' },
  region: { sv: 'regionen', en: 'the region' },
};

/** The source of an answer as a label. */
export function sourceLabel(source: string): Label {
  return SOURCES[source] ?? { sv: source, en: source };
}

/** Whom an answer is kept from: a side by its name, a person by the label that the caller knows. */
export function keptFromLabel(whom: string, personLabel: (id: string) => Label | null): Label {
  return KEPT_FROM[whom] ?? personLabel(whom) ?? { sv: 'en namngiven person', en: 'a named person' };
}

/** An entry as a page shows it. */
export function asDocumentEntry(entry: CaseFileEntry, language: keyof Label): DocumentEntry {
  const words =
    language === 'sv'
      ? { source: 'Källa', about: 'Gäller', kept: 'Hemlig för' }
      : { source: 'Source', about: 'About', kept: 'To be kept from' };
  const said = (labels: readonly Label[]) => labels.map((label) => label[language]).join(', ');
  return {
    label: entry.label[language],
    lines: valueInWords(entry.field, entry.value, language),
    marks: entry.keepFrom.length === 0 ? [] : [`${words.kept}: ${said(entry.keepFrom)}`],
    meta: [
      ...(entry.source === null ? [] : [`${words.source}: ${entry.source[language]}`]),
      ...(entry.at === null ? [] : [instantInWords(new Date(entry.at), language)]),
      ...(entry.about.length === 0 ? [] : [`${words.about}: ${said(entry.about)}`]),
    ],
  };
}

/** A section as pages show it, its entries drawn as they come; `seen` gets each first. */
export function asDocumentSection(
  section: CaseFileSection,
  language: keyof Label,
  seen: (entry: CaseFileEntry) => Promise<void>,
): DocumentSection {
  async function* entries(): AsyncIterable<DocumentEntry> {
    for await (const entry of section.entries) {
      await seen(entry);
      yield asDocumentEntry(entry, language);
    }
  }
  return {
    heading: section.heading[language],
    intro: section.intro?.[language] ?? null,
    entries: entries(),
  };
}
