import type { SidePattern } from './disclosure-side.js';
import { EVERYONE, type MatrixRow, type NotUsable } from './matrix-row.js';

const CITY: SidePattern = { authorities: ['social-board'] };
const SOCIAL: SidePattern = { authorities: ['social-board', 'other-social-board'] };
const SOCIAL_AND_HEALTH: SidePattern = { authorities: ['social-board', 'other-social-board', 'health'] };
const POLICE: SidePattern = { authorities: ['police'] };
const POLICE_AND_PROSECUTOR: SidePattern = { authorities: ['police', 'prosecutor'] };
const CRIME_FIGHTING: SidePattern = {
  authorities: ['police', 'prosecutor', 'security-police', 'enforcement', 'tax', 'customs'],
};

/** What opens beside a handover: against crime, on request, back to a reporter, to the persons themselves. */
export const OTHER_ROWS: readonly MatrixRow[] = [
  {
    id: 'X-03/under-21',
    basis: 'X-03',
    from: SOCIAL,
    to: POLICE,
    subjects: ['alleged-perpetrator'],
    purposes: ['crime-prevention'],
    opens: { set: 'risk-to-close-person', concerns: ['alleged-perpetrator'] },
  },
  {
    id: 'X-04/risk-to-close-person',
    basis: 'X-04',
    from: SOCIAL_AND_HEALTH,
    to: POLICE,
    subjects: ['alleged-perpetrator'],
    purposes: ['crime-prevention'],
    opens: { set: 'risk-to-close-person', concerns: ['alleged-perpetrator', 'victim'] },
  },
  {
    id: 'X-05/crime-against-child',
    basis: 'X-05',
    from: SOCIAL_AND_HEALTH,
    to: POLICE_AND_PROSECUTOR,
    subjects: ['child'],
    purposes: ['crime-investigation'],
    opens: { set: 'suspected-crime', concerns: EVERYONE },
  },
  {
    id: 'X-06/crime-committed',
    basis: 'X-06',
    from: SOCIAL_AND_HEALTH,
    to: POLICE_AND_PROSECUTOR,
    subjects: ['alleged-perpetrator', 'victim'],
    purposes: ['crime-investigation'],
    opens: { set: 'suspected-crime', concerns: EVERYONE },
  },
  {
    id: 'X-07/immediate-intervention',
    basis: 'X-07',
    from: SOCIAL,
    to: POLICE,
    subjects: ['child'],
    purposes: ['immediate-intervention'],
    opens: { set: 'of-the-form', concerns: ['incident', 'child', 'staff'] },
  },
  {
    id: 'X-08/against-crime',
    basis: 'X-08',
    // 25:1–5 is excluded: health care cannot use it.
    from: SOCIAL,
    to: CRIME_FIGHTING,
    subjects: ['alleged-perpetrator', 'victim'],
    purposes: ['crime-prevention', 'crime-investigation'],
    opens: { set: 'suspected-crime', concerns: EVERYONE },
  },
  {
    id: 'X-13/feedback-to-reporter',
    basis: 'X-13',
    from: SOCIAL,
    to: { authorities: ['police', 'health', 'prison', 'partner', 'social-board'], persons: ['reporter'] },
    subjects: ['child'],
    purposes: ['feedback-to-reporter'],
    opens: { set: 'report-outcome', concerns: ['child'] },
  },
  {
    id: 'X-15/who-reported',
    basis: 'X-15',
    from: SOCIAL,
    to: { persons: ['the-person', 'guardian', 'counsel'] },
    subjects: ['victim', 'child', 'alleged-perpetrator'],
    purposes: ['insight'],
    opens: { set: 'reporter-identity', concerns: ['reporter'] },
  },
  {
    id: 'X-16/contact-details',
    basis: 'X-16',
    from: { authorities: ['social-board', 'other-social-board', 'health', 'partner'] },
    to: CRIME_FIGHTING,
    subjects: ['victim', 'alleged-perpetrator'],
    purposes: ['contact-details-on-request'],
    opens: { set: 'contact-details', concerns: ['victim', 'alleged-perpetrator'] },
  },
  {
    id: 'X-18/stay-in-accommodation',
    basis: 'X-18',
    from: SOCIAL,
    to: {
      authorities: ['court', 'prosecutor', 'police', 'security-police', 'enforcement', 'tax', 'customs'],
    },
    subjects: ['victim', 'child'],
    purposes: ['whereabouts-on-request'],
    opens: { set: 'stay-in-accommodation', concerns: ['victim', 'child'] },
  },
  {
    id: 'X-19/protected-registration',
    basis: 'X-19',
    from: SOCIAL,
    to: { authorities: ['tax'] },
    subjects: ['victim', 'child'],
    purposes: ['population-register'],
    opens: { set: 'protected-registration', concerns: ['victim', 'child'] },
  },
  {
    id: 'X-20/known-to-the-board',
    basis: 'X-20',
    from: CITY,
    to: CITY,
    subjects: ['victim', 'child'],
    purposes: ['known-to-the-board'],
    opens: { set: 'is-known', concerns: ['victim', 'child', 'alleged-perpetrator'] },
  },
  {
    id: 'X-21/release/to-the-police',
    basis: 'X-21',
    from: { authorities: ['prison'] },
    to: POLICE_AND_PROSECUTOR,
    subjects: ['alleged-perpetrator'],
    purposes: ['release-notice'],
    opens: { set: 'release', concerns: ['alleged-perpetrator'] },
  },
  {
    id: 'X-21b/release/to-the-injured-party',
    basis: 'X-21b',
    from: { authorities: ['prison'] },
    to: { persons: ['the-person'] },
    subjects: ['victim'],
    purposes: ['release-notice'],
    opens: { set: 'release', concerns: ['alleged-perpetrator'] },
  },
  {
    id: 'X-22/legal-information',
    basis: 'X-22',
    from: POLICE,
    to: { persons: ['the-person', 'counsel'] },
    subjects: ['victim', 'child'],
    purposes: ['legal-information'],
    opens: { set: 'legal-information', concerns: ['victim', 'child'] },
  },

  // What the sender of an offer sees afterwards.
  {
    id: 'X-ACK/handover-status',
    basis: 'X-ACK',
    from: { authorities: ['police', 'social-board', 'other-social-board', 'health', 'partner'] },
    to: { authorities: ['police', 'social-board', 'other-social-board', 'health', 'partner'] },
    subjects: ['victim', 'child', 'alleged-perpetrator'],
    purposes: ['handover-status'],
    opens: { set: 'handover-status', concerns: ['incident'] },
  },
  {
    id: 'X-01/adult/after-acceptance',
    basis: 'X-01',
    from: { authorities: ['police', 'social-board', 'other-social-board', 'health', 'partner'] },
    to: { authorities: ['police', 'social-board', 'other-social-board', 'health', 'partner'] },
    subjects: ['victim'],
    purposes: ['handover-status'],
    opens: { set: 'after-acceptance', concerns: ['incident', 'victim'] },
  },

  // Within the unit; insight.
  {
    id: 'X-OWN/own-unit',
    basis: 'X-OWN',
    from: { authorities: ['police', 'social-board', 'other-social-board', 'health', 'partner'] },
    to: { authorities: ['police', 'social-board', 'other-social-board', 'health', 'partner'] },
    subjects: ['victim', 'child'],
    purposes: ['own-work', 'case-file'],
    opens: { set: 'own-file', concerns: EVERYONE },
  },
  {
    // Who works with him needs nothing of her or a child to do it, though the same unit may hold their matters too.
    id: 'X-OWN/alleged-perpetrator',
    basis: 'X-OWN',
    from: { authorities: ['police', 'social-board', 'other-social-board', 'health', 'partner'] },
    to: { authorities: ['police', 'social-board', 'other-social-board', 'health', 'partner'] },
    subjects: ['alleged-perpetrator'],
    purposes: ['own-work', 'case-file'],
    opens: { set: 'own-file', concerns: ['incident', 'alleged-perpetrator', 'staff'] },
  },
  {
    id: 'X-INSIGHT/own-information',
    basis: 'X-INSIGHT',
    from: { authorities: ['police', 'social-board', 'other-social-board', 'health', 'partner'] },
    to: { persons: ['the-person', 'counsel'] },
    subjects: ['victim', 'alleged-perpetrator'],
    purposes: ['insight'],
    opens: { set: 'of-the-form', concerns: ['incident', 'victim', 'alleged-perpetrator', 'staff'] },
  },
  {
    id: 'X-INSIGHT/child',
    basis: 'X-INSIGHT',
    from: { authorities: ['police', 'social-board', 'other-social-board', 'health', 'partner'] },
    to: { persons: ['the-person', 'counsel'] },
    subjects: ['child'],
    purposes: ['insight'],
    opens: { set: 'of-the-form', concerns: ['incident', 'child', 'staff'] },
  },
  {
    id: 'X-GUARDIAN/child',
    basis: 'X-GUARDIAN',
    from: { authorities: ['police', 'social-board', 'other-social-board', 'health', 'partner'] },
    to: { persons: ['guardian'] },
    subjects: ['child'],
    purposes: ['insight'],
    opens: { set: 'of-the-form', concerns: ['incident', 'child', 'staff'] },
  },
];

