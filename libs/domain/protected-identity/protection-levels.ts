import type { Label } from '../wording/index.js';

/** The three levels of protected personal data (Skatteverket; domain.md B8). */
export const PROTECTION_LEVELS = {
  'confidentiality-flag': { sv: 'Sekretessmarkering', en: 'Confidentiality flag' },
  'protected-registration': { sv: 'Skyddad folkbokföring', en: 'Protected registration' },
  'assumed-identity': { sv: 'Fingerade personuppgifter', en: 'Assumed identity' },
} as const satisfies Record<string, Label>;
export type ProtectionLevel = keyof typeof PROTECTION_LEVELS;

/** Who decided it, as far as the unit knows. Assumed identities are decided by Polismyndigheten (domain.md B8). */
export const PROTECTION_AUTHORITIES = {
  'tax-agency': { sv: 'Skatteverket', en: 'Swedish Tax Agency' },
  'police-authority': { sv: 'Polismyndigheten', en: 'Police Authority' },
  'own-authority': { sv: 'Den egna myndigheten', en: 'Our own authority' },
  'another-authority': { sv: 'En annan myndighet', en: 'Another authority' },
} as const satisfies Record<string, Label>;
export type ProtectionAuthority = keyof typeof PROTECTION_AUTHORITIES;

/** The provision that a marking must state, beside its date and who decided it (OSL 5:5). */
export const PROTECTION_PROVISIONS = {
  'OSL-21-3': { sv: '21 kap. 3 § OSL', en: 'OSL 21:3' },
  'OSL-21-3-a': { sv: '21 kap. 3 a § OSL', en: 'OSL 21:3 a' },
  'OSL-22-2': { sv: '22 kap. 2 § OSL', en: 'OSL 22:2' },
  'OSL-22-3': { sv: '22 kap. 3 § OSL', en: 'OSL 22:3' },
  'OSL-26-1': { sv: '26 kap. 1 § OSL', en: 'OSL 26:1' },
  'FOL-16': { sv: '16 § folkbokföringslagen', en: 'Population Registration Act 16 §' },
  'FOL-17': { sv: '17 § folkbokföringslagen', en: 'Population Registration Act 17 §' },
} as const satisfies Record<string, Label>;
export type ProtectionProvision = keyof typeof PROTECTION_PROVISIONS;
