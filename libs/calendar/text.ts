/** What people read, in both languages of the house. */
export interface Text {
  readonly sv: string;
  readonly en: string;
}

export type Language = keyof Text;
