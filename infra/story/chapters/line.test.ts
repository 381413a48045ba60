import { expect, test } from '@jest/globals';
import { drawn, expectUnbroken } from './line.js';

const OPENED = '2026-12-25T01:40:05.000Z';
const TAKEN = '2026-12-25T01:43:20.000Z';
const CLOSED = '2026-12-28T13:10:00.000Z';
const spell = (unit: string, from: string, until: string | null) => ({
  unit,
  from,
  until,
  endedBy: null,
  handoffId: null,
});
const whole = [spell('lpo-globen', OPENED, TAKEN), spell('socialjouren-stockholm', TAKEN, CLOSED)];

test('the line is drawn with the time as Swedes write it, and the day where it changes', () => {
  expect(drawn(whole, 'sv')).toBe(
    '25 dec. 02.40 lpo-globen ──▶ 02.43 socialjouren-stockholm ──■ 28 dec. 14.10',
  );
  expect(drawn(whole, 'en')).toBe(
    '25 Dec 02:40 lpo-globen ──▶ 02:43 socialjouren-stockholm ──■ 28 Dec 14:10',
  );
});

test('a line without a gap passes', () => {
  expect(() => expectUnbroken(whole, OPENED, CLOSED)).not.toThrow();
});

test.each([
  ['a gap between two', [spell('a', OPENED, TAKEN), spell('b', '2026-12-25T01:43:20.001Z', CLOSED)]],
  ['an overlap', [spell('a', OPENED, CLOSED), spell('b', TAKEN, CLOSED)]],
  ['a late beginning', [spell('b', TAKEN, CLOSED)]],
  ['an early end', [spell('a', OPENED, TAKEN)]],
  ['no end', [spell('a', OPENED, null)]],
  ['nobody at all', []],
])('%s is not as told', (_what, spells) => {
  expect(() => expectUnbroken(spells, OPENED, CLOSED)).toThrow('expected');
});
