import { StandardSchemaValidationPipe } from '@nestjs/common';
import type { FieldError } from '#domain';
import { RefusedException } from './refused.exception.js';

interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
  /** Of a union: what each alternative says. */
  readonly errors?: readonly (readonly Issue[])[] | undefined;
}

/** Which field, and what it must be; what was written there is never repeated. At most fifty. */
export function fieldErrorsOf(issues: readonly Issue[]): FieldError[] {
  return issues
    .flatMap(withinAlternatives)
    .slice(0, 50)
    .map(({ message, path = [] }) => ({
      field: path.map((part) => String(typeof part === 'object' ? part.key : part)).join('.') || '(body)',
      message,
    }));
}

/** Of "unknown" or an answer with parts, what is wrong is the part: the alternative that was read furthest says which. */
function withinAlternatives(issue: Issue): readonly Issue[] {
  const furthest = issue.errors?.find((alternative) => alternative.some(({ path = [] }) => path.length > 0));
  if (furthest === undefined) return [issue];
  return furthest
    .flatMap(withinAlternatives)
    .map((one) => ({ ...one, path: [...(issue.path ?? []), ...(one.path ?? [])] }));
}

/** Parses at the border; a parameter with a schema that does not fit is `INVALID_INPUT` (house-style 2). */
export function createValidationPipe(): StandardSchemaValidationPipe {
  return new StandardSchemaValidationPipe({
    // Without it a schema on a custom parameter decorator is silently not applied (verified.md).
    validateCustomDecorators: true,
    exceptionFactory: (issues) =>
      new RefusedException({ code: 'INVALID_INPUT', errors: fieldErrorsOf(issues) }),
  });
}
