import { localDateOfInstant } from '#calendar';
import { ageOnDay } from '#contracts';
import type { ProtectedIdentity, Residence, SubjectRole } from '#domain';
import { answersTo, type KnownAnswer } from '../content/known-answer.js';
import { knownProtection } from '../protected-identity/known-protection.js';

/** What is known of where a person lives and whether that is protected, from the answers about her. */
export interface Whereabouts {
  readonly residence: Residence | null;
  readonly protectedIdentity: ProtectedIdentity;
}

/**
 * Reads residence and protection out of the answers, the strictest that is known. Protected data are routed by an asserted district alone
 * (domain.md B8); when nobody could say, the area that was told routes and everything that tells where is sealed apart.
 */
export function whereaboutsOf(
  known: readonly KnownAnswer[],
  subject: { readonly id: string; readonly role: SubjectRole },
): Whereabouts {
  const { status, districtIsAsserted, assertedDistrict } = knownProtection(known, subject);
  if (districtIsAsserted) {
    return { residence: { protection: 'protected', assertedDistrict }, protectedIdentity: status };
  }
  const place = areaOf(identityOf(known, subject)?.value);
  return {
    residence: place === null ? null : { protection: 'none', place },
    protectedIdentity: status,
  };
}

function identityOf(
  known: readonly KnownAnswer[],
  subject: { readonly id: string; readonly role: SubjectRole },
): KnownAnswer | undefined {
  const own =
    subject.role === 'child'
      ? 'child.identity'
      : subject.role === 'victim'
        ? 'victim.identity'
        : 'suspect.identity';
  return [own, 'subject.identity'].flatMap((field) => answersTo(known, field, subject.id))[0];
}

/** Whole years on the day of the instant in Stockholm, from birth date or told age; null when nobody knows. */
export function ageOf(
  known: readonly KnownAnswer[],
  subject: { readonly id: string; readonly role: SubjectRole },
  at: Date,
): number | null {
  const identity = identityOf(known, subject)?.value;
  const birthDate = property(identity, 'birthDate');
  if (typeof birthDate === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(birthDate)) {
    return Math.max(0, ageOnDay(birthDate, localDateOfInstant(at)));
  }
  if (property(identity, 'unborn') === true) return 0;
  const age = property(identity, 'age');
  return typeof age === 'number' ? age : null;
}

/** The stadsdel if it is known, else the municipality. */
function areaOf(identity: unknown): string | null {
  const residence = property(identity, 'residence');
  const subdistrict = property(residence, 'subdistrict');
  if (typeof subdistrict === 'string' && subdistrict !== 'unknown') return subdistrict;
  const municipality = property(residence, 'municipality');
  return typeof municipality === 'string' && municipality !== 'unknown' ? municipality : null;
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
