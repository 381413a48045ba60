import { HttpException } from '@nestjs/common';
import type { Refusal, RefusalCode } from '#domain';
import { RefusedException } from './refused.exception.js';

const BY_STATUS: Readonly<Record<number, RefusalCode>> = {
  400: 'INVALID_INPUT',
  401: 'UNAUTHENTICATED',
  403: 'NO_MANDATE',
  404: 'NOT_FOUND',
  405: 'NOT_FOUND',
  413: 'BODY_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  429: 'TOO_MANY_REQUESTS',
};

/** PostgreSQL: connection lost or refused, shutting down, starting, too many, or read-only after a failover. */
const DATABASE_AWAY = /^(08...|57P0[1-3]|53300|25006)$/;
const NETWORK_AWAY = /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EHOSTUNREACH|EAI_AGAIN)$/;

/** The refusal that answers whatever was thrown; an error nobody expected is `UNEXPECTED` and tells nothing. */
export function refusalOfError(error: unknown): Refusal {
  if (error instanceof RefusedException) return error.refusal;
  if (error instanceof HttpException) return { code: BY_STATUS[error.getStatus()] ?? 'UNEXPECTED' };
  const { code, statusCode } = traitsOf(error);
  if (code.startsWith('FST_ERR_CTP') || statusCode === 400) {
    return { code: BY_STATUS[statusCode] ?? 'INVALID_INPUT' };
  }
  if (isAway(error)) return { code: 'DEPENDENCY_UNAVAILABLE' };
  return { code: 'UNEXPECTED' };
}

/** True when the record could not be reached; nothing was done, or the retry finds what was. */
function isAway(error: unknown): boolean {
  const { code, message } = traitsOf(error);
  if (DATABASE_AWAY.test(code) || NETWORK_AWAY.test(code)) return true;
  // pg ends a broken connection with a plain Error: its text is the only sign there is.
  if (/^Connection terminated|timeout exceeded when trying to connect/.test(message)) return true;
  return error instanceof AggregateError && error.errors.some(isAway);
}

function traitsOf(error: unknown): { code: string; statusCode: number; message: string } {
  if (typeof error !== 'object' || error === null) return { code: '', statusCode: 0, message: '' };
  return {
    code: 'code' in error && typeof error.code === 'string' ? error.code : '',
    statusCode: 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 0,
    message: 'message' in error && typeof error.message === 'string' ? error.message : '',
  };
}
