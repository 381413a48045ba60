import { applyDecorators, HttpCode, SerializeOptions } from '@nestjs/common';
import { ApiProduces, ApiResponse } from '@nestjs/swagger';
import type { z } from 'zod';
import { ProblemSchema } from '#contracts';

export interface ReturnsOptions {
  /** 200 unless said: a command that made something says 201. */
  readonly status?: 200 | 201;
  readonly description?: string;
}

/**
 * The shape of the answer, stated once: what is not in the schema does not leave, and the same schema documents
 * it. Refusals are documented by the one problem shape.
 */
export function Returns(schema: z.ZodType, { status = 200, description = 'Done' }: ReturnsOptions = {}) {
  return applyDecorators(
    HttpCode(status),
    SerializeOptions({ schema }),
    ApiResponse({ status, description, standardSchema: schema }),
    ApiResponse({
      status: 'default',
      description: 'Refused: `code` says why, `next` what to do',
      standardSchema: ProblemSchema,
    }),
  );
}

/** The answer is a file, streamed as it is: nothing parses it, so nothing of it is checked against a shape. */
export function ReturnsFile(mediaType: string) {
  return applyDecorators(
    HttpCode(200),
    ApiProduces(mediaType),
    ApiResponse({ status: 200, description: 'The file', schema: { type: 'string', format: 'binary' } }),
    ApiResponse({
      status: 'default',
      description: 'Refused: `code` says why, `next` what to do',
      standardSchema: ProblemSchema,
    }),
  );
}
