import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { parseLocalDate } from '#calendar';
import { createTestDatabase, openDataSource, type TestDatabase } from '#database';
import { type MandateHeld, type RotaHeld, restingRolesAt, rolesAt, type Staffing } from '#domain';
import { DIRECTORY_SCHEMA } from './index.js';

let database: TestDatabase;
let admin: DataSource;

const UNITS = ['rvt-a', 'rvt-b'];
const PERSON = 'p-one';
const day = (text: string) => {
  const found = parseLocalDate(text);
  if (found === undefined) throw new Error(text);
  return found;
};
// The nights when clocks change, a year's turn and an ordinary week: where a day and an instant part company.
const DAYS = [
  '2026-03-28',
  '2026-03-29',
  '2026-03-30',
  '2026-10-24',
  '2026-10-25',
  '2026-10-26',
  '2026-12-31',
].map(day);
const INSTANTS = [
  '2026-03-28T22:59:59.999Z',
  '2026-03-28T23:00:00.000Z',
  '2026-03-29T00:59:59.999Z',
  '2026-03-29T01:00:00.000Z',
  '2026-03-29T21:59:59.999Z',
  '2026-03-29T22:00:00.000Z',
  '2026-10-24T21:59:59.999Z',
  '2026-10-24T22:00:00.000Z',
  '2026-10-25T00:30:00.000Z',
  '2026-10-25T01:30:00.000Z',
  '2026-10-25T22:59:59.999Z',
  '2026-10-25T23:00:00.000Z',
  '2026-12-31T22:59:59.999Z',
  '2026-12-31T23:00:00.000Z',
].map((text) => new Date(text));

beforeAll(async () => {
  database = await createTestDatabase([DIRECTORY_SCHEMA]);
  admin = await openDataSource({
    url: database.adminUrl,
    definition: DIRECTORY_SCHEMA,
    applicationName: 'roles of test',
    poolSize: 1,
  });
  await admin.query(`insert into directory.party values ('rvt', 'rvt', 'rvt', true)`);
  for (const unit of UNITS)
    await admin.query(
      `insert into directory.unit (id, name, kind, form, party, external, tag, source, note)
       values ($1, $1, 'rvt', 'rvt', 'rvt', '', 'U', 'test', '')`,
      [unit],
    );
}, 60_000);
afterAll(async () => {
  await admin?.destroy();
  await database?.drop();
});
beforeEach(() => admin.query('truncate directory.mandate, directory.rota'));

const instant = fc.constantFrom(...INSTANTS);
const unit = fc.constantFrom(...UNITS);
const mandate: fc.Arbitrary<MandateHeld> = fc.record({
  person: fc.constantFrom(PERSON, 'p-two'),
  unit,
  role: fc.constantFrom('case-worker', 'unit-head', 'auditor'),
  validFrom: fc.option(fc.constantFrom(...DAYS), { nil: null }),
  validUntil: fc.option(fc.constantFrom(...DAYS), { nil: null }),
  hours: fc.constantFrom('always', 'on-shift'),
  revokedAt: fc.option(instant, { nil: null }),
});
const spell: fc.Arbitrary<RotaHeld> = fc
  .record({
    person: fc.constantFrom(PERSON, 'p-two'),
    unit,
    duty: fc.constantFrom('on-duty', 'deputy-head'),
    from: instant,
    until: instant,
  })
  .filter(({ from, until }) => from < until);
const staffing: fc.Arbitrary<Staffing> = fc.record({
  mandates: fc.array(
    mandate.filter(
      ({ validFrom, validUntil }) => validFrom === null || validUntil === null || validFrom <= validUntil,
    ),
    { maxLength: 5 },
  ),
  rota: fc.array(spell, { maxLength: 5 }),
});

const sorted = (roles: readonly { unit: string; role: string }[]) =>
  [...new Set(roles.map((one) => `${one.unit} ${one.role}`))].sort();

describe('directory.roles_of', () => {
  it('says what the rule says, at every instant, whatever the mandates and the rota', async () => {
    await fc.assert(
      fc.asyncProperty(staffing, async ({ mandates, rota }) => {
        await admin.query('truncate directory.mandate, directory.rota');
        for (const one of mandates)
          await admin.query(
            `insert into directory.mandate (id, person_id, unit_id, role, valid_from, valid_until, hours, revoked_at, label_sv, label_en)
             values ($1, $2, $3, $4, $5, $6, $7, $8, '-', '-')`,
            [
              randomUUID(),
              one.person,
              one.unit,
              one.role,
              one.validFrom,
              one.validUntil,
              one.hours,
              one.revokedAt,
            ],
          );
        for (const one of rota)
          await admin.query('insert into directory.rota values ($1, $2, $3, $4, $5, $6)', [
            randomUUID(),
            one.unit,
            one.person,
            one.duty,
            one.from,
            one.until,
          ]);
        const rows: { at: Date; kind: string; unit: string; role: string }[] = await admin.query(
          `select at, 'active' as kind, r.unit_id as unit, r.role from unnest($2::timestamptz[]) at, directory.roles_of($1, at) r
           union all
           select at, 'resting', r.unit_id, r.role from unnest($2::timestamptz[]) at, directory.resting_roles_of($1, at) r`,
          [PERSON, INSTANTS],
        );
        for (const at of INSTANTS) {
          const inSql = (kind: string) =>
            sorted(rows.filter((row) => row.kind === kind && row.at.getTime() === at.getTime()));
          expect([at, inSql('active')]).toEqual([at, sorted(rolesAt({ mandates, rota }, PERSON, at))]);
          expect([at, inSql('resting')]).toEqual([
            at,
            sorted(restingRolesAt({ mandates, rota }, PERSON, at)),
          ]);
        }
      }),
      { numRuns: 60 },
    );
  }, 120_000);
});
