import { formatDate, type LocalDate } from '#calendar';
import type { Label } from '../wording/index.js';
import { AUTHORITY_LAW, type InsightAuthority } from './authority-law.js';

export interface Appealed {
  /** The authority that decided, by its name. */
  readonly authority: string;
  /** Whose law it decides by; says which court tries it. */
  readonly kind: InsightAuthority;
  /** The last day to appeal, where the day on which the person was told is known. */
  readonly lastDay: LocalDate | null;
}

/**
 * How a refusal of insight is appealed: to whom, where it is handed in, within what time (OSL 6:7–8; FL 43, 44 §§; three
 * weeks is D-15). Written by us; a lawyer has not read it.
 */
export function appealText({ authority, kind, lastDay }: Appealed): Label {
  const court = AUTHORITY_LAW[kind].court.name;
  return {
    sv: [
      'Så här överklagar du',
      `Du kan överklaga beslutet hos ${court.sv}. Skriv till domstolen men lämna skrivelsen till ${authority}, som prövar om den har kommit in i tid och skickar den vidare.`,
      `Överklagandet ska ha kommit in till ${authority} inom tre veckor från den dag då du fick del av beslutet.${lastDay === null ? '' : ` Sista dagen är ${formatDate(lastDay, 'sv')}.`}`,
      'Skriv vilket beslut du överklagar, hur du vill att det ska ändras och varför. Skriv också namn och hur domstolen kan nå dig. Har du skyddade personuppgifter, fråga domstolen hur du lämnar dem utan att de visas.',
      'Det kostar ingenting att överklaga.',
    ].join('\n\n'),
    en: [
      'How to appeal',
      `You may appeal this decision to ${court.en}. Address the letter to the court but hand it in to ${authority}, which checks that it is in time and passes it on.`,
      `The appeal must have reached ${authority} within three weeks of the day on which you received the decision.${lastDay === null ? '' : ` The last day is ${formatDate(lastDay, 'en')}.`}`,
      'Say which decision you appeal, how you want it changed and why. Give your name and how the court can reach you. If your identity is protected, ask the court how to give it without its being shown.',
      'Appealing costs nothing.',
    ].join('\n\n'),
  };
}
