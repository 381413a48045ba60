import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { orUnknown } from '#contracts';
import { fieldErrorsOf } from './validation.pipe.js';

const Form = z.object({
  residence: orUnknown(
    z.object({ municipality: z.string(), basis: orUnknown(z.enum(['REGISTERED', 'ACTUAL'])) }),
  ),
});
const errorsOf = (body: unknown) => fieldErrorsOf(Form.safeParse(body).error?.issues ?? []);

describe('what is said of a field that does not fit', () => {
  test('that it is missing, and that "unknown" is an answer', () => {
    expect(errorsOf({})).toEqual([{ field: 'residence', message: 'is missing; "unknown" is an answer' }]);
  });
  test('which part of an answer it is', () => {
    expect(errorsOf({ residence: { municipality: 7, basis: 'HEARSAY' } })).toEqual([
      { field: 'residence.municipality', message: expect.stringContaining('expected string') },
      { field: 'residence.basis', message: 'fits no answer here; "unknown" is one' },
    ]);
  });
  test('nothing of what was written there', () => {
    expect(JSON.stringify(errorsOf({ residence: 'Kanariegränd 3' }))).not.toContain('Kanarie');
  });
  test('nothing when it fits', () => {
    expect(errorsOf({ residence: 'unknown' })).toEqual([]);
  });
});
