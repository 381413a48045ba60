/** A wording for people, in both languages of the house. */
export interface Label {
  readonly sv: string;
  readonly en: string;
}

/** True when both languages say something; a label that is empty in one language reaches nobody there. */
export function isLabelled(label: Label): boolean {
  return label.sv.trim() !== '' && label.en.trim() !== '';
}

/** A table's keys as a list in the order written; the keys of a `const` table are its closed union. */
export function keysOf<Key extends string>(table: Readonly<Partial<Record<Key, unknown>>>): readonly Key[] {
  const isKey = (key: string): key is Key => Object.hasOwn(table, key);
  return Object.keys(table).filter(isKey);
}
