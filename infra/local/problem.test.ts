import { expect, test } from '@jest/globals';
import { endedEarly, explained, Problem } from './problem.js';

test('a full disk is named whoever met it first', () => {
  const met = Object.assign(new Error('write failed'), { code: 'ENOSPC' });
  expect(explained(met, '/data').message).toMatch(/^The disk that holds \/data is full: free some space/);
  const said = 'FATAL: could not write to file "base/1": No space left on device';
  expect(endedEarly('PostgreSQL', '/data/log', said).message).toMatch(/is full: free some space/);
});

test('a sentence for people is not wrapped in another', () => {
  const problem = new Problem('The disk is full of old sentences.');
  expect(explained(problem, '/data')).toBe(problem);
});

test('a service that ended is quoted by its last lines', () => {
  expect(endedEarly('Redis', '/log', 'one\ntwo\nthree\nfour\n').message).toBe(
    'Redis did not start; its log is /log. It said: two / three / four',
  );
});
