import type { EvidenceTag } from '../routing/index.js';
import type { Label } from '../wording/index.js';
import { AUTHORITY_LAW, type InsightAuthority } from './authority-law.js';

/**
 * What becomes of an answer: `shown`; `read-first`, withheld until a person has read it; `masked`, withheld; `absent`, not
 * part of this file or of this reader's world, so that not even a gap is shown.
 */
export type Standing = 'shown' | 'read-first' | 'masked' | 'absent';

/** Who may lift a rule for one field, with a reason. */
export type Lifting = 'case-worker' | 'unit-head' | 'nobody';

export interface InsightRule {
  readonly standing: Exclude<Standing, 'shown'>;
  readonly label: Label;
  /** The provision; `{secrecy}` is the section that protects the individual at the authority whose file it is. */
  readonly source: string;
  readonly tag: EvidenceTag;
  readonly lifting: Lifting;
}

/**
 * Why something is withheld, as data. The strictest that applies decides; all that apply are told. The sections are known
 * from domain.md B6 where tagged C; the weighing itself (men, betydande men, synnerlig vikt) is a person's, not ours.
 */
export const INSIGHT_RULES = {
  NOT_OF_THIS_FILE: {
    standing: 'absent',
    label: {
      sv: 'En förälders säkra kontaktväg hör aldrig till barnets akt.',
      en: "A parent's safe contact is never part of the child's file.",
    },
    source: 'OSL {secrecy}, 21:3',
    tag: 'C',
    lifting: 'nobody',
  },
  OTHER_SIDE: {
    standing: 'absent',
    label: {
      sv: 'Den misstänktes sida får inte veta att uppgifter om de utsatta finns.',
      en: "The alleged perpetrator's side may not learn that information about those exposed exists.",
    },
    source: 'OSL {secrecy}',
    tag: 'C',
    lifting: 'nobody',
  },
  PUBLIC: {
    standing: 'masked',
    label: {
      sv: 'Sekretess till skydd för enskild gäller mot allmänheten, även för att ett ärende finns.',
      en: 'Secrecy for the individual holds against the public, also as to whether a case exists.',
    },
    source: 'OSL {secrecy}',
    tag: 'C',
    lifting: 'nobody',
  },
  POLICY_KEEPS: {
    standing: 'masked',
    label: {
      sv: 'Uppgiften får inte nå den som läser genom oss.',
      en: 'The information must not reach this reader through us.',
    },
    source: 'OSL {secrecy}, 21:3, 12:3',
    tag: 'C',
    lifting: 'nobody',
  },
  SAFE_CONTACT_OF_ANOTHER: {
    standing: 'masked',
    label: {
      sv: 'En annan persons säkra kontaktväg lämnas aldrig ut.',
      en: "Another person's safe contact is never released.",
    },
    source: 'OSL 21:3, {secrecy}',
    tag: 'C',
    lifting: 'nobody',
  },
  KEPT_FROM: {
    standing: 'masked',
    label: {
      sv: 'Uppgiften ska hållas hemlig för den som läser.',
      en: 'The information is to be kept from this reader.',
    },
    source: 'FL 10 §, OSL 10:3, {secrecy}',
    tag: 'C',
    lifting: 'unit-head',
  },
  PROTECTED_IDENTITY: {
    standing: 'masked',
    label: {
      sv: 'Personen kan ha skyddade personuppgifter; det som inte har kunnat läsas räknas som skyddat.',
      en: 'The person may have a protected identity; what could not be read counts as protected.',
    },
    source: 'OSL 21:3, 21:3 a, 22:2',
    tag: 'C',
    lifting: 'unit-head',
  },
  REPORTER: {
    standing: 'masked',
    label: {
      sv: 'Uppgiften kan röja vem som har lämnat den.',
      en: 'The information may reveal who gave it.',
    },
    // 26:5 is of social services; of others the section that protects the individual is named.
    source: 'OSL {reporter}',
    tag: 'C',
    lifting: 'unit-head',
  },
  CHILD_AGAINST_GUARDIAN: {
    standing: 'masked',
    label: {
      sv: 'Det barnet har sagt, och ett barns egna uppgifter från 15 år, visas inte för vårdnadshavaren av sig själv.',
      en: 'What the child has said, and from 15 years the child’s own information, is not shown to a guardian by itself.',
    },
    source: 'OSL 12:3',
    tag: 'C',
    lifting: 'unit-head',
  },
  UNDER_INVESTIGATION: {
    standing: 'masked',
    label: {
      sv: 'Uppgiften kommer från polisen; den tillfrågas innan den misstänkte får del av den.',
      en: 'The information is from the police, who are asked before the suspect is told.',
    },
    source: 'OSL 18:1, 10:3',
    tag: 'U',
    lifting: 'unit-head',
  },
  SAFE_CONTACT: {
    standing: 'masked',
    label: {
      sv: 'Säker kontaktväg maskeras: ett utdrag kan hamna i fel händer.',
      en: 'Safe contact is masked: an extract may fall into the wrong hands.',
    },
    source: 'OSL 21:3',
    tag: 'C',
    lifting: 'case-worker',
  },
  WHEREABOUTS: {
    standing: 'masked',
    label: {
      sv: 'Det som visar var någon bor, vistas, arbetar eller går i skola maskeras.',
      en: 'What tells where somebody lives, stays, works or goes to school is masked.',
    },
    source: 'OSL 21:3, {secrecy}',
    tag: 'C',
    lifting: 'case-worker',
  },
  OTHER_PERSON: {
    standing: 'masked',
    label: {
      sv: 'Uppgiften gäller någon annan än den som läser.',
      en: 'The information concerns somebody other than the reader.',
    },
    source: 'OSL {secrecy}, 12:2',
    tag: 'C',
    lifting: 'unit-head',
  },
  NO_BASIS: {
    standing: 'masked',
    label: {
      sv: 'Ingen grund öppnar uppgiften för den som läser av sig själv.',
      en: 'No basis opens the information to this reader by itself.',
    },
    source: 'OSL {secrecy}, 10:3',
    tag: 'C',
    lifting: 'unit-head',
  },
  MUST_BE_READ: {
    standing: 'read-first',
    label: {
      sv: 'Fri text måste läsas av en människa innan den lämnas ut.',
      en: 'Free text must be read by a person before it is released.',
    },
    source: 'OSL 10:3, {secrecy}',
    tag: 'INF',
    lifting: 'case-worker',
  },
} as const satisfies Record<string, InsightRule>;
export type InsightRuleId = keyof typeof INSIGHT_RULES;

/** The rules that withhold a whole answer from the strictest to the mildest; the first that applies gives the standing. */
export const STRICTNESS: Readonly<Record<Exclude<Standing, 'shown'>, number>> = {
  absent: 3,
  masked: 2,
  'read-first': 1,
};

/** The provision of a rule, as an authority of this kind cites it. */
export function provisionOf(rule: InsightRuleId, authority: InsightAuthority): string {
  const { section } = AUTHORITY_LAW[authority].secrecy;
  return INSIGHT_RULES[rule].source
    .replace('{secrecy}', section)
    .replace('{reporter}', authority === 'social-board' ? '26:5' : section);
}
