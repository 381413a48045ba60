import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import type { TestDatabase } from '#database';
import { MATTER_KINDS, outcomesFor } from '#domain';
import {
  acceptedSql,
  closeMatterSql,
  connect,
  createCustodyDatabase,
  endSpellSql,
  holderSql,
  id,
  matterRowSql,
  matterSql,
  minute,
  NIGHT_SQL,
  offerSql,
  refusalOf,
  spellSql,
  successionSql,
  takeOverSql,
} from './raw-record.js';
import { SERVERS } from './servers.js';

/** Not even by the administrator, in SQL, with the triggers asleep. */
const withoutTriggers = 'alter table custody.responsibility disable trigger user;';
const policeUntil = (at: number) => ({ unit: 'police-a', endsAt: at }) as const;
const move = (matter: number, spell: Omit<Parameters<typeof spellSql>[0], 'matter' | 'previous'>) =>
  endSpellSql(matter, spell.from) +
  spellSql({ matter, ...spell, previous: policeUntil(spell.from) }) +
  holderSql(matter, spell.unit);

const NEW = matterSql(9);
const OFFERED = NEW + offerSql(9, { matter: 9, from: 'police-a', to: 'jour-a' });
const OFFERED_CHILD =
  matterSql(9, { subject: 2, kind: 'child-protection' }) +
  offerSql(9, { matter: 9, kind: 'child-protection', from: 'police-a', to: 'jour-a' });
const endOffer = (phase: string) => `
update custody.handoff set phase = '${phase}', ended_at = '${minute(20)}' where id = '${id('handoff', 9)}';`;

/** Where two deferred constraints refuse the same, the one that is asked first. */
const asked = (constraint: string) => `set constraints custody.${constraint} immediate;`;

