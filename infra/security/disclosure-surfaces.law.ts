import type { BasisId, SubjectRole } from '#domain';
import { FORMS_MD } from './disclosure-surfaces.forms.js';

/**
 * What domain.md B6 and forms.md say, written down a second time by hand and in their own terms, so that the policy's data
 * and its decision are held against something that is not themselves. Never import the policy's rows, bases or predicates
 * here: an oracle that asks the accused is none.
 */

/** Whose a piece of information is: incident, victim, child, alleged perpetrator, reporter, staff. */
export type Whose = 'i' | 'v' | 'c' | 'p' | 'r' | 's';

/** Who brings it about: the law itself, the person, or somebody in a role. */
type Word = 'law' | 'herself' | 'worker' | 'police' | 'head';

export interface Law {
  /** Authorities that may tell by it. */
  readonly from: readonly string[];
  /** Authorities, or persons as they ask, that may be told. */
  readonly to: readonly string[];
  readonly about: readonly SubjectRole[];
  readonly word: Word;
  /** Whose information it opens; `own`: of the person that it is about, and nobody's in particular. */
  readonly opens: readonly Whose[] | 'own';
  /** What it opens about a child, where that is other than about an adult. */
  readonly ofChild?: readonly Whose[];
  /** Pieces that no form carries; null: fields of a form; `any`: both, what the unit itself has. */
  readonly pieces: readonly string[] | 'any' | null;
  readonly under?: 18 | 21;
  /** First day in force. */
  readonly since?: string;
  readonly within?: 'authority' | 'unit';
  readonly unprotected?: true;
  /** A statement with the preview can be its record. */
  readonly stated?: true;
}

const CITY = 'social-board';
const OTHER = 'other-social-board';
const SOCIAL = [CITY, OTHER];
const CARE = [...SOCIAL, 'health'];
const CRIME = ['police', 'prosecutor', 'security-police', 'enforcement', 'tax', 'customs'];
const WORKING = ['police', ...CARE, 'partner'];
const ALL: readonly Whose[] = ['i', 'v', 'c', 'p', 'r', 's'];
const WEIGHED: readonly Whose[] = ['i', 'v', 'p', 's'];
const HER: readonly SubjectRole[] = ['victim'];
const CHILD: readonly SubjectRole[] = ['child'];
const HIM: readonly SubjectRole[] = ['alleged-perpetrator'];
const ANY: readonly SubjectRole[] = ['victim', 'child', 'alleged-perpetrator'];

