import { isChildOn, isKnown, type ReportedChild, type ReportIncident, readPersonalNumber } from '#contracts';

/**
 * A person reported as a child who is eighteen on the day is an adult victim (forms.md 1): nothing is refused for it,
 * and the answer says so. `day` is local in Europe/Stockholm.
 */
export function retypeAdults(
  report: ReportIncident,
  day: string,
): { report: ReportIncident; retyped: string[] } {
  const adults = report.children.filter((child) => isAdultOn(child, day));
  const refs = adults.map(({ ref }) => ref);
  if (refs.length === 0) return { report, retyped: [] };
  return {
    retyped: refs,
    report: {
      ...report,
      children: report.children.filter(({ ref }) => !refs.includes(ref)),
      victims: [...report.victims, ...adults.map(asVictim)],
      suspects: report.suspects.map((suspect) => ({
        ...suspect,
        guardianOf:
          suspect.guardianOf === 'unknown'
            ? suspect.guardianOf
            : suspect.guardianOf.filter((ref) => !refs.includes(ref)),
      })),
    },
  };
}

/** A checked number outweighs a birth date that was typed, and both an age. */
function isAdultOn(child: ReportedChild, day: string): boolean {
  const numbered = isKnown(child.number) ? readPersonalNumber(child.number).birthDate : null;
  const birthDate = numbered ?? (isKnown(child.birthDate) ? child.birthDate : null);
  if (birthDate !== null) return !isChildOn(birthDate, day);
  return isKnown(child.age) && child.age >= 18;
}

function asVictim({
  ref,
  name,
  number,
  birthDate,
  residence,
  protectedStatus,
  assertedDistrict,
}: ReportedChild) {
  return {
    ref,
    name,
    number,
    birthDate,
    residence,
    protectedStatus,
    ...(assertedDistrict === undefined ? {} : { assertedDistrict }),
    wantsContact: 'NOT_ASKED' as const,
    consent: 'unknown' as const,
  };
}
