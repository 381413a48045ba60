import type { SubjectRole } from '../matter/index.js';
import type { Label } from '../wording/index.js';

/** As whom somebody asks to read: a party to the case, who acts for one, or anybody (FL 10 §, FB 6:11, TF 2:1). */
export const INSIGHT_CAPACITIES = {
  subject: { sv: 'Den som uppgifterna gäller', en: 'The person concerned' },
  guardian: { sv: 'Vårdnadshavare för barnet', en: "The child's guardian" },
  counsel: { sv: 'Ombud för den som uppgifterna gäller', en: 'Counsel for the person concerned' },
  public: { sv: 'Allmänheten', en: 'The public' },
} as const satisfies Record<string, Label>;
export type InsightCapacity = keyof typeof INSIGHT_CAPACITIES;

/** A person of an incident, as far as masking must know her. */
export interface InsightPerson {
  readonly id: string;
  readonly role: SubjectRole;
  /** `NO` was read by somebody; everything else counts as protected (C6). */
  readonly protectedStatus: 'YES' | 'NO' | 'UNREADABLE' | 'unknown';
  /** Whole years; null when it is not known, which is treated as old enough to have secrets of her own. */
  readonly age: number | null;
}

/** Who would read, and whose file. */
export interface InsightReader {
  readonly capacity: InsightCapacity;
  /** Whose file is asked for. */
  readonly fileOf: string;
  /** The persons of the incident that the reader is: a guardian may be the alleged perpetrator, or the victim. */
  readonly isPerson: string | null;
}

/** The persons whose own information the reader may have, as far as nothing speaks against it. */
export function ownPersons({ capacity, fileOf, isPerson }: InsightReader): readonly string[] {
  switch (capacity) {
    case 'subject':
    case 'counsel':
      return [fileOf];
    case 'guardian':
      return isPerson === null ? [fileOf] : [fileOf, isPerson];
    case 'public':
      return [];
  }
}

/**
 * The alleged perpetrator himself, whoever he asks for: his counsel reads with his eyes. A guardian of whom nobody says who
 * of the incident it is may be him, and is read as him.
 */
export function readsAsPerpetrator(reader: InsightReader, persons: readonly InsightPerson[]): boolean {
  const himself = persons.filter(({ role }) => role === 'alleged-perpetrator').map(({ id }) => id);
  const eyes = reader.capacity === 'guardian' ? reader.isPerson : reader.fileOf;
  if (reader.capacity === 'guardian' && eyes === null) return true;
  return reader.capacity !== 'public' && eyes !== null && himself.includes(eyes);
}
