import type { Concerns } from '../forms/index.js';
import type { SidePattern } from './disclosure-side.js';
import { EVERYONE, type MatrixRow } from './matrix-row.js';

const SOCIAL: SidePattern = { authorities: ['social-board', 'other-social-board'] };
const CITY: SidePattern = { authorities: ['social-board'] };
const HEALTH: SidePattern = { authorities: ['health'] };
const POLICE: SidePattern = { authorities: ['police'] };
const OTHER_MUNICIPALITY: SidePattern = { authorities: ['other-social-board'] };
const NIGHT_OR_RVT: SidePattern = { units: ['socialjouren', 'rvt'] };
const NIGHT_OR_BOU: SidePattern = { units: ['socialjouren', 'bou'] };
const FOR_ADULTS: SidePattern = { units: ['rvt', 'rvc', 'district-service'] };
const RVC: SidePattern = { units: ['rvc'] };
const PARTNER: SidePattern = { authorities: ['partner'] };

/** What an adult's own yes, or a decision about her, opens: hers, and what is nobody's in particular. */
const HERS: readonly Concerns[] = ['incident', 'victim', 'staff'];
/** A weighing about an adult covers what is known of the suspect too; her consent never does. */
const HERS_AND_HIS: readonly Concerns[] = [...HERS, 'alleged-perpetrator'];
const HIS: readonly Concerns[] = ['alleged-perpetrator', 'staff'];

const form = (concerns: readonly Concerns[]): MatrixRow['opens'] => ({ set: 'of-the-form', concerns });

