import type { CommitteeDecision } from '../authority/index.js';
import type { MatterKind, SubjectRole } from '../matter/index.js';
import type { Label } from '../wording/index.js';
import type { SupportNeed } from './authority-matrix.js';

/** Something that can be decided for a person. */
export interface InterventionDefinition {
  readonly label: Label;
  readonly for: readonly SubjectRole[];
  readonly need: SupportNeed;
  /** The matter in which it is carried out; opened by the decider and handed off, its decision matter stays (DESIGN 2). */
  readonly commission: MatterKind | null;
  /** Carried out by another unit, so the commission is met when its matter is offered on; else when it is opened. */
  readonly isHandedOff: boolean;
  readonly committee: CommitteeDecision | null;
  readonly source: string;
  readonly validFrom: string;
}

const held = { committee: null, isHandedOff: true, validFrom: '2026-01-01' } as const;
const adultSupport = { ...held, need: 'assessed-support', commission: 'adult-support' } as const;
const change = { ...held, need: 'assessed-support', commission: 'perpetrator-change' } as const;
const childSupport = { ...held, need: 'child-support', commission: 'child-support', for: ['child'] } as const;

/** The catalogue: what a unit can decide, for whom, and what follows. Who decides is the matrix's to say. */
export const INTERVENTIONS = {
  'individual-support': {
    ...adultSupport,
    label: { sv: 'Individuellt stöd på RVC', en: 'Individual support at RVC' },
    for: ['victim'],
    source: 'S2, S4',
  },
  'group-support': {
    ...adultSupport,
    label: { sv: 'Grupp för våldsutsatta', en: 'Group for victims' },
    for: ['victim'],
    source: 'S2, S4 (Utväg Skaraborg)',
  },
  'legal-process-support': {
    ...held,
    need: 'assessed-support',
    commission: 'adult-support',
    label: { sv: 'Stöd i rättsprocessen', en: 'Support through the legal process' },
    for: ['victim'],
    source: 'R-009, S4',
  },
  'individual-change': {
    ...change,
    label: { sv: 'Individuell behandling för våldsutövare', en: 'Individual treatment for perpetrators' },
    for: ['alleged-perpetrator'],
    source: 'S2 (ATV)',
  },
  'non-violence-group': {
    ...change,
    label: { sv: 'Ickevåldsgrupp', en: 'Non-violence group' },
    for: ['alleged-perpetrator'],
    source: 'S2 (Isdal, Utväg Göteborg)',
  },
  'protected-housing': {
    ...held,
    need: 'protected-housing',
    commission: 'protected-housing',
    isHandedOff: false,
    label: { sv: 'Skyddat boende', en: 'Protected housing' },
    for: ['victim', 'child'],
    source: 'R-025, R-026',
  },
  trappan: {
    ...childSupport,
    label: { sv: 'Trappan', en: 'Trappan' },
    source: 'R-014',
  },
  'here-and-now': {
    ...childSupport,
    label: { sv: 'Här och nu', en: 'Här och nu' },
    source: 'R-015',
  },
  'telephone-advice': {
    ...held,
    need: 'first-conversations',
    commission: null,
    isHandedOff: false,
    label: { sv: 'Telefonrådgivning', en: 'Telephone advice' },
    for: ['victim', 'alleged-perpetrator'],
    source: 'R-003',
  },
  'immediate-care': {
    ...held,
    need: 'immediate-care',
    commission: null,
    isHandedOff: false,
    committee: 'immediate-care',
    label: { sv: 'Omedelbart omhändertagande', en: 'Immediate care' },
    for: ['child'],
    source: 'LVU 6 §',
  },
  'another-need': {
    ...held,
    need: 'assessed-support',
    commission: null,
    isHandedOff: false,
    label: { sv: 'Annan insats', en: 'Another measure' },
    for: ['victim', 'alleged-perpetrator', 'child'],
    source: 'C-10',
  },
} as const satisfies Record<string, InterventionDefinition>;
export type InterventionId = keyof typeof INTERVENTIONS;

/** The definition of an intervention, widened so that it can be read without narrowing on the id. */
export function intervention(id: InterventionId): InterventionDefinition {
  return INTERVENTIONS[id];
}
