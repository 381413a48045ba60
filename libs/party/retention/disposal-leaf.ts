import { makeLeaf } from '#audit';
import type { DisposalEntity } from './disposal.entity.js';

/** A disposal that is being carried out, and the party's units of its authority. */
export interface ApprovedDisposal {
  readonly disposal: DisposalEntity & { readonly decidedBy: string; readonly decidedAt: Date };
  readonly units: readonly string[];
}

/** What is done by a decision carries the person who decided, as the last of the two. */
export function leafOf(
  { authority, unitId, decidedBy, id }: ApprovedDisposal['disposal'],
  at: Date,
  action: string,
  code = 'OK',
) {
  return makeLeaf({
    at,
    authority,
    unitId,
    person: decidedBy,
    kind: 'command',
    action,
    target: { kind: 'disposal', id },
    code,
  });
}