/** domain.md B6, row by row: the outer bound of what each ground could ever open. */
export const LAW: Readonly<Record<BasisId, Law>> = {
  'X-01': {
    from: [...WORKING, 'prison'],
    to: WORKING,
    about: ANY,
    word: 'herself',
    opens: 'own',
    pieces: ['work-outcome', 'work-instants'],
    stated: true,
  },
  'X-02': {
    from: ['police', 'health', 'prison', 'partner'],
    to: SOCIAL,
    about: CHILD,
    word: 'law',
    opens: ALL,
    pieces: null,
    under: 18,
  },
  'X-02b': {
    from: ['police'],
    to: SOCIAL,
    about: HER,
    word: 'police',
    opens: WEIGHED,
    pieces: null,
    stated: true,
  },
  'X-03': {
    from: SOCIAL,
    to: ['police'],
    about: HIM,
    word: 'head',
    opens: ['p'],
    pieces: ['risk.person'],
    under: 21,
    since: '2025-04-01',
  },
  'X-04': {
    from: CARE,
    to: ['police'],
    about: HIM,
    word: 'head',
    opens: ['p', 'v'],
    pieces: ['risk.person', 'risk.circumstances'],
    since: '2025-04-01',
  },
  'X-05': {
    from: CARE,
    to: ['police', 'prosecutor'],
    about: CHILD,
    word: 'head',
    opens: ALL,
    pieces: ['crime.person', 'crime.circumstances'],
  },
  'X-06': {
    from: CARE,
    to: ['police', 'prosecutor'],
    about: [...HIM, ...HER],
    word: 'head',
    opens: ALL,
    pieces: ['crime.person', 'crime.circumstances'],
    since: '2025-04-01',
  },
  'X-07': {
    from: SOCIAL,
    to: ['police'],
    about: CHILD,
    word: 'worker',
    opens: ['i', 'c', 's'],
    pieces: null,
    under: 18,
  },
  // 10:15 a covers 26:1 and not 25:1: health care is not in it.
  'X-08': {
    from: SOCIAL,
    to: CRIME,
    about: [...HIM, ...HER],
    word: 'head',
    opens: ALL,
    pieces: ['crime.person', 'crime.circumstances'],
    since: '2025-12-01',
  },
  // The general clause is the police's own: not for 25:1–8 or 26:1–6.
  'X-09': {
    from: ['police'],
    to: ['health', 'prosecutor', 'prison'],
    about: ANY,
    word: 'police',
    opens: WEIGHED,
    pieces: null,
    stated: true,
  },
  'X-10': {
    from: ['health'],
    to: SOCIAL,
    about: CHILD,
    word: 'law',
    opens: ['i', 'c', 'v', 's'],
    pieces: null,
    under: 18,
  },
  'X-10b': {
    from: ['health'],
    to: SOCIAL,
    about: HER,
    word: 'worker',
    opens: ['i', 'v', 's'],
    pieces: null,
  },
  'X-11': { from: SOCIAL, to: CARE, about: CHILD, word: 'law', opens: ALL, pieces: null, under: 18 },
  'X-11b': { from: SOCIAL, to: CARE, about: HER, word: 'worker', opens: ['i', 'v', 's'], pieces: null },
  'X-11c': { from: CARE, to: CARE, about: HER, word: 'worker', opens: ['i', 'v', 's'], pieces: null },
  'X-12': {
    from: ['health'],
    to: CARE,
    about: [...HER, ...CHILD],
    word: 'worker',
    opens: ['i', 'v', 'c', 's'],
    pieces: null,
  },
  'X-13': {
    from: SOCIAL,
    to: ['police', 'health', 'prison', 'partner', CITY, 'reporter'],
    about: CHILD,
    word: 'worker',
    opens: ['c'],
    pieces: ['report-outcome'],
    since: '2025-07-01',
  },
  'X-15': {
    from: SOCIAL,
    to: ['the-person', 'guardian', 'counsel'],
    about: ANY,
    word: 'head',
    opens: ['r'],
    pieces: ['reporter.identity'],
  },
  'X-16': {
    from: [...CARE, 'partner'],
    to: CRIME,
    about: [...HER, ...HIM],
    word: 'head',
    opens: ['v', 'p'],
    pieces: ['contact.details'],
    since: '2025-04-01',
    unprotected: true,
  },
  'X-18': {
    from: SOCIAL,
    to: [...CRIME, 'court'],
    about: [...HER, ...CHILD],
    word: 'head',
    opens: ['v', 'c'],
    pieces: ['stay.where'],
  },
  'X-19': {
    from: SOCIAL,
    to: ['tax'],
    about: [...HER, ...CHILD],
    word: 'head',
    opens: ['v', 'c'],
    pieces: ['registration.need'],
  },
  'X-20': {
    from: [CITY],
    to: [CITY],
    about: [...HER, ...CHILD],
    word: 'worker',
    opens: ['v', 'c', 'p'],
    pieces: ['known.is-current'],
  },
  'X-21': {
    from: ['prison'],
    to: ['police', 'prosecutor'],
    about: HIM,
    word: 'law',
    opens: ['p'],
    pieces: ['release.time'],
  },
  'X-21b': {
    from: ['prison'],
    to: ['the-person'],
    about: HER,
    word: 'worker',
    opens: ['p'],
    pieces: ['release.time'],
  },
  'X-22': {
    from: ['police'],
    to: ['the-person', 'counsel'],
    about: [...HER, ...CHILD],
    word: 'police',
    opens: ['v', 'c'],
    pieces: ['legal.information'],
    stated: true,
  },
  'X-IND': {
    from: [CITY],
    to: [...SOCIAL, 'police', 'partner'],
    about: [...HER, ...CHILD],
    word: 'worker',
    opens: WEIGHED,
    ofChild: ['i', 'c', 's'],
    pieces: null,
    stated: true,
  },
  'X-IN': {
    from: [CITY, 'health'],
    to: [CITY, 'health'],
    about: [...HER, ...CHILD],
    word: 'worker',
    opens: ['i', 'v', 'c', 'p', 's'],
    pieces: null,
    within: 'authority',
  },
  'X-OWN': { from: WORKING, to: WORKING, about: ANY, word: 'law', opens: ALL, pieces: 'any', within: 'unit' },
  'X-ACK': {
    from: WORKING,
    to: WORKING,
    about: ANY,
    word: 'law',
    opens: ['i'],
    // DESIGN 8: what the sender of an offer may see of it.
    pieces: [
      'phase',
      'sent-at',
      'delivered-at',
      'opened-at',
      'question',
      'answered-at',
      'taken-at',
      'taken-by-function',
      'receipt',
      'masked-reason',
      'proposed-unit',
      'review-due',
    ],
  },
  'X-INSIGHT': {
    from: WORKING,
    to: ['the-person', 'counsel'],
    about: ANY,
    word: 'worker',
    opens: ['i', 'v', 'c', 'p', 's'],
    pieces: null,
  },
  'X-GUARDIAN': {
    from: WORKING,
    to: ['guardian'],
    about: CHILD,
    word: 'head',
    opens: ['i', 'c', 's'],
    pieces: null,
  },
};

/** Which roles may bring a ground about; the person's own word and the law ask for none. */
export const MAY_DECIDE: Readonly<Record<Word, readonly string[] | 'anybody'>> = {
  law: 'anybody',
  herself: 'anybody',
  worker: ['case-worker', 'unit-head'],
  police: ['liaison', 'case-worker', 'unit-head'],
  head: ['unit-head'],
};

/** Who may read what is sealed at all (DESIGN 8): an administrator, a coordinator and an auditor never. */
export const MAY_READ = ['case-worker', 'unit-head', 'liaison'];

