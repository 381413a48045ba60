import type { Residence, SubjectOfDisclosure, SubjectRole } from '#domain';
import { answersTo, type KnownAnswer } from '../content/known-answer.js';

/** What is known of where a person lives and whether that is protected, from the answers about her. */
export interface Whereabouts {
  readonly residence: Residence | null;
  readonly protectedIdentity: SubjectOfDisclosure['protectedIdentity'];
}

/**
 * Reads residence and protection out of the answers. Protected data are routed by an asserted district alone
 * (domain.md B8); when nobody could say, the area that was told routes and everything that tells where is sealed apart.
 */
export function whereaboutsOf(
  known: readonly KnownAnswer[],
  subject: { readonly id: string; readonly role: SubjectRole },
): Whereabouts {
  const status = textOf(answersTo(known, 'protected.status', subject.id)[0]);
  if (status === 'YES' || status === 'UNREADABLE') {
    const district = textOf(answersTo(known, 'protected.asserted-district', subject.id)[0]);
    return {
      residence: { protection: 'protected', assertedDistrict: district === 'unknown' ? null : district },
      protectedIdentity: status === 'YES' ? 'yes' : 'unreadable',
    };
  }
  const place = areaOf(identityOf(known, subject)?.value);
  return {
    residence: place === null ? null : { protection: 'none', place },
    protectedIdentity: status === 'NO' ? 'no' : 'unreadable',
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

function textOf(answer: KnownAnswer | undefined): string | null {
  return typeof answer?.value === 'string' ? answer.value : null;
}
