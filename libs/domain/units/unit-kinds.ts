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
  /** Social services bound by the statutory duties about a child (C9). */
  readonly isSocialAuthority: boolean;
}

/**
 * Kinds of unit that a route can name. Finer than a party only where routes differ:
 * another municipality's social service is a partner, and never holds (it attests through the sender).
 */
export const UNIT_KINDS = {
  police: { party: 'police', label: { sv: 'Polisen', en: 'Police' }, isSocialAuthority: false },
  socialjouren: {
    party: 'socialjouren',
    label: { sv: 'Socialjouren', en: 'Emergency social service (socialjouren)' },
    isSocialAuthority: true,
  },
  rvt: {
    party: 'rvt',
    label: { sv: 'Relationsvåldsteam (RVT)', en: 'Relationship violence team (RVT)' },
    isSocialAuthority: true,
  },
  bou: {
    party: 'bou',
    label: { sv: 'Enheten för barn och unga (BoU)', en: 'Child and youth unit (BoU)' },
    isSocialAuthority: true,
  },
  rvc: {
    party: 'rvc',
    label: { sv: 'Relationsvåldscentrum (RVC)', en: 'Relationship violence centre (RVC)' },
    isSocialAuthority: true,
  },
  region: {
    party: 'region',
    label: { sv: 'Region Stockholm', en: 'Region Stockholm' },
    isSocialAuthority: false,
  },
  coordination: {
    party: 'coordination',
    label: { sv: 'Samordning', en: 'Coordination' },
    isSocialAuthority: false,
  },
  'other-municipality': {
    party: 'partner',
    label: { sv: 'Socialtjänsten i en annan kommun', en: "Another municipality's social service" },
    isSocialAuthority: true,
  },
  partner: { party: 'partner', label: { sv: 'Samverkanspart', en: 'Partner' }, isSocialAuthority: false },
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
