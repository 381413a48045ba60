import type { MatterKind } from '../matter/index.js';
import { MATTER_KINDS } from '../matter/index.js';
import type { Label } from '../wording/index.js';

const OTHER_PURPOSES = {
  'own-work': { sv: 'Eget arbete med ärendet', en: 'Own work on the matter' },
  'handover-status': { sv: 'Besked om vad som hänt med överlämningen', en: 'What became of the handover' },
  'feedback-to-reporter': { sv: 'Återkoppling till anmälaren', en: 'Feedback to the reporter' },
  'crime-prevention': {
    sv: 'Förebygga eller förhindra brott',
    en: 'Preventing crime',
  },
  'crime-investigation': { sv: 'Utreda begånget brott', en: 'Investigating a crime committed' },
  'immediate-intervention': {
    sv: 'Omedelbart ingripande för någon under 18',
    en: 'Immediate intervention for someone under 18',
  },
  'contact-details-on-request': {
    sv: 'Kontaktuppgifter på begäran av brottsbekämpande myndighet',
    en: 'Contact details at the request of a law-enforcing authority',
  },
  'whereabouts-on-request': {
    sv: 'Uppgift om vistelse i boende på begäran',
    en: 'Whether someone stays in accommodation, on request',
  },
  'population-register': { sv: 'Ärende om skyddad folkbokföring', en: 'Case on protected registration' },
  'known-to-the-board': {
    sv: 'Om någon är aktuell hos en nämnd i samma kommun',
    en: 'Whether someone is known to a board of the same municipality',
  },
  'release-notice': { sv: 'Underrättelse om frigivning', en: 'Notice of release' },
  'legal-information': {
    sv: 'Information till målsäganden under förundersökning',
    en: 'Information to the injured party during an investigation',
  },
  insight: { sv: 'Insyn i egna eller allmänna handlingar', en: 'Insight into own or public documents' },
  'case-file': {
    sv: 'Överföring till den egna personakten',
    en: "Transfer to the authority's own case file",
  },
} as const satisfies Record<string, Label>;

/** What information is told for: the need of a matter, or one of the other tasks that the law names. Closed. */
export type Purpose = MatterKind | keyof typeof OTHER_PURPOSES;

/** Every purpose with its wording; those of a matter are the kinds of matter. */
export const PURPOSES: Readonly<Record<Purpose, Label>> = {
  ...OTHER_PURPOSES,
  'adult-safety': MATTER_KINDS['adult-safety'].label,
  'child-protection': MATTER_KINDS['child-protection'].label,
  'perpetrator-change': MATTER_KINDS['perpetrator-change'].label,
  'adult-support': MATTER_KINDS['adult-support'].label,
  'child-support': MATTER_KINDS['child-support'].label,
  'mental-health': MATTER_KINDS['mental-health'].label,
  'protected-housing': MATTER_KINDS['protected-housing'].label,
  'legal-process': MATTER_KINDS['legal-process'].label,
};
