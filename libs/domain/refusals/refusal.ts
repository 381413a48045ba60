import type { RefusalCode } from './refusal-codes.js';

/** What is wrong with one field of the input; `field` is a dotted path, `message` a sentence to act on. */
export interface FieldError {
  readonly field: string;
  readonly message: string;
}

/**
 * A command that was understood and not carried out. A value, never thrown.
 * `current` is the state as it is now, for a lost race only and only what the caller may see.
 */
export interface Refusal {
  readonly code: RefusalCode;
  readonly errors?: readonly FieldError[];
  readonly current?: unknown;
}

/** The outcome of a pure decision: a value, or a refusal with a stable code. */
export type Result<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly refusal: Refusal };

/** A successful result. */
export function succeed<Value>(value: Value): Result<Value> {
  return { ok: true, value };
}

/** A refused result; `details` names the fields, or carries the current state of a lost race. */
export function refuse(
  code: RefusalCode,
  details: { errors?: readonly FieldError[]; current?: unknown } = {},
): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal: { code, ...details } };
}
