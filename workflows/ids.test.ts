import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { PROCESS_NAMES } from '#domain';
import {
  callOutId,
  caseWorkflowType,
  erasureId,
  matterClockId,
  parseCallOutId,
  parseErasureId,
  parseMatterClockId,
  parsePartyClockId,
  partyClockId,
} from './ids.js';
import * as registry from './registry.js';

const ids = fc.uuid();

describe('a workflow id', () => {
  test('gives back what it was made of', () => {
    fc.assert(
      fc.property(ids, fc.constantFrom('police', 'bou', 'rvt'), (id, schema) => {
        expect(parseMatterClockId(matterClockId(id))).toBe(id);
        expect(parseCallOutId(callOutId(id))).toBe(id);
        expect(parseErasureId(erasureId(id))).toBe(id);
        expect(parsePartyClockId(partyClockId(schema, id))).toEqual({ schema, clockId: id });
      }),
    );
  });

  test('is of one kind only', () => {
    fc.assert(
      fc.property(ids, (id) => {
        const kinds = [matterClockId(id), callOutId(id), partyClockId('bou', id), erasureId(id)];
        const parsers = [parseMatterClockId, parseCallOutId, parsePartyClockId, parseErasureId];
        expect(
          kinds.map((workflowId) => parsers.filter((parse) => parse(workflowId) !== null).length),
        ).toEqual([1, 1, 1, 1]);
      }),
    );
  });

  test.each(['', 'matter:', 'matter:a b', 'matters:1', 'clock:bou', 'clock::1', 'clock:bou:', 'call-out'])(
    'is not “%s”',
    (text) => {
      expect([parseMatterClockId(text), parseCallOutId(text), parsePartyClockId(text)]).toEqual([
        null,
        null,
        null,
      ]);
    },
  );
});

test('every process has the workflow that its name says, which the courier starts by that name', () => {
  const told = PROCESS_NAMES.filter((process) => process !== 'call-out').map(caseWorkflowType);
  expect(Object.keys(registry)).toEqual(expect.arrayContaining(told));
  expect(caseWorkflowType('call-out')).toBe('callOutWorkflow');
});
