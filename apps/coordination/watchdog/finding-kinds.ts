import type { Label } from '#domain';

interface FindingKindDefinition {
  readonly label: Label;
  readonly next: Label;
}

/** What the watchdog can find, and what a person should do about it. */
export const FINDING_KINDS = {
  'nobody-called': {
    label: { sv: 'Tider gick ut utan att någon kallades.', en: 'Times ran out and nobody was called.' },
    next: {
      sv: 'Se om kuriren och motorn går. Vakten har kallat i deras ställe.',
      en: 'See whether courier and engine run. The watchdog has called in their place.',
    },
  },
  'not-relayed': {
    label: { sv: 'Ändringar når inte klockan.', en: 'Changes do not reach the clock.' },
    next: { sv: 'Se om kuriren och Temporal går.', en: 'See whether courier and Temporal run.' },
  },
  parked: {
    label: {
      sv: 'En väckning är parkerad: Temporal vägrar den.',
      en: 'A wake-up is parked: Temporal refuses it.',
    },
    next: {
      sv: 'Låt den som driver Handslag se efter; ”npm run rearm” försöker igen.',
      en: 'Let whoever runs Handslag look; "npm run rearm" tries again.',
    },
  },
  'not-handed-over': {
    label: { sv: 'Meddelanden har inte lämnats vidare.', en: 'Notices have not been handed over.' },
    next: {
      sv: 'Se om kuriren och Redis går. Vakten skickar dem själv.',
      en: 'See whether courier and Redis run. The watchdog sends them itself.',
    },
  },
  'notice-undelivered': {
    label: { sv: 'Meddelanden har inte kommit fram.', en: 'Notices have not arrived.' },
    next: {
      sv: 'Se om kuriren går och om mottagarens system svarar. Vakten skickar e-post själv.',
      en: "See whether the courier runs and the receiver's system answers. The watchdog sends mail itself.",
    },
  },
  'dead-letters': {
    label: { sv: 'Meddelanden gick inte att leverera.', en: 'Notices could not be delivered.' },
    next: {
      sv: 'Öppna listan över olevererade, ring enheten, och försök igen eller avfärda.',
      en: 'Open the list of dead letters, ring the unit, and retry or dismiss.',
    },
  },
  'not-delivered': {
    label: {
      sv: 'Erbjudanden är skickade men inte framme i mottagarens system.',
      en: "Offers were sent and have not reached the receiver's system.",
    },
    next: { sv: 'Se om mottagarens tjänst går.', en: "See whether the receiver's service runs." },
  },
  'ended-unit-holds': {
    label: {
      sv: 'En enhet som har upphört svarar för ärenden.',
      en: 'A unit that has ended answers for matters.',
    },
    next: {
      sv: 'Flytta dem till efterträdaren genom succession.',
      en: 'Move them to its successor by succession.',
    },
  },
  'clocks-missing': {
    label: {
      sv: 'Färre klockor går än det finns öppna ärenden.',
      en: 'Fewer clocks run than there are open matters.',
    },
    next: { sv: 'Kör ”npm run rearm”.', en: 'Run "npm run rearm".' },
  },
  'temporal-unreachable': {
    label: { sv: 'Temporal svarar inte.', en: 'Temporal does not answer.' },
    next: {
      sv: 'Starta Temporal. Inget har gått förlorat; vakten kallar under tiden.',
      en: 'Start Temporal. Nothing is lost; the watchdog calls meanwhile.',
    },
  },
  'not-sealed': {
    label: { sv: 'Loggposter väntar på försegling.', en: 'Audit leaves wait to be sealed.' },
    next: { sv: 'Se om förseglaren går.', en: 'See whether the sealer runs.' },
  },
  'tree-forked': {
    label: {
      sv: 'Loggen som visas är inte en fortsättning på den som har setts.',
      en: 'The audit that is shown does not follow the one that was seen.',
    },
    next: {
      sv: 'Ändra ingenting. Kör ”npm run verify” och ring den som driver Handslag.',
      en: 'Change nothing. Run "npm run verify" and ring whoever runs Handslag.',
    },
  },
  'record-check': {
    label: { sv: 'Något som alltid ska gälla gäller inte.', en: 'Something that must always hold does not.' },
    next: {
      sv: 'Kör ”npm run verify” och ring den som driver Handslag.',
      en: 'Run "npm run verify" and ring whoever runs Handslag.',
    },
  },
} as const satisfies Record<string, FindingKindDefinition>;
export type FindingKind = keyof typeof FINDING_KINDS;

/** The definition of a stored kind; one that this version does not know says so itself. */
export function findingKind(kind: string): FindingKindDefinition {
  return isFindingKind(kind)
    ? FINDING_KINDS[kind]
    : { label: { sv: kind, en: kind }, next: { sv: '', en: '' } };
}

function isFindingKind(kind: string): kind is FindingKind {
  return Object.hasOwn(FINDING_KINDS, kind);
}

/** Something that is not as it should be now. */
export interface Observed {
  readonly kind: FindingKind;
  readonly place: string;
  readonly count: number;
  readonly oldest: Date | null;
}