const REFUSED: readonly [attempt: string, constraint: string, sql: string][] = [
  ['a matter without a holder', 'held_from', matterRowSql(9)],
  [
    'a matter held later than it was opened',
    'held_from',
    matterRowSql(9) + spellSql({ matter: 9, unit: 'police-a', from: 5 }),
  ],
  [
    'a matter whose holder is not the unit of its running spell',
    'held_until',
    matterRowSql(9) + spellSql({ matter: 9, unit: 'jour-a', from: 0 }),
  ],
  ['letting go without a successor', 'held_until', NEW + endSpellSql(9, 20)],
  [
    'a gap between two spells',
    'follows_on',
    NEW +
      endSpellSql(9, 20) +
      spellSql({ matter: 9, unit: 'jour-a', from: 25, previous: policeUntil(20), handoff: 9 }),
  ],
  [
    'a gap with a forged link',
    'no_gap',
    OFFERED +
      acceptedSql(9, 25) +
      endSpellSql(9, 20) +
      spellSql({ matter: 9, unit: 'jour-a', from: 25, previous: policeUntil(25), handoff: 9 }) +
      holderSql(9, 'jour-a'),
  ],
  [
    'a spell that follows on another unit than the one that held',
    'no_gap',
    NEW +
      offerSql(9, { matter: 9, from: 'jour-b', to: 'jour-a' }) +
      acceptedSql(9, 20) +
      endSpellSql(9, 20) +
      spellSql({
        matter: 9,
        unit: 'jour-a',
        from: 20,
        previous: { unit: 'jour-b', endsAt: 20 },
        handoff: 9,
      }) +
      holderSql(9, 'jour-a'),
  ],
  [
    'a second holder at once',
    'one_end',
    OFFERED + spellSql({ matter: 9, unit: 'jour-a', from: 20, previous: policeUntil(20), handoff: 9 }),
  ],
  [
    'an overlap inside a spell',
    'no_gap',
    OFFERED +
      acceptedSql(9, 12) +
      spellSql({ matter: 9, unit: 'jour-a', from: 12, until: 15, previous: policeUntil(12), handoff: 9 }),
  ],
  [
    'a second root of the line',
    'one_successor',
    NEW + spellSql({ matter: 9, unit: 'jour-a', from: 2, until: 5 }),
  ],
  [
    'a removed middle',
    'no_gap',
    `${withoutTriggers} delete from custody.responsibility where matter_id = '${id('matter', 1)}' and unit_id = 'jour-a';`,
  ],
  ['a matter closed while it is held', 'not_after_close', NEW + closeMatterSql(9, 20)],
  [
    'a matter released while it is open',
    'held_until',
    `${NEW} update custody.responsibility set ends_at = '${minute(20)}' where matter_id = '${id('matter', 9)}';`,
  ],
  [
    'taking over after closing',
    'of_matter',
    spellSql({ matter: 3, unit: 'jour-a', from: 30, previous: policeUntil(30), handoff: 9 }),
  ],
  [
    'taking over after closing with a forged column',
    'not_after_close',
    spellSql({
      matter: 3,
      unit: 'jour-a',
      from: 30,
      previous: policeUntil(30),
      handoff: 9,
      matterClosedAt: 30,
    }),
  ],
  ['moving by nothing at all', 'moved_lawfully', NEW + move(9, { unit: 'jour-a', from: 20 })],
  [
    'moving by a handoff and a succession at once',
    'moved_lawfully',
    OFFERED +
      acceptedSql(9, 20) +
      successionSql(1, 'police-a', 'jour-a', 20) +
      move(9, { unit: 'jour-a', from: 20, handoff: 9, succession: 1 }),
  ],
  [
    'moving by an offer that nobody accepted',
    'by_handoff',
    OFFERED + move(9, { unit: 'jour-a', from: 20, handoff: 9 }),
  ],
  [
    'moving by a handoff that does not exist',
    'by_handoff',
    NEW + move(9, { unit: 'jour-a', from: 20, handoff: 77 }),
  ],
  [
    'moving by the accepted handoff of another matter',
    'by_handoff',
    NEW + move(9, { unit: 'jour-a', from: 10, handoff: 1 }),
  ],
  [
    'moving to another unit than the one that accepted',
    'by_handoff',
    OFFERED + acceptedSql(9, 20) + move(9, { unit: 'jour-b', from: 20, handoff: 9 }) + asked('by_handoff'),
  ],
  [
    'moving at another instant than the acceptance',
    'by_handoff',
    OFFERED + acceptedSql(9, 20) + move(9, { unit: 'jour-a', from: 21, handoff: 9 }) + asked('by_handoff'),
  ],
  [
    'moving by a succession that nobody approved',
    'by_succession',
    NEW + successionSql(1, 'police-a', 'jour-a') + move(9, { unit: 'jour-a', from: 20, succession: 1 }),
  ],
  [
    'moving by a succession of other units',
    'by_succession',
    NEW + successionSql(1, 'jour-b', 'jour-a', 20) + move(9, { unit: 'jour-a', from: 20, succession: 1 }),
  ],
  [
    'one person proposing and approving a succession',
    'succession_two_persons',
    `insert into custody.succession values ('${id('succession', 1)}', 'police-a', 'jour-a', 'head-one', '${minute(0)}', 'head-one', '${minute(5)}');`,
  ],
  [
    'a second open offer of one matter',
    'one_open_handoff',
    OFFERED + offerSql(8, { matter: 9, from: 'police-a', to: 'jour-b' }),
  ],
  [
    'closing a matter while an offer of it is open',
    'offered_while_open',
    OFFERED + endSpellSql(9, 20) + closeMatterSql(9, 20),
  ],
  [
    'offering a matter that is closed',
    'of_open_matter',
    offerSql(9, { matter: 3, from: 'police-a', to: 'jour-a' }),
  ],
  ['an acceptance without the spell', 'accepted_holds', OFFERED + acceptedSql(9, 20)],
  [
    'an acceptance while another unit takes the matter',
    'accepted_holds',
    OFFERED +
      acceptedSql(9, 20) +
      successionSql(1, 'police-a', 'jour-b', 20) +
      move(9, { unit: 'jour-b', from: 20, succession: 1 }),
  ],
  [
    'an accepted offer that stays open',
    'accepted_at_its_end',
    `${OFFERED} update custody.handoff set phase = 'accepted', accepted_at = '${minute(20)}' where id = '${id('handoff', 9)}';`,
  ],
  [
    'an ended offer in an open phase',
    'open_until_ended',
    `${OFFERED} update custody.handoff set ended_at = '${minute(20)}' where id = '${id('handoff', 9)}';`,
  ],
  ['declining a report about a child', 'child_never_refused', OFFERED_CHILD + endOffer('declined')],
  ['withdrawing a report about a child', 'child_never_refused', OFFERED_CHILD + endOffer('withdrawn')],
  [
    'entering a report about a child in error',
    'child_never_refused',
    OFFERED_CHILD + endOffer('entered-in-error'),
  ],
  [
    'calling a report about a child something else',
    'handoff_matter',
    matterSql(9, { subject: 2, kind: 'child-protection' }) +
      offerSql(9, { matter: 9, from: 'police-a', to: 'jour-a' }),
  ],
  [
    'changing the kind of a matter that was offered',
    'handoff_matter',
    `${OFFERED_CHILD} update custody.matter set kind = 'adult-safety' where id = '${id('matter', 9)}';`,
  ],
  [
    'asking to cancel a report about a child',
    'child_never_cancelled',
    `${OFFERED_CHILD} update custody.matter set cancellation_handoff_id = '${id('handoff', 9)}' where id = '${id('matter', 9)}';`,
  ],
  [
    "closing a child's matter without successor or decision",
    'child_closes_safely',
    matterSql(9, { subject: 2, kind: 'child-protection' }) +
      endSpellSql(9, 20) +
      closeMatterSql(9, 20, 'COMPLETED'),
  ],
];

