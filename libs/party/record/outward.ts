import type { SubjectRole } from '#domain';
import { type Beholder, OutwardIds, type Side } from '#sealing';
import type { Caller } from '../identity/caller.js';

/** The side of the wall that a person's matters are on (DESIGN 2, Subject). */
export function sideOf(role: SubjectRole): Side {
  return role === 'alleged-perpetrator' ? 'perpetrator' : 'victim';
}

/** Ids of incidents and subjects, to and from what an authority sees. */
export class Outward {
  private readonly ids: OutwardIds;

  constructor(secret: Buffer) {
    this.ids = new OutwardIds(secret);
  }

  /** The id as the authority of the caller's unit sees it. */
  out(id: string, beholder: Beholder): string {
    return this.ids.outwardId(id, beholder);
  }

  /**
   * What an outward id may stand for, to this caller: one candidate for each authority and side she has. Those that
   * are nobody's id are found nowhere in the record.
   */
  candidates(outward: string, caller: Caller): string[] {
    const authorities = [...new Set(caller.mandates.flatMap(({ authority }) => authority ?? []))];
    const sides: readonly Side[] = ['victim', 'perpetrator'];
    return authorities.flatMap((authority) =>
      sides.flatMap((side) => this.ids.inwardId(outward, { authority, side }) ?? []),
    );
  }
}
