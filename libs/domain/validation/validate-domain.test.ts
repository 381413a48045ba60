import { describe, expect, it } from '@jest/globals';
import { validateDomain } from './validate-domain.js';

describe('x', () => {
  it('is sound', () => {
    expect(validateDomain()).toEqual([]);
  });
});