/** The letter of who reads. */
export const LETTER: Readonly<Record<string, string>> = {
  socialjouren: 'J',
  'child-unit': 'B',
  'victim-unit': 'V',
  'perpetrator-unit': 'P',
  'support-unit': 'S',
  'care-unit': 'C',
  police: 'K',
};

const OWN: Readonly<Record<SubjectRole, Whose>> = { victim: 'v', child: 'c', 'alleged-perpetrator': 'p' };
/** DESIGN 2, 8: with a child rides what is known of the adults; with her what is known of him; with him nothing of theirs. */
const RIDES: Readonly<Record<SubjectRole, string>> = {
  child: 'icvprs',
  victim: 'ivprs',
  'alleged-perpetrator': 'iprs',
};

/** Whether a ground opens information of this owner in a matter about this person. */
export function opens(law: Law, whose: string, subject: SubjectRole): boolean {
  // A unit that works with him needs nothing of her or a child to do it, though it may hold their matters too.
  if (law.within === 'unit' && subject === 'alleged-perpetrator') return 'ips'.includes(whose);
  if (subject === 'child' && law.ofChild !== undefined) return law.ofChild.some((one) => one === whose);
  if (law.opens !== 'own') return law.opens.some((one) => one === whose);
  return whose === OWN[subject] || whose === 's' || (whose === 'i' && subject !== 'alleged-perpetrator');
}

/**
 * Of a form, what may leave to who reads it, in the envelope of this person, on these grounds and no others: the letters,
 * the envelope, and for everybody concerned a ground that opens it.
 */
export function mayLeave(asked: {
  readonly form: string;
  readonly audience: string;
  readonly subject: SubjectRole;
  readonly grounds: readonly BasisId[];
  readonly mustCall: boolean;
}): string[] {
  const { form, audience, subject, grounds, mustCall } = asked;
  const letter = LETTER[audience] ?? '?';
  return Object.entries(FORMS_MD[form] ?? {}).flatMap(([field, one]) => {
    const isSeen = one.sees.includes(letter) || (mustCall && one.sees.includes(letter.toLowerCase()));
    const parts = [...one.whose].filter((whose) => RIDES[subject].includes(whose));
    // Hers in a child's envelope only where the child's unit must call her.
    const isHersAlone = one.apart === true && !one.whose.includes(OWN[subject]);
    if (!isSeen || parts.length === 0 || (isHersAlone && !one.sees.includes(letter.toLowerCase()))) return [];
    const isOpen = parts.every((whose) => grounds.some((ground) => opens(LAW[ground], whose, subject)));
    return isOpen ? [field] : [];
  });
}

/**
 * The grounds that a handover between these authorities can rest on, for this need: the duty and the check about a child;
 * about an adult her word, or a weighing (B6, DESIGN 6.2).
 */
export function groundsOfHandover(way: {
  readonly from: string;
  readonly to: string;
  readonly subject: SubjectRole;
  readonly isOneAuthority: boolean;
  readonly need: string;
}): readonly BasisId[] {
  const { from, to, subject, isOneAuthority, need } = way;
  const isToSocial = SOCIAL.includes(to);
  // Him: his own yes, whoever offers and whoever takes (DESIGN 6.2).
  if (subject === 'alleged-perpetrator')
    return [from, to].every((one) => SOCIAL.includes(one) || one === 'partner') ? ['X-01'] : [];
  // A report: whoever meets the child in the work tells all (SoL 19:1); within social services the check of 26:9.
  if (need === 'child-protection' && isToSocial && !SOCIAL.includes(from)) return ['X-02'];
  // Private partners: no section opens for them, so her yes; for a child in a house also somebody's decision.
  if (to === 'partner')
    return subject === 'child' && need === 'protected-housing' ? ['X-01', 'X-IND'] : ['X-01'];
  if (from === 'partner') return ['X-01'];
  // Within care: her yes, who cannot give it, the unborn, and what one authority may do within itself.
  if (from === 'health' && to === 'health')
    return ['X-01', 'X-12', 'X-11c', ...(isOneAuthority ? (['X-IN'] as const) : [])];
  // Care: a child by the check of 26:9 and 25:12; an adult by her yes, or the few exceptions (X-10…X-12).
  if (to === 'health') return subject === 'child' ? ['X-11'] : ['X-01', 'X-11b', 'X-11c'];
  if (from === 'health') return subject === 'child' ? ['X-10'] : ['X-01', 'X-10b', 'X-12'];
  if (subject === 'child') {
    return from === CITY && isToSocial ? ['X-11'] : [];
  }
  if (from === 'police' && isToSocial) return need === 'legal-process' ? ['X-01'] : ['X-01', 'X-02b'];
  if (from === CITY && to === 'police') return ['X-01', 'X-IND'];
  if (from !== CITY || !isToSocial) return [];
  const isCare = need !== 'legal-process';
  return [
    ...(['X-01', 'X-IND'] as const),
    ...(isCare ? (['X-11b', 'X-11c'] as const) : []),
    ...(isOneAuthority && to === CITY ? (['X-IN'] as const) : []),
  ];
}
