import type { ChildConsentFacts, ChildMeasure, GuardianStand } from './child-consent-facts.js';

/** What those who may consent for the child say together. */
export type GuardiansVoice =
  | 'no-guardian'
  | 'all-consent'
  | 'one-consents-other-does-not'
  | 'one-consents-other-unreachable'
  | 'somebody-to-ask'
  | 'unreachable'
  | 'nobody-consents';

/** Measures that the guardian who came along into protected housing decides alone. 2024:79 6:1 [C] */
const ACCOMPANYING_DECIDES_ALONE: readonly ChildMeasure[] = ['open-intervention', 'health-examination'];

/**
 * Which guardians have a say: both jointly (FB 6:11), the accompanying one alone for what 2024:79 6:1 names, and the
 * special representative instead of them in the criminal case (1999:997, L).
 */
export function decidingStands(facts: ChildConsentFacts): readonly GuardianStand[] {
  const { guardians, measure, representative } = facts;
  if (measure === 'legal-process' && representative !== 'none') return [representative];
  const along = guardians.filter(({ accompaniesInProtectedHousing }) => accompaniesInProtectedHousing);
  const alone = ACCOMPANYING_DECIDES_ALONE.includes(measure) && along.length === 1;
  return (alone ? along : guardians).map(({ stand }) => stand);
}

type Pair = `${GuardianStand}+${GuardianStand}`;

const OF_ONE: Readonly<Record<GuardianStand, GuardiansVoice>> = {
  consents: 'all-consent',
  refuses: 'nobody-consents',
  'not-asked': 'somebody-to-ask',
  'cannot-be-reached': 'unreachable',
  'alleged-perpetrator': 'nobody-consents',
};

/**
 * Two guardians, whichever is named first. An alleged perpetrator who was not asked is one who does not consent: he is
 * never a reason to ask him. Only one who consents beside one who does not opens FB 6:13 a.
 */
const OF_TWO: Readonly<Record<Pair, GuardiansVoice>> = {
  'consents+consents': 'all-consent',
  'consents+refuses': 'one-consents-other-does-not',
  'consents+not-asked': 'somebody-to-ask',
  'consents+cannot-be-reached': 'one-consents-other-unreachable',
  'consents+alleged-perpetrator': 'one-consents-other-does-not',
  'refuses+consents': 'one-consents-other-does-not',
  'refuses+refuses': 'nobody-consents',
  'refuses+not-asked': 'somebody-to-ask',
  'refuses+cannot-be-reached': 'nobody-consents',
  'refuses+alleged-perpetrator': 'nobody-consents',
  'not-asked+consents': 'somebody-to-ask',
  'not-asked+refuses': 'somebody-to-ask',
  'not-asked+not-asked': 'somebody-to-ask',
  'not-asked+cannot-be-reached': 'somebody-to-ask',
  'not-asked+alleged-perpetrator': 'somebody-to-ask',
  'cannot-be-reached+consents': 'one-consents-other-unreachable',
  'cannot-be-reached+refuses': 'nobody-consents',
  'cannot-be-reached+not-asked': 'somebody-to-ask',
  'cannot-be-reached+cannot-be-reached': 'unreachable',
  'cannot-be-reached+alleged-perpetrator': 'unreachable',
  'alleged-perpetrator+consents': 'one-consents-other-does-not',
  'alleged-perpetrator+refuses': 'nobody-consents',
  'alleged-perpetrator+not-asked': 'somebody-to-ask',
  'alleged-perpetrator+cannot-be-reached': 'unreachable',
  'alleged-perpetrator+alleged-perpetrator': 'nobody-consents',
};

/** What they say together, from no guardian to two. */
export function guardiansVoice(facts: ChildConsentFacts): GuardiansVoice {
  const [first, second] = decidingStands(facts);
  if (first === undefined) return 'no-guardian';
  return second === undefined ? OF_ONE[first] : OF_TWO[`${first}+${second}`];
}
