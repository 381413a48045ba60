import { expect, test } from '@jest/globals';
import { dependency } from './dependency.port.js';
import { Readiness } from './readiness.js';

test('what is required later is waited for and named, and what is not needed only degrades', async () => {
  const keys = { there: false };
  const readiness = new Readiness([dependency('redis', false, () => Promise.resolve(false))]);
  expect(await readiness.look()).toMatchObject({ status: 'degraded', missing: ['redis'] });
  readiness.require(dependency('keys', true, () => Promise.resolve(keys.there)));
  expect(await readiness.look()).toMatchObject({ status: 'not-ready', missing: ['redis', 'keys'] });
  keys.there = true;
  expect(await readiness.look()).toMatchObject({ status: 'degraded', missing: ['redis'] });
});
