import type { MatterKind, SubjectRole } from '../matter/index.js';
import type { Label } from '../wording/index.js';

/** How a session is held; free of charge each. `counted` is the setting of what spends one of the five. */
export const SUPPORT_MODALITIES = {
  individual: { label: { sv: 'Enskilt samtal', en: 'Individual session' }, counted: true },
  group: { label: { sv: 'Grupp', en: 'Group' }, counted: true },
  telephone: { label: { sv: 'Telefonrådgivning', en: 'Telephone advice' }, counted: false },
  joint: { label: { sv: 'Gemensamt samtal', en: 'Joint session' }, counted: true },
} as const satisfies Record<string, { readonly label: Label; readonly counted: boolean }>;
export type SupportModality = keyof typeof SUPPORT_MODALITIES;

interface RvcInterventionDefinition {
  readonly label: Label;
  /** Whose manual or method it is; null where the unit has none to follow. */
  readonly methodOwner: string | null;
  readonly subjects: readonly [SubjectRole, ...SubjectRole[]];
  readonly modalities: readonly [SupportModality, ...SupportModality[]];
}

/** What RVC gives, for whom, after whose method (domain.md A3, the catalogue; C3 for the children's). */
export const RVC_INTERVENTIONS = {
  INDIVIDUAL_ATV: {
    label: { sv: 'Individuell behandling efter ATV', en: 'Individual treatment after ATV' },
    methodOwner: 'Alternativ til Vold (ATV)',
    subjects: ['victim', 'alleged-perpetrator'],
    modalities: ['individual'],
  },
  VICTIM_GROUP: {
    label: { sv: 'Grupp för våldsutsatta', en: 'Group for victims' },
    methodOwner: 'Utväg Skaraborg',
    subjects: ['victim'],
    modalities: ['group'],
  },
  NON_VIOLENCE_GROUP: {
    label: { sv: 'Ickevåldsgrupp', en: 'Non-violence group' },
    methodOwner: 'Isdal, Utväg Göteborg, Utväg Södra Älvsborg',
    subjects: ['alleged-perpetrator'],
    modalities: ['group'],
  },
  LEGAL_PROCESS: {
    label: { sv: 'Stöd i rättsprocessen', en: 'Legal-process support' },
    methodOwner: null,
    subjects: ['victim'], // R-009, S4: for victims only
    modalities: ['individual', 'telephone'],
  },
  TELEPHONE_ADVICE: {
    label: { sv: 'Telefonrådgivning', en: 'Telephone advice' },
    methodOwner: null,
    subjects: ['victim', 'alleged-perpetrator'],
    modalities: ['telephone'],
  },
  COUPLE_SESSION: {
    label: { sv: 'Parsamtal', en: 'Couple session' },
    methodOwner: null,
    subjects: ['victim', 'alleged-perpetrator'],
    modalities: ['joint'],
  },
  TRAPPAN: {
    label: { sv: 'Trappan', en: 'Trappan' },
    methodOwner: 'Trappan',
    subjects: ['child'],
    modalities: ['individual'],
  },
  HERE_AND_NOW: {
    label: { sv: 'Här och nu', en: 'Här och nu' },
    methodOwner: 'RVC',
    subjects: ['child'],
    modalities: ['individual'],
  },
} as const satisfies Record<string, RvcInterventionDefinition>;
export type RvcIntervention = keyof typeof RVC_INTERVENTIONS;

/** What was done in a session, coded so that it can be counted (REC-6); the words are sealed beside it. */
export const SESSION_CONTENTS = {
  CRISIS: { sv: 'Kris och stöd', en: 'Crisis and support' },
  SAFETY_PLAN: { sv: 'Säkerhetsplan', en: 'Safety plan' },
  ABOUT_VIOLENCE: { sv: 'Om våldet', en: 'About the violence' },
  LEGAL: { sv: 'Rättsprocessen', en: 'The legal process' },
  PARENTHOOD: { sv: 'Föräldraskap', en: 'Parenthood' },
  RESPONSIBILITY: { sv: 'Ansvar för våldet', en: 'Responsibility for the violence' },
  // The three steps of Trappan (C3).
  CONTACT: { sv: 'Kontakt', en: 'Contact' },
  RECONSTRUCTION: { sv: 'Rekonstruktion', en: 'Reconstruction' },
  KNOWLEDGE: { sv: 'Kunskap', en: 'Knowledge' },
  OTHER: { sv: 'Annat', en: 'Other' },
} as const satisfies Record<string, Label>;

/** By which way somebody came. */
export const SUPPORT_CHANNELS = {
  'self-referral': { sv: 'Sökte själv', en: 'Came by oneself' },
  'rvt-decision': { sv: 'Beslut av RVT', en: 'Decision of RVT' },
  'bou-decision': { sv: 'Beslut av BoU', en: 'Decision of BoU' },
  police: { sv: 'Polisen', en: 'The police' },
  other: { sv: 'Annan', en: 'Other' },
} as const satisfies Record<string, Label>;
export type SupportChannel = keyof typeof SUPPORT_CHANNELS;

const SUPPORTED: readonly MatterKind[] = ['adult-support', 'perpetrator-change', 'child-support'];

/** Whether support of RVC is given in a matter of this kind. */
export function isSupportMatter(kind: MatterKind): boolean {
  return SUPPORTED.includes(kind);
}

/** Whether the intervention is for somebody in this role, and can be held this way (R-009, C3). */
export function isInterventionFor(
  intervention: RvcIntervention,
  { role, modality }: { readonly role: SubjectRole; readonly modality: SupportModality },
): boolean {
  const { subjects, modalities }: RvcInterventionDefinition = RVC_INTERVENTIONS[intervention];
  return subjects.includes(role) && modalities.includes(modality);
}
