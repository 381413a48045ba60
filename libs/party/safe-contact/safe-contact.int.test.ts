import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { advanceRecordTime, setTimeMachine } from '#directory';
import { aReport } from '../test/reports.js';
import { PLAIN_POLICE, socialParty } from '../test/social-parties.js';
import { type As, openStage, type Stage } from '../test/stage.js';
import { NIGHT_UNIT, takenCase } from '../test/taken-case.js';
import { SafeContactWatch } from './safe-contact-watch.js';

const DAY = 24 * 3_600_000;

const CARD = {
  actingUnit: NIGHT_UNIT,
  number: 'kanarienummer-ny',
  times: 'unknown',
  windows: null,
  channels: ['phone-call', 'in-person'],
  mayWeSayWhoWeAre: false,
  voicemail: false,
  sharedPhone: true,
  language: 'arabiska',
  interpreter: 'needed',
};

describe('safe contact of a matter', () => {
  let stage: Stage;
  let police: As;
  let worker: As;
  let watch: SafeContactWatch;
  beforeAll(async () => {
    stage = await openStage([PLAIN_POLICE, socialParty('socialjouren')]);
    await setTimeMachine(stage.admin, true);
    police = await stage.as('police-liaison-globen');
    worker = await stage.as('socialjouren-case-worker');
    watch = stage.app('socialjouren').get(SafeContactWatch, { strict: false });
  }, 120_000);
  afterAll(async () => stage?.stop());

  const etag = async (id: string) => `"${(await worker.get(`/matters/${id}`)).body.version}"`;
  const step = async (id: string, action: string, body: object) =>
    worker.post(`/matters/${id}/${action}`, body, { 'if-match': await etag(id) });
  const contactOf = async (id: string) => (await worker.get(`/matters/${id}/safe-contact`)).body;
  const checksOf = (id: string): Promise<{ ended_as: string | null; days: number; asked_of: string }[]> =>
    stage.admin.query(
      `select ended_as, (due_at between start_at + interval '30 days' and start_at + interval '31 days')::int as days, asked_of
       from socialjouren.deadline where clock_id = $1 and rule = 'safe-contact-check' order by start_at, ended_at`,
      [id],
    );

  it('is shown with what to mind, before a step that would not be let through without it', async () => {
    const { adult } = await takenCase(stage, police, worker);
    const blind = await step(adult.matterId, 'contact-made', { outcome: 'spoke' });
    expect([blind.status, blind.body.code]).toEqual([409, 'SAFE_CONTACT_FIRST']);
    const contact = await contactOf(adult.matterId);
    expect(contact.card).toMatchObject({
      number: 'kanarie-nummer',
      voicemail: false,
      sharedPhone: 'unknown',
    });
    expect(contact.mayUse).toEqual(['phone-call', 'in-person']);
    expect(contact.heed.map(({ en }: { en: string }) => en)).toContain('Leave no message.');
    const made = await step(adult.matterId, 'contact-made', {
      outcome: 'spoke',
      contact: { seen: contact.version, channel: 'phone-call' },
    });
    expect(made.status).toBe(200);
    const leaves: { action: string }[] = await stage.admin.query(
      `select action from socialjouren.audit_leaf where action = 'read-safe-contact'`,
    );
    expect(leaves.length).toBeGreaterThan(0);
  });

  it('refuses what breaks it, rule by rule, unless it is overridden with a reason that is sealed and audited', async () => {
    const { adult } = await takenCase(stage, police, worker);
    const { version } = await contactOf(adult.matterId);
    const attempt = { outcome: 'voicemail-left', contact: { seen: version, channel: 'text-message' } };
    const refused = await step(adult.matterId, 'contact-attempt', attempt);
    expect([refused.status, refused.body.code]).toEqual([422, 'SAFE_CONTACT_BROKEN']);
    expect(refused.body.errors.map(({ message }: { message: string }) => message.split(':')[0])).toEqual([
      'CHANNEL',
      'MESSAGE',
      'SHARED_PHONE',
    ]);
    expect((await worker.get(`/matters/${adult.matterId}`)).body.phase).toBe('held');
    const done = await step(adult.matterId, 'contact-attempt', {
      ...attempt,
      contact: { ...attempt.contact, override: { reason: 'kanarieskäl till avsteg' } },
    });
    expect(done.status).toBe(200);
    const rows = await stage.admin.query(
      'select * from socialjouren.safe_contact_override where matter_id = $1',
      [adult.matterId],
    );
    expect(rows).toMatchObject([{ action: 'contact-attempt', rules: 'CHANNEL MESSAGE SHARED_PHONE' }]);
    expect(JSON.stringify(rows)).not.toContain('kanarie');
    const leaves: { n: number }[] = await stage.admin.query(
      `select count(*)::int as n from socialjouren.audit_leaf where action = 'override-safe-contact'`,
    );
    expect(leaves).toEqual([{ n: 1 }]);
    const events: { kind: string }[] = await stage.admin.query(
      `select kind from custody.event where matter_id = $1 and kind = 'contact-attempt'`,
      [adult.matterId],
    );
    expect(events).toHaveLength(1);
  });

  it('never lets a relative interpret, also where no card is known', async () => {
    const { child } = await takenCase(stage, police, worker);
    const answer = await step(child.matterId, 'contact-made', {
      outcome: 'met',
      contact: { channel: 'in-person', interpreter: 'relative' },
    });
    expect(answer.body.code).toBe('SAFE_CONTACT_BROKEN');
    expect((await step(child.matterId, 'contact-made', { outcome: 'met' })).status).toBe(200);
    expect((await contactOf(child.matterId)).card).toBeNull();
  });

  it('counts the newest version: what was read before it is not enough, and it goes on in what is sent', async () => {
    const { adult } = await takenCase(stage, police, worker);
    const old = await contactOf(adult.matterId);
    const recorded = await worker.post(`/matters/${adult.matterId}/safe-contact`, CARD);
    expect([recorded.status, recorded.body.version]).toEqual([201, 1]);
    const late = await step(adult.matterId, 'contact-made', {
      outcome: 'spoke',
      contact: { seen: old.version, channel: 'phone-call', interpreter: 'authorised' },
    });
    expect(late.body.code).toBe('SAFE_CONTACT_FIRST');
    const now = await contactOf(adult.matterId);
    expect(now.card).toMatchObject({ number: 'kanarienummer-ny', channels: ['phone-call', 'in-person'] });
    const alone = await step(adult.matterId, 'contact-made', {
      outcome: 'spoke',
      contact: { seen: now.version, channel: 'phone-call' },
    });
    expect(alone.body.errors[0].field).toBe('contact.interpreter');
    const rows = await stage.admin.query('select * from socialjouren.safe_contact where matter_id = $1', [
      adult.matterId,
    ]);
    expect(JSON.stringify(rows)).not.toContain('kanarie');
    const others = await police.post(`/matters/${adult.matterId}/safe-contact`, CARD);
    expect(others.body.code).toBe('NOT_YOUR_UNIT');
  });

  it('has its thirty days running as soon as the matter is taken; the hourly round finds what was missed', async () => {
    const { adult, child } = await takenCase(stage, police, worker);
    // Nobody has looked.
    const open = [{ ended_as: null, days: 1, asked_of: NIGHT_UNIT }];
    expect(await checksOf(adult.matterId)).toMatchObject(open);
    expect(await checksOf(child.matterId)).toEqual([]);
    await stage.admin.query('delete from socialjouren.deadline where clock_id = $1', [adult.matterId]);
    await watch.look();
    expect(await checksOf(adult.matterId)).toMatchObject(open);
    await watch.taken(NIGHT_UNIT, [adult.matterId, child.matterId]);
    expect(await checksOf(adult.matterId)).toHaveLength(1);
    expect(await checksOf(child.matterId)).toEqual([]);
  });

  it('is confirmed anew within thirty days, which explain themselves and begin again when it is', async () => {
    const { adult, child } = await takenCase(stage, police, worker);
    await watch.look();
    await watch.look();
    expect(await checksOf(adult.matterId)).toMatchObject([{ ended_as: null, days: 1, asked_of: NIGHT_UNIT }]);
    expect(await checksOf(child.matterId)).toEqual([]);
    const first = await contactOf(adult.matterId);
    expect(first.check.rule).toBe('safe-contact-check');
    expect(first.check.because.length).toBeGreaterThan(1);

    await advanceRecordTime(stage.admin.manager, 31 * DAY);
    expect((await contactOf(adult.matterId)).check.isBreached).toBe(true);
    const confirmed = await worker.post(`/matters/${adult.matterId}/safe-contact/confirmations`, {
      actingUnit: NIGHT_UNIT,
      seen: first.version,
      confirmedAt: new Date(Date.now() + 31 * DAY - 60_000).toISOString(),
      how: 'kanariesätt',
    });
    expect(confirmed.status).toBe(201);
    expect(await checksOf(adult.matterId)).toMatchObject([
      { ended_as: 'met', days: 1 },
      { ended_as: null, days: 1 },
    ]);
    expect((await contactOf(adult.matterId)).check.isBreached).toBe(false);
    const wrong = await worker.post(`/matters/${adult.matterId}/safe-contact/confirmations`, {
      actingUnit: NIGHT_UNIT,
      seen: '0'.repeat(64),
      confirmedAt: new Date().toISOString(),
      how: 'x',
    });
    expect(wrong.body.code).toBe('SAFE_CONTACT_FIRST');
  });

  it('asks no more once the matter is closed', async () => {
    const { adult } = await takenCase(stage, police, worker);
    await watch.look();
    const closed = await step(adult.matterId, 'close', { outcome: 'SAFETY_ARRANGED' });
    expect(closed.status).toBe(200);
    await watch.look();
    expect(await checksOf(adult.matterId)).toMatchObject([{ ended_as: 'lifted' }]);
  });

  it('has a step of a person nobody told anything about pass as before', async () => {
    const { adult } = await takenCase(stage, police, worker, aReport({ safeContacts: [] }));
    expect((await contactOf(adult.matterId)).version).toBeNull();
    expect((await step(adult.matterId, 'contact-made', { outcome: 'spoke' })).status).toBe(200);
  });
});