const LAWFUL: readonly [act: string, sql: string][] = [
  ['an accepted handoff', OFFERED + takeOverSql(9, 9, 'police-a', 'jour-a', 20)],
  [
    'an approved succession',
    NEW + successionSql(1, 'police-a', 'jour-a', 20) + move(9, { unit: 'jour-a', from: 20, succession: 1 }),
  ],
  ['closing the line and then the matter', NEW + endSpellSql(9, 20) + closeMatterSql(9, 20)],
  ['superseding a report about a child', OFFERED_CHILD + endOffer('superseded')],
  ['redirecting a report about a child', OFFERED_CHILD + endOffer('redirected')],
];

describe.each(SERVERS)('the unbroken line on $name', ({ url }) => {
  let database: TestDatabase;
  let admin: pg.Client;
  beforeAll(async () => {
    database = await createCustodyDatabase(url);
    admin = await connect(database.adminUrl);
    await admin.query(NIGHT_SQL);
    // A leaf and an event are refused their change row by row, since an approved erasure passes: there must be one of each.
    await admin.query(
      `insert into custody.event (id, chain_id, seq, matter_id, kind, at, unit_id, previous_hash, hash)
         values ('${id('event', 1)}', '${id('matter', 2)}', 1, '${id('matter', 2)}', 'note', now(), 'police-a', '', 'h');
       insert into custody.audit_leaf values (gen_random_uuid(), 1, now(), 'a', 'command', 'test', null, null, null, 'OK', null, null,
         repeat('0', 64), repeat('0', 64))`,
    );
  }, 60_000);
  afterAll(async () => {
    await admin?.end();
    await database?.drop();
  });

  it.each(REFUSED)('refuses %s by %s', async (_attempt, constraint, sql) => {
    expect(await refusalOf(admin, sql)).toBe(constraint);
  });

  it.each(LAWFUL)('allows %s', async (_act, sql) => {
    expect(await refusalOf(admin, sql)).toBeNull();
  });

  it('closes a report about a child with exactly the outcomes that the domain calls safe', async () => {
    const outcomes = new Set(Object.values(MATTER_KINDS).flatMap((kind): readonly string[] => kind.outcomes));
    const accepted: string[] = [];
    for (const outcome of outcomes) {
      const close =
        matterSql(9, { subject: 2, kind: 'child-protection' }) +
        endSpellSql(9, 20) +
        closeMatterSql(9, 20, outcome);
      if ((await refusalOf(admin, close)) === null) accepted.push(outcome);
    }
    expect(accepted.sort()).toEqual([...outcomesFor('child-protection', 'child')].sort());
  });

  it.each(['event', 'disclosure', 'receipt', 'audit_leaf'])(
    'never changes or removes a row of %s',
    async (table) => {
      const column = table === 'disclosure' ? 'basis' : table === 'receipt' ? 'jws' : 'hash';
      const changed = table === 'audit_leaf' ? 'leaf_hash' : column;
      for (const role of ['', 'set local role handslag_owner;'])
        for (const statement of [
          `update custody.${table} set ${changed} = ''`,
          `delete from custody.${table}`,
          `truncate custody.${table} cascade`,
        ])
          expect(await refusalOf(admin, `${role} ${statement}`)).toBe('23001');
    },
  );

  it.each(['delete from custody.responsibility', 'truncate custody.responsibility cascade'])(
    'never removes a spell by %s',
    async (statement) => {
      expect(await refusalOf(admin, statement)).toBe('23001');
    },
  );
});