/** What opens on the ways of a handover (X-01, X-02, X-02b, X-09…X-12, X-IND, X-IN). */
export const HANDOVER_ROWS: readonly MatrixRow[] = [
  // A child: the report, and onward between those who must help it.
  {
    id: 'X-02/report-to-social-services',
    basis: 'X-02',
    from: { authorities: ['police', 'health', 'prison', 'partner'] },
    to: SOCIAL,
    subjects: ['child'],
    purposes: ['child-protection'],
    // Lämna alla uppgifter av betydelse: whomever it concerns.
    opens: form(EVERYONE),
  },
  {
    id: 'X-11/child/socialjouren-and-district',
    basis: 'X-11',
    from: NIGHT_OR_BOU,
    to: NIGHT_OR_BOU,
    subjects: ['child'],
    purposes: ['child-protection'],
    opens: form(EVERYONE),
  },
  {
    id: 'X-11/child/other-municipality',
    basis: 'X-11',
    from: NIGHT_OR_BOU,
    to: OTHER_MUNICIPALITY,
    subjects: ['child'],
    purposes: ['child-protection'],
    opens: form(EVERYONE),
  },
  {
    // Who works with the adults learns of the child, and tells who protects it.
    id: 'X-11/child/from-the-adults-units',
    basis: 'X-11',
    from: FOR_ADULTS,
    to: NIGHT_OR_BOU,
    subjects: ['child'],
    purposes: ['child-protection'],
    opens: form(EVERYONE),
  },
  {
    id: 'X-11/child/support-and-care',
    basis: 'X-11',
    from: CITY,
    to: { authorities: ['social-board', 'other-social-board', 'health'] },
    subjects: ['child'],
    purposes: ['child-support', 'mental-health', 'protected-housing'],
    opens: form(['incident', 'child', 'victim', 'staff']),
  },
  {
    id: 'X-11b/adult/misuse-or-compulsory-care',
    basis: 'X-11b',
    from: CITY,
    to: { authorities: ['social-board', 'other-social-board', 'health'] },
    subjects: ['victim'],
    purposes: ['adult-safety', 'adult-support', 'mental-health', 'protected-housing'],
    opens: form(HERS),
  },
  {
    id: 'X-11c/unborn',
    basis: 'X-11c',
    from: { authorities: ['social-board', 'health'] },
    to: { authorities: ['social-board', 'other-social-board', 'health'] },
    subjects: ['victim'],
    purposes: ['adult-safety', 'adult-support', 'mental-health', 'protected-housing'],
    opens: form(HERS),
  },
  {
    id: 'X-10/child/health-to-social-services',
    basis: 'X-10',
    from: HEALTH,
    to: SOCIAL,
    subjects: ['child'],
    purposes: ['child-support', 'mental-health', 'protected-housing'],
    opens: form(['incident', 'child', 'victim', 'staff']),
  },
  {
    id: 'X-10b/adult/health-to-social-services',
    basis: 'X-10b',
    from: HEALTH,
    to: SOCIAL,
    subjects: ['victim'],
    purposes: ['adult-safety', 'adult-support', 'mental-health', 'protected-housing'],
    opens: form(HERS),
  },
  {
    id: 'X-12/cannot-consent',
    basis: 'X-12',
    from: HEALTH,
    to: { authorities: ['social-board', 'other-social-board', 'health'] },
    subjects: ['victim', 'child'],
    purposes: ['adult-safety', 'adult-support', 'mental-health', 'protected-housing'],
    opens: form(['incident', 'victim', 'child', 'staff']),
  },

  // An adult, from the police: consent preferred, else a recorded weighing.
  {
    // Support through the legal process too: the way for whom social services do not know yet (R-009, C-22).
    id: 'X-01/adult/from-the-police',
    basis: 'X-01',
    from: POLICE,
    to: SOCIAL,
    subjects: ['victim'],
    purposes: ['adult-safety', 'legal-process'],
    opens: form(HERS),
  },
  {
    id: 'X-02b/adult/from-the-police',
    basis: 'X-02b',
    from: POLICE,
    to: SOCIAL,
    subjects: ['victim'],
    purposes: ['adult-safety'],
    opens: form(HERS_AND_HIS),
  },
  {
    id: 'X-09/police-information',
    basis: 'X-09',
    from: POLICE,
    to: { authorities: ['health', 'prosecutor', 'prison'] },
    subjects: ['victim', 'child', 'alleged-perpetrator'],
    purposes: ['mental-health', 'crime-prevention'],
    opens: form(HERS_AND_HIS),
  },

  // An adult, between social services: consent, else an individual decision.
  ...adult('socialjouren-and-district', NIGHT_OR_RVT, NIGHT_OR_RVT, ['adult-safety']),
  ...adult('rvt-rvc-and-district-services', FOR_ADULTS, FOR_ADULTS, ['adult-support', 'adult-safety']),
  ...adult('other-municipality', NIGHT_OR_RVT, OTHER_MUNICIPALITY, ['adult-safety', 'adult-support']),
  ...adult('back-to-the-police', NIGHT_OR_RVT, POLICE, ['adult-safety']),
  ...adult('legal-support-back-to-the-police', RVC, POLICE, ['legal-process']),
  ...adult('housing-and-court', CITY, SOCIAL, ['protected-housing', 'legal-process']),
  {
    id: 'X-01/adult/to-health-care',
    basis: 'X-01',
    from: CITY,
    to: HEALTH,
    subjects: ['victim'],
    purposes: ['mental-health'],
    opens: form(HERS),
  },
  {
    id: 'X-01/adult/from-health-care',
    basis: 'X-01',
    from: HEALTH,
    to: SOCIAL,
    subjects: ['victim'],
    purposes: ['mental-health', 'adult-safety', 'adult-support'],
    opens: form(HERS),
  },
  {
    id: 'X-01/adult/within-health-care',
    basis: 'X-01',
    from: HEALTH,
    to: HEALTH,
    subjects: ['victim'],
    purposes: ['mental-health'],
    opens: form(HERS),
  },
  // Private partners have a silence of their own (SoL 17:11), and no section opens for them: her yes does.
  {
    id: 'X-01/adult/to-partners',
    basis: 'X-01',
    from: CITY,
    to: PARTNER,
    subjects: ['victim'],
    purposes: ['adult-safety', 'adult-support', 'protected-housing', 'legal-process'],
    opens: form(HERS),
  },
  {
    id: 'X-01/adult/from-partners',
    basis: 'X-01',
    from: PARTNER,
    to: SOCIAL,
    subjects: ['victim'],
    purposes: ['adult-safety', 'adult-support', 'protected-housing', 'legal-process'],
    opens: form(HERS),
  },
  {
    id: 'X-01/child/to-partners',
    basis: 'X-01',
    from: CITY,
    to: PARTNER,
    subjects: ['child'],
    purposes: ['child-support', 'protected-housing'],
    opens: form(['incident', 'child', 'staff']),
  },
  {
    id: 'X-01/child/from-partners',
    basis: 'X-01',
    from: PARTNER,
    to: SOCIAL,
    subjects: ['child'],
    purposes: ['child-support', 'protected-housing'],
    opens: form(['incident', 'child', 'staff']),
  },
  {
    // A child whom a guardian or a court lets go with her: the house must know whom it takes (2024:79, domain.md B5).
    id: 'X-IND/child/to-a-house',
    basis: 'X-IND',
    from: CITY,
    to: PARTNER,
    subjects: ['child'],
    purposes: ['protected-housing'],
    opens: form(['incident', 'child', 'staff']),
  },
  {
    id: 'X-01/child/support',
    basis: 'X-01',
    from: { authorities: ['social-board', 'health'] },
    to: { authorities: ['social-board', 'other-social-board', 'health'] },
    subjects: ['child'],
    purposes: ['child-support', 'mental-health', 'protected-housing', 'legal-process'],
    opens: form(['incident', 'child', 'staff']),
  },

  // Him: his own yes and his own part only, composed apart from hers (DESIGN 6.2).
  {
    id: 'X-01/alleged-perpetrator/change',
    basis: 'X-01',
    from: { authorities: ['police', 'social-board', 'other-social-board', 'health', 'prison', 'partner'] },
    to: { authorities: ['social-board', 'other-social-board', 'health', 'partner'] },
    subjects: ['alleged-perpetrator'],
    purposes: ['perpetrator-change', 'adult-support', 'mental-health'],
    opens: form(HIS),
  },

  // Within one authority, and within one's own unit.
  {
    id: 'X-IN/within-one-authority/adult',
    basis: 'X-IN',
    from: CITY,
    to: CITY,
    subjects: ['victim'],
    purposes: ['adult-safety', 'adult-support', 'protected-housing', 'legal-process'],
    opens: form(HERS_AND_HIS),
  },
  {
    id: 'X-IN/within-one-authority/child',
    basis: 'X-IN',
    from: CITY,
    to: CITY,
    subjects: ['child'],
    purposes: ['child-support', 'protected-housing', 'legal-process'],
    opens: form(['incident', 'child', 'staff']),
  },
  {
    id: 'X-IN/within-one-authority/care',
    basis: 'X-IN',
    from: HEALTH,
    to: HEALTH,
    subjects: ['victim', 'child'],
    purposes: ['mental-health'],
    opens: form(['incident', 'victim', 'child', 'staff']),
  },
];

function adult(
  way: string,
  from: SidePattern,
  to: SidePattern,
  purposes: MatrixRow['purposes'],
): readonly MatrixRow[] {
  const shared = { from, to, subjects: ['victim'], purposes } as const;
  return [
    { id: `X-01/adult/${way}`, basis: 'X-01', ...shared, opens: form(HERS) },
    { id: `X-IND/adult/${way}`, basis: 'X-IND', ...shared, opens: form(HERS_AND_HIS) },
  ];
}
