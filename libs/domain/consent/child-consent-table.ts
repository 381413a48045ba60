import type { Label } from '../wording/index.js';
import type { AgeBand, ChildMeasure, ChildView, Suitability } from './child-consent-facts.js';
import type { GuardiansVoice } from './guardians-voice.js';

/** Where a child's consent leads. */
export const CONSENT_PATHS = {
  proceed: { sv: 'Gå vidare', en: 'Proceed' },
  'ask-guardian': { sv: 'Fråga vårdnadshavaren', en: 'Ask the guardian' },
  'hear-child': { sv: 'Hör barnet först', en: 'Hear the child first' },
  'child-consents': { sv: 'Barnets eget samtycke räcker', en: "The child's own consent is enough" },
  'child-requests-or-consents': {
    sv: 'Barnets egen begäran eller samtycke räcker',
    en: "The child's own request or consent is enough",
  },
  'propose-to-committee': {
    sv: 'Föreslå beslut enligt FB 6:13 a för utskottet',
    en: 'Propose a decision under FB 6:13 a to the committee',
  },
  'protection-track': {
    sv: 'Bedöm skydd enligt LVU',
    en: 'Assess protection under LVU',
  },
  'apply-to-court': {
    sv: 'Ansök hos domstol om placering enligt 2024:79',
    en: 'Apply to the court for a placement under 2024:79',
  },
  'recorded-decision-needed': {
    sv: 'Ett dokumenterat ställningstagande behövs',
    en: 'A recorded decision is needed',
  },
  'no-consent': {
    sv: 'Går inte på samtycke; en annan grund krävs',
    en: 'Not on consent; another basis is needed',
  },
} as const satisfies Record<string, Label>;
export type ConsentPath = keyof typeof CONSENT_PATHS;

/** Who decides on a path. The committee of the board cannot be replaced by an officer (old SoL 10:5). */
export const PATH_DECIDERS = {
  'case-worker': { label: { sv: 'Handläggaren', en: 'The case worker' }, isDelegable: true },
  'unit-head': { label: { sv: 'Enhetschefen', en: 'The unit head' }, isDelegable: true },
  committee: {
    label: {
      sv: 'Nämndens utskott; kan inte delegeras till tjänsteman',
      en: 'The committee of the board; not delegable to an officer',
    },
    isDelegable: false,
  },
} as const satisfies Record<string, { label: Label; isDelegable: boolean }>;
export type PathDecider = keyof typeof PATH_DECIDERS;

/** What the child's own word can carry. */
export type ChildsWord = 'nothing' | 'hear-first' | 'assess-suitability' | 'carries-12' | 'carries-15';

interface Row<When, Then> {
  /** A key that is missing matches everything. */
  readonly when: When;
  readonly leadsTo: Then;
}
type OneOf<Facts> = { readonly [Key in keyof Facts]?: readonly Facts[Key][] };

export interface ChildsWordFacts {
  readonly age: AgeBand;
  readonly view: ChildView;
  readonly suitability: Suitability;
  readonly measure: ChildMeasure;
}

/** Open interventions, which a child of 12 or more may carry by its own word. Old SoL 3:6 a (Lag 2023:292) [C] */
const OPEN: readonly ChildMeasure[] = ['open-intervention', 'contact-person', 'trappan-or-here-and-now'];
const NOT_OPEN: readonly ChildMeasure[] = [
  'psychiatric-care',
  'lss-support',
  'health-examination',
  'protected-housing',
  'legal-process',
  'disclosure',
  'talk-in-investigation',
];
const OLDER: readonly AgeBand[] = ['12-14', '15-17'];
const SAYS_YES: readonly ChildView[] = ['requests', 'consents'];
const MAY_BE_SUITABLE: readonly Suitability[] = ['suitable', 'not-assessed'];

