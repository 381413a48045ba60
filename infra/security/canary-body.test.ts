import { describe, expect, test } from '@jest/globals';
import { CommandsOf } from './canary-body.js';

const DOCUMENT = {
  paths: {
    '/notes': {
      get: {},
      post: {
        requestBody: {
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Note' } } },
        },
      },
    },
    '/nothing': { post: {} },
  },
  components: {
    schemas: {
      Note: {
        type: 'object',
        properties: {
          text: { type: 'string', maxLength: 500 },
          kind: { enum: ['A', 'B'] },
          unit: { type: 'string' },
          at: { type: 'string', format: 'date-time' },
          people: { type: 'array', items: { type: 'object', properties: { name: { type: 'string' } } } },
          more: { anyOf: [{ const: 'unknown' }, { type: 'string' }] },
        },
      },
    },
  },
};

describe('a body full of canaries', () => {
  const read = CommandsOf.read(DOCUMENT);
  const write = (alternative: number) => {
    const words: string[] = [];
    const [note] = read.commands;
    if (note === undefined) throw new Error('no command');
    const body = read.bodyFor(note, {
      word: (field) => {
        words.push(field);
        return `word-${words.length}`;
      },
      choose: (count) => Math.min(alternative, count - 1),
      known: { unit: 'lpo-globen' },
    });
    return { body, words };
  };

  test('is of the command that has one, and there is a word of its own in every text', () => {
    expect(read.commands.map(({ path }) => path)).toEqual(['/notes', '/nothing']);
    expect(write(1)).toEqual({
      body: {
        text: 'word-1',
        kind: 'B',
        unit: 'lpo-globen',
        at: expect.stringMatching(/^\d{4}-/),
        people: [{ name: 'word-2' }],
        more: 'word-3',
      },
      words: ['/notes.text', '/notes.people[].name', '/notes.more'],
    });
  });

  test('chooses what it is told to among alternatives', () => {
    expect(write(0).body).toMatchObject({ kind: 'A', more: 'unknown' });
  });
});
