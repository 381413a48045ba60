import type { Caller as CustodyCaller } from '#custody';
import { type PersonId, unitId } from '#domain';
import type { Idempotency } from '../http/headers.decorator.js';
import { type Caller, unitsOf } from '../identity/caller.js';

/** The caller as custody's commands know her: the person of the token and every unit she works for here. */
export function asCustodyCaller(caller: Caller, idempotency: Idempotency): CustodyCaller {
  return {
    // The token was checked at the door: this is where its subject becomes the person of the record.
    person: caller.person as PersonId,
    units: unitsOf(caller).map(unitId),
    idempotency,
  };
}