/** The branches of 12–14 and 15 and over, tried before a refusal of a guardian decides. forms.md 5, old SoL 3:6 a [C] */
export const CHILDS_WORD_TABLE: readonly Row<OneOf<ChildsWordFacts>, ChildsWord>[] = [
  { when: { measure: NOT_OPEN }, leadsTo: 'nothing' },
  { when: { measure: OPEN, age: ['under-12'] }, leadsTo: 'nothing' },
  { when: { measure: OPEN, age: OLDER, suitability: ['unsuitable'] }, leadsTo: 'nothing' },
  {
    when: { measure: OPEN, age: OLDER, suitability: MAY_BE_SUITABLE, view: ['against'] },
    leadsTo: 'nothing',
  },
  {
    when: { measure: OPEN, age: OLDER, suitability: MAY_BE_SUITABLE, view: ['not-heard'] },
    leadsTo: 'hear-first',
  },
  {
    when: { measure: OPEN, age: OLDER, suitability: ['not-assessed'], view: SAYS_YES },
    leadsTo: 'assess-suitability',
  },
  {
    when: { measure: OPEN, age: ['12-14'], suitability: ['suitable'], view: SAYS_YES },
    leadsTo: 'carries-12',
  },
  {
    when: { measure: OPEN, age: ['15-17'], suitability: ['suitable'], view: SAYS_YES },
    leadsTo: 'carries-15',
  },
];

export interface PathFacts {
  readonly voice: GuardiansVoice;
  readonly word: ChildsWord;
  readonly measure: ChildMeasure;
  readonly age: AgeBand;
  readonly view: ChildView;
}

export interface PathRow extends Row<OneOf<PathFacts>, ConsentPath> {
  /** Stable: stored with each evaluation. */
  readonly id: string;
  readonly decides: PathDecider;
  readonly rule: Label;
  readonly source: string;
}

const HEARD_ALONE: readonly ChildMeasure[] = ['talk-in-investigation'];
const NEEDS_CONSENT: readonly ChildMeasure[] = [
  'open-intervention',
  'contact-person',
  'psychiatric-care',
  'lss-support',
  'trappan-or-here-and-now',
  'health-examination',
  'protected-housing',
  'legal-process',
  'disclosure',
];
/** What FB 6:13 a names; the committee may let it go ahead although only one of two guardians consents. */
const NAMED_IN_6_13_A: readonly ChildMeasure[] = [
  'open-intervention',
  'contact-person',
  'psychiatric-care',
  'lss-support',
];
const CARRIES_NOT: readonly ChildsWord[] = ['nothing', 'hear-first', 'assess-suitability'];
const SHORT_OF_CONSENT: readonly GuardiansVoice[] = [
  'no-guardian',
  'one-consents-other-does-not',
  'one-consents-other-unreachable',
  'somebody-to-ask',
  'unreachable',
  'nobody-consents',
];
/** Nobody is left to ask, so a refusal would decide: the child's own branch is tried first. */
const WOULD_DECIDE: readonly GuardiansVoice[] = SHORT_OF_CONSENT.filter(
  (voice) => voice !== 'somebody-to-ask',
);

/**
 * Every combination of facts meets exactly one row (a test counts them). What ships is configuration for a lawyer to
 * confirm where domain.md says so (L, U); the rule of each row names its source.
 */
