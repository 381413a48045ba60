import { QueryFailedError } from 'typeorm';
import { REFUSALS, type Refusal, type RefusalCode, refuse } from '#domain';

const GUARD_REFUSED = 'HS001';
const UNIQUE_VIOLATION = '23505';

/** The constraint that a lost race or a double runs into, and what it means to a person. */
const CONSTRAINTS: Readonly<Record<string, RefusalCode>> = {
  one_open_handoff: 'OPEN_HANDOFF_EXISTS',
  one_dispatch_a_preview: 'PREVIEW_USED',
  event_in_order: 'STALE_VERSION',
  event_no_fork: 'STALE_VERSION',
};

/** What the database refused, as a refusal for people; null for everything that is a fault and must be thrown on. */
export function refusalOfDatabase(error: unknown): Refusal | null {
  if (!(error instanceof QueryFailedError)) return null;
  const cause: unknown = error.driverError;
  if (typeof cause !== 'object' || cause === null || !('code' in cause)) return null;
  if (cause.code === GUARD_REFUSED && 'message' in cause && isRefusalCode(cause.message)) {
    return refuse(cause.message).refusal;
  }
  if (cause.code === UNIQUE_VIOLATION && 'constraint' in cause && typeof cause.constraint === 'string') {
    const code = CONSTRAINTS[cause.constraint];
    return code === undefined ? null : refuse(code).refusal;
  }
  return null;
}

function isRefusalCode(message: unknown): message is RefusalCode {
  return typeof message === 'string' && Object.hasOwn(REFUSALS, message);
}
