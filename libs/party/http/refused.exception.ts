import type { Refusal, RefusalCode, Result } from '#domain';

/** Carries a refusal from a guard or a controller to the one place that answers it. Never crosses a domain border. */
export class RefusedException extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.code);
    this.name = 'RefusedException';
  }
}

/** Throws the refusal with this code at the door. */
export function refuseAtDoor(code: RefusalCode, details: Omit<Refusal, 'code'> = {}): never {
  throw new RefusedException({ code, ...details });
}

/** The value of a result; a refused one goes to the filter. */
export function valueOrRefuse<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new RefusedException(result.refusal);
  return result.value;
}