export const CONSENT_PATH_TABLE: readonly PathRow[] = [
  {
    id: 'heard-without-guardian',
    when: { measure: HEARD_ALONE },
    leadsTo: 'proceed',
    decides: 'case-worker',
    rule: {
      sv: 'I en barnskyddsutredning får barnet höras utan vårdnadshavarens samtycke och närvaro.',
      en: 'In a child-protection investigation the child may be heard without the guardian’s consent and presence.',
    },
    source: 'gamla SoL 11:10 tredje stycket',
  },
  {
    id: 'all-consent',
    when: { measure: NEEDS_CONSENT, voice: ['all-consent'], age: ['under-12', '12-14'] },
    leadsTo: 'proceed',
    decides: 'case-worker',
    rule: {
      sv: 'Den eller de som bestämmer för barnet samtycker. Barnets åsikt vägs in efter ålder och mognad.',
      en: 'Those who decide for the child consent. The child’s view weighs by age and maturity.',
    },
    source: 'FB 6:11; 2024:79 2:2 och 6:1',
  },
  {
    id: 'all-consent-from-15',
    when: {
      measure: NEEDS_CONSENT,
      voice: ['all-consent'],
      age: ['15-17'],
      view: ['requests', 'consents', 'not-heard'],
    },
    leadsTo: 'proceed',
    decides: 'case-worker',
    rule: {
      sv: 'Vårdnadshavarna samtycker. Den som fyllt 15 för själv sin talan och får komma till tals.',
      en: 'The guardians consent. Who has turned 15 speaks for herself and is heard.',
    },
    source: 'FB 6:11; 2024:79 2:3',
  },
  {
    id: 'all-consent-child-of-15-against',
    when: { measure: NEEDS_CONSENT, voice: ['all-consent'], age: ['15-17'], view: ['against'] },
    leadsTo: 'recorded-decision-needed',
    decides: 'unit-head',
    rule: {
      sv: 'Vårdnadshavarna samtycker men den som fyllt 15 är emot: ta ställning och dokumentera varför.',
      en: 'The guardians consent but who has turned 15 is against: decide, and record why.',
    },
    source: '2024:79 2:2–2:3',
  },
  {
    id: 'child-12-consents',
    when: { measure: NEEDS_CONSENT, voice: SHORT_OF_CONSENT, word: ['carries-12'] },
    leadsTo: 'child-consents',
    decides: 'case-worker',
    rule: {
      sv: 'Den som är 12–14 år kan få en öppen insats utan vårdnadshavarens samtycke om det är lämpligt och barnet samtycker.',
      en: 'A child of 12–14 may get an open intervention without the guardian’s consent if suitable and the child consents.',
    },
    source: 'gamla SoL 3:6 a (Lag 2023:292); paragraf i nya SoL [U]',
  },
  {
    id: 'child-15-requests-or-consents',
    when: { measure: NEEDS_CONSENT, voice: SHORT_OF_CONSENT, word: ['carries-15'] },
    leadsTo: 'child-requests-or-consents',
    decides: 'case-worker',
    rule: {
      sv: 'Den som fyllt 15 kan få en öppen insats om det är lämpligt och barnet begär eller samtycker till det.',
      en: 'Who has turned 15 may get an open intervention if suitable and she requests or consents to it.',
    },
    source: 'gamla SoL 3:6 a (Lag 2023:292); paragraf i nya SoL [U]',
  },
  {
    id: 'ask-guardian',
    when: { measure: NEEDS_CONSENT, voice: ['somebody-to-ask'], word: CARRIES_NOT },
    leadsTo: 'ask-guardian',
    decides: 'case-worker',
    rule: {
      sv: 'En vårdnadshavare är inte tillfrågad. Frågan går bara dit säkerhetsgrinden är öppen, aldrig av sig själv till den misstänkte.',
      en: 'A guardian has not been asked. The question goes only where the safety gate is open, never by itself to the alleged perpetrator.',
    },
    source: 'FB 6:11',
  },
  {
    id: 'hear-child-first',
    when: { measure: NEEDS_CONSENT, voice: WOULD_DECIDE, word: ['hear-first'] },
    leadsTo: 'hear-child',
    decides: 'case-worker',
    rule: {
      sv: 'Barnet har fyllt 12 och är inte hört. Barnets egen väg prövas innan en vägran avgör.',
      en: 'The child has turned 12 and has not been heard. The child’s own branch is tried before a refusal decides.',
    },
    source: 'gamla SoL 3:6 a; 2024:79 2:2',
  },
  {
    id: 'assess-suitability-first',
    when: { measure: NEEDS_CONSENT, voice: WOULD_DECIDE, word: ['assess-suitability'] },
    leadsTo: 'recorded-decision-needed',
    decides: 'case-worker',
    rule: {
      sv: 'Barnet säger ja. Bedöm och dokumentera om insatsen är lämplig utan vårdnadshavarens samtycke.',
      en: 'The child says yes. Assess and record whether it is suitable without the guardian’s consent.',
    },
    source: 'gamla SoL 3:6 a (Lag 2023:292)',
  },
  {
    id: 'committee-6-13-a',
    when: { measure: NAMED_IN_6_13_A, voice: ['one-consents-other-does-not'], word: ['nothing'] },
    leadsTo: 'propose-to-committee',
    decides: 'committee',
    rule: {
      sv: 'En av två vårdnadshavare samtycker. Nämnden får besluta att åtgärden vidtas om barnets bästa kräver det; beslutet gäller omedelbart och kan överklagas.',
      en: 'One of two guardians consents. The board may decide that the measure goes ahead if the child’s best interests require it; in force at once, appealable.',
    },
    source: 'FB 6:13 a (Lag 2025:402); gamla SoL 10:5',
  },
  {
    id: 'trappan-is-it-treatment',
    when: { measure: ['trappan-or-here-and-now'], voice: ['one-consents-other-does-not'], word: ['nothing'] },
    leadsTo: 'recorded-decision-needed',
    decides: 'unit-head',
    rule: {
      sv: 'Om Trappan eller Här och nu är behandling enligt FB 6:13 a är öppet: ta ställning och dokumentera, sedan till utskottet.',
      en: 'Whether Trappan or Här och nu is treatment under FB 6:13 a is open: decide and record, then to the committee.',
    },
    source: 'forms.md 5; FB 6:13 a [L]',
  },
  {
    id: 'housing-to-court',
    when: { measure: ['protected-housing'], voice: ['one-consents-other-does-not'], word: ['nothing'] },
    leadsTo: 'apply-to-court',
    decides: 'committee',
    rule: {
      sv: 'En vårdnadshavare motsätter sig placeringen: nämnden ansöker hos domstol, och kan besluta omedelbart.',
      en: 'One guardian is against the placement: the board applies to the court, and can decide at once.',
    },
    source: 'lag 2024:79',
  },
  {
    id: 'both-needed',
    when: {
      measure: ['health-examination', 'legal-process', 'disclosure'],
      voice: ['one-consents-other-does-not'],
      word: ['nothing'],
    },
    leadsTo: 'no-consent',
    decides: 'case-worker',
    rule: {
      sv: 'Vårdnadshavarna bestämmer tillsammans, och FB 6:13 a gäller inte det här.',
      en: 'The guardians decide together, and FB 6:13 a does not name this.',
    },
    source: 'FB 6:11',
  },
  {
    id: 'other-prevented',
    when: { measure: NEEDS_CONSENT, voice: ['one-consents-other-unreachable'], word: ['nothing'] },
    leadsTo: 'recorded-decision-needed',
    decides: 'unit-head',
    rule: {
      sv: 'Den ena kan inte nås. Den andra bestämmer ensam bara om beslutet inte kan vänta, och inte i frågor av ingripande betydelse utan att barnets bästa uppenbart kräver det.',
      en: 'The other cannot be reached. One decides alone only if it cannot wait, and not on far-reaching matters unless the child’s best interests clearly require it.',
    },
    source: 'FB 6:13',
  },
  {
    id: 'nobody-can-be-reached',
    when: { measure: NEEDS_CONSENT, voice: ['unreachable', 'no-guardian'], word: ['nothing'] },
    leadsTo: 'recorded-decision-needed',
    decides: 'unit-head',
    rule: {
      sv: 'Ingen som bestämmer för barnet finns eller kan nås: ta ställning till särskilt förordnad vårdnadshavare, fortsatt sökande eller skydd.',
      en: 'Nobody who decides for the child is there or can be reached: decide on an appointed guardian, further search or protection.',
    },
    source: 'FB 6:8–6:10 och 6:13 [L]',
  },
  {
    id: 'telling-without-consent',
    when: { measure: ['disclosure'], voice: ['nobody-consents'], word: ['nothing'] },
    leadsTo: 'no-consent',
    decides: 'case-worker',
    rule: {
      sv: 'Ingen som bestämmer för barnet samtycker till att uppgifter lämnas; en annan grund måste bära det.',
      en: 'Nobody who decides for the child consents to telling; another basis has to carry it.',
    },
    source: 'OSL 12:2; OSL 12:3',
  },
  {
    id: 'protection-lvu',
    when: {
      measure: NEEDS_CONSENT.filter((measure) => measure !== 'disclosure'),
      voice: ['nobody-consents'],
      word: ['nothing'],
    },
    leadsTo: 'protection-track',
    decides: 'case-worker',
    rule: {
      sv: 'Ingen som bestämmer för barnet samtycker. BoU bedömer om skada befaras; ansökan om LVU är nämndens.',
      en: 'Nobody who decides for the child consents. BoU assesses the risk of harm; an application under LVU is the board’s.',
    },
    source: 'LVU 2 och 6 §§',
  },
];
