import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { NOTICE_FUNCTIONS, NOTICE_KINDS, unitId } from '#domain';
import { channelsFor } from './channels-for.js';
import { type Notice, NoticeRowsSchema, NoticeSchema } from './notice.js';
import { mailWords, noticeLink, ringNumber, smsWords } from './notice-words.js';
import { webhookBody } from './webhook-channel.js';

const CANARY = 'Anna Andersson 19850101-2384, Ringvägen 1';
const LINK = noticeLink('https://handslag.example/');
const asStored = {
  id: randomUUID(),
  unitId: 'rvt-farsta',
  function: 'on-duty',
  kind: 'late',
  rung: 2,
  ringUnit: null,
  at: new Date('2026-06-05T21:30:00Z'),
};
const anyNotice = fc
  .record({
    kind: fc.constantFrom(...NOTICE_KINDS),
    function: fc.constantFrom(...NOTICE_FUNCTIONS),
    rung: fc.integer({ min: -1, max: 40 }),
  })
  .map((drawn): Notice => NoticeSchema.parse({ ...asStored, ...drawn }));

describe('a notice', () => {
  it('has no place for a word: the compiler refuses any string in any field', () => {
    const notice: Notice = NoticeSchema.parse(asStored);
    const free: string = CANARY;
    // @ts-expect-error a kind is one of a closed list
    const kind: Notice = { ...notice, kind: free };
    // @ts-expect-error a function is one of a closed list
    const toPerson: Notice = { ...notice, function: free };
    // @ts-expect-error an id is made by the record
    const id: Notice = { ...notice, id: free };
    // @ts-expect-error a unit is one of the directory
    const unit: Notice = { ...notice, unitId: free };
    // @ts-expect-error there is no field for text
    const text: Notice = { ...notice, text: free };
    // @ts-expect-error nor for the case that it is about
    const matter: Notice = { ...notice, matterId: free };
    // @ts-expect-error words are made from a kind, not from words
    const words = () => mailWords(free, LINK, null);
    // @ts-expect-error a link is the front page, checked
    const link = () => mailWords('late', free, null);
    // @ts-expect-error a number is a number, checked
    const ring = () => smsWords('ring', free);
    const attempts = [kind, toPerson, id, unit, text, matter];
    expect([attempts.length, words, link, ring]).toHaveLength(4);
  });

  it.each([
    { text: CANARY },
    { matterId: randomUUID() },
    { kind: CANARY },
    { kind: 'late\r\nBcc: x@example.org' },
    { function: CANARY },
    { function: 'anna.andersson' },
    { unitId: CANARY },
    { unitId: 'rvt-farsta.example.org' },
    { id: CANARY },
    { ringUnit: CANARY },
    { rung: 1.5 },
    { at: '2026-06-05' },
  ])('is refused at run time too, with %j', (more) => {
    expect(NoticeSchema.safeParse({ ...asStored, ...more }).success).toBe(false);
    expect(NoticeSchema.safeParse(asStored).success).toBe(true);
  });

  it('of a kind or to a function that this version does not know is still told, without what stood there', () => {
    const row = {
      id: asStored.id,
      unit_id: 'rvt-farsta',
      function: CANARY,
      kind: CANARY,
      rung: 0,
      ring_unit: null,
      created_at: asStored.at,
    };
    const [notice] = NoticeRowsSchema.parse([row]);
    expect(notice).toMatchObject({ kind: 'something', function: 'on-duty', unitId: 'rvt-farsta' });
    expect(JSON.stringify(notice)).not.toContain('Anna');
  });

  it('reads the same whichever case it is about: what is sent follows from kind, link and number alone', () => {
    fc.assert(
      fc.property(anyNotice, fc.uuid(), (notice, other) => {
        const ring = ringNumber('+46846500433');
        const sent = JSON.stringify([mailWords(notice.kind, LINK, ring), smsWords(notice.kind, ring)]);
        expect(sent).not.toContain(notice.id);
        expect(sent).not.toContain(notice.unitId);
        expect(sent).not.toContain(other);
        expect(smsWords(notice.kind, ring).length).toBeLessThanOrEqual(70);
      }),
    );
  });

  it('tells a unit’s own system four things and no more', () => {
    fc.assert(
      fc.property(anyNotice, (notice) => {
        const body: Record<string, unknown> = Object(JSON.parse(webhookBody(notice)));
        expect(Object.keys(body).sort()).toEqual(['id', 'occurredAt', 'type', 'unit']);
        expect(body).toEqual({
          type: `notice.${notice.kind}`,
          id: notice.id,
          unit: notice.unitId,
          occurredAt: '2026-06-05T21:30:00.000Z',
        });
      }),
    );
  });
});

describe('the link of a notice', () => {
  it.each([
    'https://handslag.example/handoffs/0192f3a0-8d2e-7c55-9f3e-3a4d3c1b2a10',
    'https://handslag.example/?case=1',
    'https://handslag.example/#1',
    'https://anna@handslag.example/',
    'javascript:alert(1)',
    'mailto:anna@example.org',
  ])('is never %s', (text) => {
    expect(() => noticeLink(text)).toThrow();
  });
});

describe('a number', () => {
  it.each(['', CANARY, '0846500433', '+46 8 465 004 33', '+0846500433', '+468465004330000000'])(
    'is never %j',
    (text) => {
      expect(ringNumber(text)).toBeNull();
    },
  );
});

describe('the ways that a notice takes', () => {
  const number = ringNumber('+46846500481');
  if (number === null) throw new Error('no number');
  const all = { sms: { number, fromRung: null }, hasWebhook: true };
  it('are mail always, whatever else there is', () => {
    fc.assert(
      fc.property(anyNotice, fc.boolean(), fc.boolean(), (notice, hasSmsNumber, hasWebhook) => {
        const ways = channelsFor(notice, { sms: hasSmsNumber ? all.sms : null, hasWebhook });
        expect(ways[0]).toBe('email');
        expect(new Set(ways).size).toBe(ways.length);
        if (!hasSmsNumber) expect(ways).not.toContain('sms');
        if (!hasWebhook) expect(ways).not.toContain('webhook');
      }),
    );
  });

  it.each([
    ['offer.acute', -1, ['email', 'sms', 'webhook']],
    ['ring', 0, ['email', 'sms', 'webhook']],
    ['late', 0, ['email', 'webhook']],
    ['late', 1, ['email', 'sms', 'webhook']],
    ['offer.support', -1, ['email', 'webhook']],
  ] as const)('are for %s on rung %i: %j', (kind, rung, ways) => {
    expect(channelsFor({ ...NoticeSchema.parse(asStored), kind, rung }, all)).toEqual(ways);
  });

  it.each([
    ['offer.support', -1, -1, true],
    ['offer.acute', -1, 0, false],
    ['late', 0, 0, true],
    ['late', 1, 2, false],
    ['late', 2, 2, true],
  ] as const)(
    'are for %s on rung %i, where the directory says text messages from rung %i: %s',
    (kind, rung, fromRung, texted) => {
      const ways = channelsFor(
        { ...NoticeSchema.parse(asStored), kind, rung },
        { ...all, sms: { number, fromRung } },
      );
      expect(ways.includes('sms')).toBe(texted);
    },
  );

  it('keep a unit’s system for who is on duty: what heads are told is not everybody’s', () => {
    const notice: Notice = {
      ...NoticeSchema.parse(asStored),
      function: 'unit-head',
      unitId: unitId('rvt-farsta'),
    };
    expect(channelsFor(notice, all)).toEqual(['email', 'sms']);
  });
});
