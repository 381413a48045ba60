import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '#database';
import { DIRECTORY_SCHEMA } from '#directory';
import { CUSTODY_SCHEMA } from '../schema.js';

/** A database with the directory and custody, migrated by the real migrations, and the units of {@link UNITS}. */
export async function createCustodyDatabase(serverUrl: string | undefined): Promise<TestDatabase> {
  const database = await createTestDatabase([DIRECTORY_SCHEMA, CUSTODY_SCHEMA], serverUrl);
  const admin = await connect(database.adminUrl);
  try {
    await admin.query(UNITS_SQL);
  } finally {
    await admin.end();
  }
  return database;
}

export async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}

/** The night of the tests, counted in minutes from 22:00 UTC. */
export function minute(minutes: number): string {
  return new Date(Date.UTC(2026, 2, 1, 22, minutes)).toISOString();
}

/** A readable id: `id('matter', 1)` is the same uuid in every test. */
export function id(kind: keyof typeof ID_PREFIXES, number: number): string {
  return `${ID_PREFIXES[kind]}0000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
}

const ID_PREFIXES = {
  incident: '1',
  subject: '2',
  matter: '3',
  dispatch: '4',
  handoff: '5',
  content: '6',
  succession: '7',
  deadline: '8',
  event: '9',
  other: 'a',
} as const;

/** Unit, party and the person with a mandate there. Nobody is at `rvt-empty`. */
export const UNITS = {
  'police-a': { party: 'police', person: 'officer-a' },
  'jour-a': { party: 'socialjouren', person: 'secretary-a' },
  'jour-b': { party: 'socialjouren', person: 'secretary-b' },
  'rvt-a': { party: 'rvt', person: 'worker-a' },
  'rvt-b': { party: 'rvt', person: 'worker-b' },
  'rvt-empty': { party: 'rvt', person: null },
  'bou-a': { party: 'bou', person: 'worker-c' },
  'coordination-a': { party: 'coordination', person: 'coordinator-a' },
} as const;
export type TestUnit = keyof typeof UNITS;

const UNITS_SQL = [...new Set(Object.values(UNITS).map(({ party }) => party))].reduce(
  (sql, party) => `insert into directory.party values ('${party}', '${party}', '${party}', true); ${sql}`,
  Object.entries(UNITS)
    .map(
      ([unit, { party, person }]) => `
insert into directory.unit (id, name, kind, form, party, external, tag, source, note)
  values ('${unit}', '${unit}', '${party}', '${party}', '${party}', '', 'U', 'test', '');
${
  person === null
    ? ''
    : `insert into directory.mandate (id, person_id, unit_id, role, label_sv, label_en, valid_from)
  values (gen_random_uuid(), '${person}', '${unit}', 'case-worker', '', '', '2020-01-01');`
}`,
    )
    .join(''),
);

/**
 * Tries statements in a transaction that is always rolled back, and answers what refused them: the name of the
 * constraint, the code of a guarded function, or PostgreSQL's error code. Null: nothing did.
 */
export async function refusalOf(
  client: pg.Client,
  attempt: string | (() => Promise<unknown>),
): Promise<string | null> {
  await client.query('begin');
  try {
    await (typeof attempt === 'string' ? client.query(attempt) : attempt());
    await client.query('set constraints all immediate');
    return null;
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error;
    return error.constraint ?? (error.code === 'HS001' ? error.message : (error.code ?? null));
  } finally {
    await client.query('rollback');
  }
}

export const incidentSql = (number: number, unit: TestUnit = 'police-a') => `
insert into custody.incident values ('${id('incident', number)}', 'call-out', '${unit}', '${minute(0)}', '${minute(0)}');`;

export const subjectSql = (number: number, incident: number, role: string) => `
insert into custody.subject values ('${id('subject', number)}', '${id('incident', incident)}', '${role}');`;

interface MatterRow {
  readonly incident?: number;
  readonly subject?: number;
  readonly kind?: string;
  readonly unit?: TestUnit;
  readonly at?: number;
}

/** The row of a matter without its line: not lawful by itself. */
export const matterRowSql = (number: number, row: MatterRow = {}) => `
insert into custody.matter (id, incident_id, subject_id, kind, opened_at, holder_unit) values (
  '${id('matter', number)}', '${id('incident', row.incident ?? 1)}', '${id('subject', row.subject ?? 1)}',
  '${row.kind ?? 'adult-safety'}', '${minute(row.at ?? 0)}', '${row.unit ?? 'police-a'}');`;

/** A matter and the spell it opens with. */
export const matterSql = (number: number, row: MatterRow = {}) => `${matterRowSql(number, row)}
insert into custody.responsibility (matter_id, unit_id, starts_at)
  values ('${id('matter', number)}', '${row.unit ?? 'police-a'}', '${minute(row.at ?? 0)}');`;

interface OfferRow {
  readonly matter: number;
  readonly kind?: string;
  readonly from: TestUnit;
  readonly to: TestUnit;
  readonly at?: number;
  readonly phase?: string;
}

/** An offer with its dispatch and content; its number names all three. */
export const offerSql = (number: number, offer: OfferRow) => `
insert into custody.dispatch select '${id('dispatch', number)}', incident_id, gen_random_uuid(), '${offer.from}', 'sender',
  '${minute(offer.at ?? 5)}' from custody.matter where id = '${id('matter', offer.matter)}';
insert into custody.content select '${id('content', number)}', incident_id, subject_id, '${id('handoff', number)}', 'referral',
  '${offer.from}', '${offer.to}', 'sealed', 'digest', '${minute(offer.at ?? 5)}'
  from custody.matter where id = '${id('matter', offer.matter)}';
insert into custody.handoff (id, dispatch_id, matter_id, matter_kind, route, from_unit, to_unit, phase, content_id, basis,
    sent_at, chain_seq, chain_head)
  values ('${id('handoff', number)}', '${id('dispatch', number)}', '${id('matter', offer.matter)}',
    '${offer.kind ?? 'adult-safety'}', 'route', '${offer.from}', '${offer.to}', '${offer.phase ?? 'opened'}',
    '${id('content', number)}', 'X-01', '${minute(offer.at ?? 5)}', 0, '');`;

/** Marks an offer accepted, and nothing else: not lawful by itself. */
export const acceptedSql = (number: number, at: number) => `
update custody.handoff set phase = 'accepted', accepted_at = '${minute(at)}', ended_at = '${minute(at)}'
  where id = '${id('handoff', number)}';`;

interface SpellRow {
  readonly matter: number;
  readonly unit: TestUnit;
  readonly from: number;
  readonly until?: number;
  readonly previous?: { readonly unit: TestUnit; readonly endsAt: number };
  readonly handoff?: number;
  readonly succession?: number;
  readonly matterClosedAt?: number;
}

const instantOr = (at: number | undefined) => (at === undefined ? `'infinity'` : `'${minute(at)}'`);
const idOrNull = (kind: 'handoff' | 'succession', number: number | undefined) =>
  number === undefined ? 'null' : `'${id(kind, number)}'`;

export const spellSql = (spell: SpellRow) => `
insert into custody.responsibility (matter_id, unit_id, starts_at, ends_at, previous_unit, previous_ends_at, handoff_id,
    succession_id, matter_closed_at)
  values ('${id('matter', spell.matter)}', '${spell.unit}', '${minute(spell.from)}', ${instantOr(spell.until)},
    ${spell.previous ? `'${spell.previous.unit}', '${minute(spell.previous.endsAt)}'` : 'null, null'},
    ${idOrNull('handoff', spell.handoff)}, ${idOrNull('succession', spell.succession)}, ${instantOr(spell.matterClosedAt)});`;

export const endSpellSql = (matter: number, at: number) => `
update custody.responsibility set ends_at = '${minute(at)}' where matter_id = '${id('matter', matter)}' and ends_at = 'infinity';`;

export const holderSql = (matter: number, unit: TestUnit) => `
update custody.matter set holder_unit = '${unit}' where id = '${id('matter', matter)}';`;

export const closeMatterSql = (matter: number, at: number, outcome = 'NOTHING_FURTHER') => `
update custody.matter set closed_at = '${minute(at)}', phase = 'closed', outcome = '${outcome}'
  where id = '${id('matter', matter)}';`;

/** The lawful way: the offer is accepted and its spell follows on the sender's. */
export const takeOverSql = (handoff: number, matter: number, from: TestUnit, to: TestUnit, at: number) =>
  acceptedSql(handoff, at) +
  endSpellSql(matter, at) +
  spellSql({ matter, unit: to, from: at, previous: { unit: from, endsAt: at }, handoff }) +
  holderSql(matter, to);

export const successionSql = (number: number, from: TestUnit, to: TestUnit, approvedAt?: number) => `
insert into custody.succession values ('${id('succession', number)}', '${from}', '${to}', 'head-one', '${minute(0)}',
  ${approvedAt === undefined ? 'null, null' : `'head-two', '${minute(approvedAt)}'`});`;

/**
 * Matter 1: adult-safety, police-a → jour-a at minute 10 → rvt-a at minute 20.
 * Matter 2: child-protection, opened by police-a, offered to jour-a by handoff 3, still open.
 * Matter 3: adult-safety, opened by police-a, closed at minute 30.
 * Matter 4: adult-safety of another incident, held by jour-b from its opening, never offered.
 */
export const NIGHT_SQL = [
  'begin;',
  incidentSql(1),
  subjectSql(1, 1, 'victim'),
  subjectSql(2, 1, 'child'),
  incidentSql(2, 'jour-b'),
  subjectSql(3, 2, 'victim'),
  matterSql(1),
  offerSql(1, { matter: 1, from: 'police-a', to: 'jour-a' }),
  takeOverSql(1, 1, 'police-a', 'jour-a', 10),
  offerSql(2, { matter: 1, from: 'jour-a', to: 'rvt-a', at: 15 }),
  takeOverSql(2, 1, 'jour-a', 'rvt-a', 20),
  matterSql(2, { subject: 2, kind: 'child-protection' }),
  offerSql(3, { matter: 2, kind: 'child-protection', from: 'police-a', to: 'jour-a' }),
  matterSql(3),
  endSpellSql(3, 30),
  closeMatterSql(3, 30),
  matterSql(4, { incident: 2, subject: 3, unit: 'jour-b' }),
  'commit;',
].join('');
