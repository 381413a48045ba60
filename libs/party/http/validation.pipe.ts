import { StandardSchemaValidationPipe } from '@nestjs/common';
import type { FieldError } from '#domain';
import { RefusedException } from './refused.exception.js';

interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** Which field, and what it must be; what was written there is never repeated. At most fifty. */
export function fieldErrorsOf(issues: readonly Issue[]): FieldError[] {
  return issues.slice(0, 50).map(({ message, path = [] }) => ({
    field: path.map((part) => String(typeof part === 'object' ? part.key : part)).join('.') || '(body)',
    message,
  }));
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
