import { type MatterKind, matterKind } from '../matter/index.js';
import { type PartyName, ROLES, UNIT_KINDS } from '../units/index.js';
import { keysOf, type Label } from '../wording/index.js';

/** Who may ask for the extract of a person's data. */
export const EXTRACT_ASKERS = {
  subject: { sv: 'Personen själv', en: 'The person concerned' },
  guardian: { sv: 'Vårdnadshavare', en: 'Guardian' },
  counsel: { sv: 'Ombud eller biträde', en: 'Counsel' },
} as const satisfies Record<string, Label>;
export type ExtractAsker = keyof typeof EXTRACT_ASKERS;

/**
 * What was done, in words for the person. Closed: an action that is not here is told in general, since its name alone could tell of
 * somebody else (a safety gate about him, a matter of the other side).
 */
const DONE: Readonly<Partial<Record<string, Label>>> = {
  'open-incident': { sv: 'Händelsen registrerades', en: 'The incident was registered' },
  'open-matter': { sv: 'Ett ärende öppnades', en: 'A matter was opened' },
  'preview-dispatch': { sv: 'En överlämning förbereddes', en: 'A handover was prepared' },
  'send-dispatch': { sv: 'En överlämning skickades', en: 'A handover was sent' },
  deliver: { sv: 'En överlämning kom fram', en: 'A handover was delivered' },
  open: { sv: 'En överlämning öppnades', en: 'A handover was opened' },
  accept: { sv: 'Ärendet togs emot', en: 'The matter was taken' },
  decline: { sv: 'Ärendet togs inte emot', en: 'The matter was not taken' },
  assign: { sv: 'Ärendet tilldelades en handläggare', en: 'The matter was assigned' },
  'take-over': { sv: 'En handläggare tog över ärendet', en: 'A worker took the matter over' },
  note: { sv: 'En anteckning gjordes', en: 'A note was made' },
  'contact-attempt': { sv: 'Ett kontaktförsök gjordes', en: 'Contact was attempted' },
  'contact-made': { sv: 'Kontakt togs', en: 'Contact was made' },
  schedule: { sv: 'Ett möte bokades', en: 'A meeting was booked' },
  attend: { sv: 'Ett möte hölls', en: 'A meeting was held' },
  close: { sv: 'Ärendet avslutades', en: 'The matter was closed' },
  'read-known': { sv: 'Uppgifterna lästes', en: 'The data were read' },
  'read-content': { sv: 'Överlämningens innehåll lästes', en: 'The content of the handover was read' },
  'read-safe-contact': { sv: 'Säker kontakt lästes', en: 'Safe contact was read' },
  'assess-protection': { sv: 'Skyddsbehovet bedömdes', en: 'The need of protection was assessed' },
  'record-consent': { sv: 'Samtycke antecknades', en: 'Consent was recorded' },
  'break-glass': { sv: 'Uppgifterna öppnades i en nödsituation', en: 'The data were opened in an emergency' },
  'break-glass-read': {
    sv: 'Uppgifterna lästes i en nödsituation',
    en: 'The data were read in an emergency',
  },
};
const IN_GENERAL = {
  command: { sv: 'En åtgärd i ärendet', en: 'An act in the matter' },
  reading: { sv: 'Uppgifter lästes', en: 'Data were read' },
} as const satisfies Record<string, Label>;

/** The words for an entry of the audit. */
export function accessInWords(kind: 'command' | 'reading', action: string): Label {
  return DONE[action] ?? IN_GENERAL[kind];
}

/** Who acted, as the record gives it in the place of a person. */
export const STAFF_FUNCTIONS = {
  ...ROLES,
  system: { sv: 'Systemet', en: 'The system' },
  erased: { sv: 'Personal (gallrad)', en: 'Staff (erased)' },
  unknown: { sv: 'Personal', en: 'Staff' },
} as const satisfies Record<string, Label>;
export type StaffFunction = keyof typeof STAFF_FUNCTIONS;

/** Whether a text from the record is one of them. */
export function isStaffFunction(text: string): text is StaffFunction {
  return Object.hasOwn(STAFF_FUNCTIONS, text);
}

/** Staff as the person sees them: a function, never a name or an id. What the system did by itself says so. */
export function functionInWords(by: StaffFunction): Label {
  return STAFF_FUNCTIONS[by];
}

/** A unit, as far as its name goes. */
export interface NamedUnit {
  readonly name: string;
  readonly party: PartyName;
}

/**
 * The unit as the asker sees it: named to the person herself; to a guardian and counsel, and where a name would tell where somebody
 * stays or is treated, the kind of service only (domain.md B4: a child's file never tells where a parent is).
 */
export function unitInWords(unit: NamedUnit, asker: ExtractAsker, purpose: MatterKind | null): Label {
  const hidden = asker !== 'subject' || (purpose !== null && matterKind(purpose).hiddenFromCoordinator);
  if (!hidden) return { sv: unit.name, en: unit.name };
  const kind = keysOf(UNIT_KINDS).find((one) => UNIT_KINDS[one].party === unit.party);
  return kind === undefined ? { sv: 'En verksamhet', en: 'A service' } : UNIT_KINDS[kind].label;
}
