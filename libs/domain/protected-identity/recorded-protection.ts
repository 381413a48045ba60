import type { LocalDate } from '#calendar';
import type { ProtectionAuthority, ProtectionLevel, ProtectionProvision } from './protection-levels.js';

/** A marking as OSL 5:5 wants it: provision, date and who decided; the days it holds, the last one included. */
export interface ProtectionMark {
  readonly act: 'mark';
  readonly level: ProtectionLevel;
  readonly authority: ProtectionAuthority;
  readonly provision: ProtectionProvision;
  readonly decidedOn: LocalDate;
  readonly from: LocalDate;
  /** Null while no end was decided (a protected registration may be time-limited). */
  readonly until: LocalDate | null;
}

/**
 * What a unit recorded about one person's protection.
 * `lift` ends what was marked or reported, `household-apart` says that she does not live with a protected person of the
 * incident: both need the entitled function. `register-shows-none` is a reading of the register, and no decision.
 */
export type ProtectionAct =
  | ProtectionMark
  | { readonly act: 'lift' }
  | { readonly act: 'household-apart' }
  | { readonly act: 'register-shows-none' };
export type ProtectionActName = ProtectionAct['act'];

/** The acts that lower a protection: by the entitled function alone, with reasons. */
export const LOWERING_ACTS: readonly ProtectionActName[] = ['lift', 'household-apart'];

/** What a unit's own records say of a person. `lapsed`: its last day has passed and nobody has decided anew. */
export type RecordedStanding = 'marked' | 'lapsed' | 'lifted' | 'register-shows-none' | 'nothing';

export interface RecordedProtection {
  readonly standing: RecordedStanding;
  readonly isApart: boolean;
  /** The marking that counts, or the last one that did. */
  readonly mark: ProtectionMark | null;
}

/**
 * Sums up a unit's records about a person, in the order in which they were made, as of a day. Time never lowers a
 * protection: one whose last day has passed is lapsed, which is treated as unreadable, until it is lifted or marked
 * anew. A reading of the register lowers nothing that was recorded.
 */
export function recordedProtection(acts: readonly ProtectionAct[], today: LocalDate): RecordedProtection {
  let standing: RecordedStanding = 'nothing';
  let isApart = false;
  let mark: ProtectionMark | null = null;
  for (const act of acts) {
    switch (act.act) {
      case 'mark':
        mark = act;
        standing = act.until !== null && act.until < today ? 'lapsed' : 'marked';
        break;
      case 'lift':
        standing = 'lifted';
        break;
      case 'household-apart':
        isApart = true;
        break;
      case 'register-shows-none':
        if (standing === 'nothing') standing = 'register-shows-none';
        break;
    }
  }
  return { standing, isApart, mark };
}