/** Refusals as data: asked for, each says which rule and what would make it lawful (domain.md B6). */
export const NOT_USABLE_ROWS: readonly NotUsable[] = [
  {
    id: 'X-09/social-services-and-health',
    basis: 'X-09',
    from: { authorities: ['social-board', 'other-social-board', 'health'] },
    to: {
      authorities: [
        'police',
        'social-board',
        'other-social-board',
        'health',
        'prosecutor',
        'court',
        'security-police',
        'enforcement',
        'tax',
        'customs',
        'prison',
        'partner',
        'coordination',
      ],
    },
    rule: {
      sv: 'Generalklausulen (OSL 10:27) gäller inte för sekretess enligt 25 kap. 1–8 §§ eller 26 kap. 1–6 §§.',
      en: 'The general clause (OSL 10:27) does not apply to secrecy under 25:1–8 or 26:1–6.',
    },
    lawfulIf: {
      sv: 'Lagligt med samtycke (12:2), eller om en av 10:18 a–23, 25:12–13 eller 26:9 är uppfylld.',
      en: 'Lawful with consent (12:2), or if one of 10:18 a–23, 25:12–13 or 26:9 is met.',
    },
    source: 'OSL 10:27 (X-09)',
    validFrom: null,
    validUntil: null,
  },
  {
    id: 'X-14/individual-and-family-care',
    basis: 'X-14',
    from: { authorities: ['social-board', 'other-social-board'] },
    to: { authorities: ['social-board', 'other-social-board'] },
    rule: {
      sv: 'OSL 26:9 c gäller äldre, personer med funktionsnedsättning och LSS, inte individ- och familjeomsorg.',
      en: 'OSL 26:9 c is for the elderly, persons with disabilities and LSS, not for individual and family care.',
    },
    lawfulIf: {
      sv: 'Lagligt med samtycke, enligt 26:9 för någon under 18, eller efter ett enskilt beslut.',
      en: 'Lawful with consent, by 26:9 for someone under 18, or after an individual decision.',
    },
    source: 'OSL 26:9 c (X-14)',
    validFrom: '2025-07-01',
    validUntil: null,
  },
  {
    id: 'X-17/municipality-to-crime-fighting',
    basis: 'X-17',
    from: { authorities: ['social-board', 'other-social-board', 'health'] },
    to: CRIME_FIGHTING,
    rule: {
      sv: 'Skyldigheten i lag 2025:170 6 § gäller inte uppgifter under 26 kap. 1–6 §§ eller 25 kap. 1–8 och 15 §§ OSL (8 §).',
      en: 'The duty in act 2025:170 section 6 does not apply to information under OSL 26:1–6 or 25:1–8 and 15 (section 8).',
    },
    lawfulIf: {
      sv: 'Lagligt på begäran om kontaktuppgifter (4 §), eller enligt 10:15 a, 18 a–23.',
      en: 'Lawful for contact details on request (section 4), or by 10:15 a, 18 a–23.',
    },
    source: 'Lag 2025:170 6, 8 §§ (X-17)',
    validFrom: '2025-04-01',
    validUntil: null,
  },
];
