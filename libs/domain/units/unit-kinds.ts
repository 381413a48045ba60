import type { Label } from '../wording/index.js';

/** A kind of service; one NestJS service each (DESIGN 2). */
export const PARTIES = [
  'police',
  'socialjouren',
  'rvt',
  'bou',
  'rvc',
  'region',
  'coordination',
  'partner',
] as const;
export type PartyName = (typeof PARTIES)[number];

interface UnitKindDefinition {
  readonly party: PartyName;
  readonly label: Label;
  /** Who takes reports about children and is bound by what the law asks then (C9); whoever else reports to them. */
  readonly takesReports: boolean;
  /** Outside Handslag: never holds, the sender attests (DESIGN 2). */
  readonly isOutside: boolean;
}

const INSIDE = { takesReports: false, isOutside: false } as const;

/**
 * Kinds of unit that a route can name. Finer than a party only where routes differ: by which law a partner is told (a
 * service of the board's own, a clinic), and whether it can hold at all. Which one a unit is follows from the directory.
 */
export const UNIT_KINDS = {
  police: { ...INSIDE, party: 'police', label: { sv: 'Polisen', en: 'Police' } },
  socialjouren: {
    ...INSIDE,
    party: 'socialjouren',
    label: { sv: 'Socialjouren', en: 'Emergency social service (socialjouren)' },
    takesReports: true,
  },
  rvt: {
    ...INSIDE,
    party: 'rvt',
    label: { sv: 'Relationsvåldsteam (RVT)', en: 'Relationship violence team (RVT)' },
  },
  bou: {
    ...INSIDE,
    party: 'bou',
    label: { sv: 'Enheten för barn och unga (BoU)', en: 'Child and youth unit (BoU)' },
    takesReports: true,
  },
  rvc: {
    ...INSIDE,
    party: 'rvc',
    label: { sv: 'Relationsvåldscentrum (RVC)', en: 'Relationship violence centre (RVC)' },
  },
  region: { ...INSIDE, party: 'region', label: { sv: 'Region Stockholm', en: 'Region Stockholm' } },
  coordination: { ...INSIDE, party: 'coordination', label: { sv: 'Samordning', en: 'Coordination' } },
  // Family law, financial assistance, open care: the social boards' own (REC-4).
  'district-service': {
    ...INSIDE,
    party: 'partner',
    label: { sv: 'Nämndens övriga socialtjänst', en: "The board's other social services" },
  },
  'youth-clinic': {
    ...INSIDE,
    party: 'partner',
    label: { sv: 'Ungdomsmottagning', en: 'Youth clinic' },
  },
  partner: { ...INSIDE, party: 'partner', label: { sv: 'Samverkanspart', en: 'Partner' } },
  'other-municipality': {
    party: 'partner',
    label: { sv: 'Socialtjänsten i en annan kommun', en: "Another municipality's social service" },
    takesReports: true,
    isOutside: true,
  },
  'outside-partner': {
    ...INSIDE,
    party: 'partner',
    label: { sv: 'Samverkanspart utanför Handslag', en: 'Partner outside Handslag' },
    isOutside: true,
  },
  'outside-care': {
    ...INSIDE,
    party: 'region',
    label: { sv: 'Vård utanför Handslag', en: 'Health care outside Handslag' },
    isOutside: true,
  },
} as const satisfies Record<string, UnitKindDefinition>;
export type UnitKind = keyof typeof UNIT_KINDS;

/** Roles of a mandate (DESIGN 8). The token proves the person; the mandate gives the role at a unit. */
export const ROLES = {
  'case-worker': { sv: 'Handläggare', en: 'Case worker' },
  'unit-head': { sv: 'Enhetschef', en: 'Unit head' },
  liaison: { sv: 'Polisens kontaktfunktion', en: 'Police liaison' },
  coordinator: { sv: 'Samordnare', en: 'Coordinator' },
  auditor: { sv: 'Granskare', en: 'Auditor' },
  administrator: { sv: 'Administratör', en: 'Administrator' },
} as const satisfies Record<string, Label>;
export type Role = keyof typeof ROLES;

/** Whether a text from outside is a role. */
export function isRole(text: string): text is Role {
  return Object.hasOwn(ROLES, text);
}
