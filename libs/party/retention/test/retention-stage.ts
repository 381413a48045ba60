import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { advanceRecordTime, recordNow } from '#directory';
import { aReport, aVictim } from '../../test/reports.js';
import { type As, freshKey, type Stage } from '../../test/stage.js';
import { NIGHT_UNIT, type TakenCase, takenCase } from '../../test/taken-case.js';
import { addMandate } from '../../test/test-directory.js';

const DAY = 86_400_000;

/** The second person of a disposal at socialjouren: an administrator, whom no persona is. */
export const ADMINISTRATOR = 'p-test-administrator';

/** Speaks as a person who is no persona, at one party. */
export async function asPerson(stage: Stage, party: 'socialjouren' | 'police', person: string): Promise<As> {
  const server = stage.app(party).getHttpServer();
  const authorization = `Bearer ${await stage.issuer.token(person)}`;
  return {
    get: async (path) => request(server).get(`/api/v1${path}`).set('authorization', authorization),
    post: async (path, body = {}, headers = {}) =>
      request(server)
        .post(`/api/v1${path}`)
        .set({ authorization, 'idempotency-key': freshKey(), ...headers })
        .send(body),
  };
}

/** Gives the administrator her mandate at socialjouren. */
export async function addAdministrator(stage: Stage): Promise<As> {
  await addMandate(stage.admin, { person: ADMINISTRATOR, unit: NIGHT_UNIT, role: 'administrator' });
  return asPerson(stage, 'socialjouren', ADMINISTRATOR);
}

export interface TakenAdult extends TakenCase {
  /** The mother as the record has her. */
  readonly subjectId: string;
}

/** A night with a mother who was born on this day, taken by socialjouren; her matter is closed unless it is to go on. */
export async function adultCase(
  stage: Stage,
  some: { birthDate: string; name?: string; goesOn?: boolean },
): Promise<TakenAdult> {
  const police = await stage.as('police-liaison-globen');
  const worker = await stage.as('socialjouren-case-worker');
  const { birthDate, name = `Kanarievuxen ${randomUUID()}`, goesOn = false } = some;
  const taken = await takenCase(
    stage,
    police,
    worker,
    aReport({ victims: [aVictim('victim-1', { birthDate, name })] }),
  );
  const [row]: { subject_id: string }[] = await stage.admin.query(
    'select subject_id from custody.matter where id = $1',
    [taken.adult.matterId],
  );
  if (!goesOn) await closeAdult(worker, taken);
  return { ...taken, subjectId: row?.subject_id ?? '' };
}

/** Closes the mother's matter: her safety is arranged. */
export async function closeAdult(worker: As, { adult }: TakenCase): Promise<void> {
  const path = `/matters/${adult.matterId}`;
  const match = (await worker.get(path)).headers['etag'] ?? '';
  const closed = await worker.post(`${path}/close`, { outcome: 'SAFETY_ARRANGED' }, { 'if-match': match });
  if (closed.status !== 200) throw new Error(`not closed: ${JSON.stringify(closed.body)}`);
}

/** So many days pass in the record. */
export async function daysPass(stage: Stage, days: number): Promise<Date> {
  await advanceRecordTime(stage.admin.manager, days * DAY);
  return recordNow(stage.admin.manager);
}
