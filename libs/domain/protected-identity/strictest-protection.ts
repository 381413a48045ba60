import type { RecordedStanding } from './recorded-protection.js';

/** What the one disclosure policy is told of a person; `unreadable` counts as protected (C6). */
export type ProtectionStatus = 'no' | 'yes' | 'unreadable';

/** What the police reported (forms.md 1); `unknown` when nobody said, or when it was masked for this unit. */
export type ReportedProtection = 'YES' | 'NO' | 'UNREADABLE' | 'unknown';

export interface KnownOfPerson {
  readonly reported: ReportedProtection;
  readonly recorded: RecordedStanding;
  /** A recorded decision that she does not live with the protected person of the incident. */
  readonly isApart: boolean;
}

export interface StrictestProtection {
  readonly status: ProtectionStatus;
  /** Somebody said so, of her or of her household: the district is then asserted, never derived (domain.md B8). */
  readonly districtIsAsserted: boolean;
}

/**
 * The strictest that is known of a person: what was reported, what the unit recorded, and her household in the
 * incident, whose protection one member's address would give away. Only a recorded lift stands above a report.
 */
export function strictestProtection(
  person: KnownOfPerson,
  household: readonly KnownOfPerson[],
): StrictestProtection {
  const own = ownProtection(person);
  const others = person.isApart ? [] : household.map(ownProtection);
  const isProtectedByOthers = others.some(({ status }) => status !== 'no');
  return {
    status: own.status === 'no' && isProtectedByOthers ? 'unreadable' : own.status,
    districtIsAsserted: [own, ...others].some(({ districtIsAsserted }) => districtIsAsserted),
  };
}

function ownProtection({ reported, recorded }: KnownOfPerson): StrictestProtection {
  switch (recorded) {
    case 'marked':
      return { status: 'yes', districtIsAsserted: true };
    case 'lapsed':
      return { status: 'unreadable', districtIsAsserted: true };
    case 'lifted':
      return { status: 'no', districtIsAsserted: false };
    case 'register-shows-none':
    case 'nothing':
      return reportedProtection(reported, recorded === 'register-shows-none');
  }
}

/** A register that shows nothing answers for what nobody had said; it takes back nothing that somebody did say. */
function reportedProtection(reported: ReportedProtection, registerShowsNone: boolean): StrictestProtection {
  switch (reported) {
    case 'YES':
      return { status: 'yes', districtIsAsserted: true };
    case 'UNREADABLE':
      return { status: 'unreadable', districtIsAsserted: true };
    case 'NO':
      return { status: 'no', districtIsAsserted: false };
    case 'unknown':
      return { status: registerShowsNone ? 'no' : 'unreadable', districtIsAsserted: false };
  }
}

/** Any text as a report of protection: what is none is unknown, and so protected. */
export function reportedProtectionOf(text: string | null): ReportedProtection {
  return text === 'YES' || text === 'NO' || text === 'UNREADABLE' ? text : 'unknown';
}
