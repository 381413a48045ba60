import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { POLICE } from '../../apps/police/police.party.js';
import { RVC } from '../../apps/rvc/rvc.party.js';
import { RVT } from '../../apps/rvt/rvt.party.js';
import { SOCIALJOUREN } from '../../apps/socialjouren/socialjouren.party.js';
import { aReport } from '../../libs/party/test/reports.js';
import { type As, openStage, type Stage } from '../../libs/party/test/stage.js';
import { NIGHT_UNIT, type TakenCase, takenCase } from '../../libs/party/test/taken-case.js';
import { until } from '../../libs/party/test/until.js';

const HIS_RVT = 'rvt-farsta';
const HIS_RVC = 'rvc-sydost';
const UNKNOWN = { value: 'unknown' };
const OFFER = {
  'change.person': { value: 'kanariehan' },
  'change.agrees': { value: 'YES' },
  'change.how-to-reach': UNKNOWN,
  'change.callback': UNKNOWN,
};
const now = () => new Date().toISOString();

const SUSPECT = {
  ...{
    ref: 'suspect-1',
    name: 'Kanariesuspekt',
    number: 'unknown',
    birthDate: 'unknown',
    protectedStatus: 'NO',
  },
  residence: { municipality: 'Stockholm', subdistrict: 'Farsta', basis: 'REGISTERED' },
  ...{ roleDisputed: 'unknown', guardianOf: 'unknown', told: 'unknown', agreesToContact: 'unknown' },
};

describe('the offer to the alleged perpetrator, and the wall around it (R-020, R-021)', () => {
  let stage: Stage;
  let police: As;
  let worker: As;
  let his: As;
  let centre: As;
  let night: TakenCase;
  let him: string;
  let offered: { matterId: string; handoffId: string };
  let listener: Client;
  const live: string[] = [];

  beforeAll(async () => {
    stage = await openStage([POLICE, SOCIALJOUREN, RVT, RVC]);
    police = await stage.as('police-liaison-globen');
    worker = await stage.as('socialjouren-case-worker');
    his = await stage.as('rvt-case-worker-farsta');
    centre = await stage.as('rvc-case-worker-sydost');
    const reported: { subjects?: { role: string; subjectId: string }[] }[] = [];
    night = await takenCase(
      stage,
      {
        ...police,
        post: async (path, ...rest) => {
          const answer = await police.post(path, ...rest);
          if (path === '/incidents') reported.push(answer.body);
          return answer;
        },
      },
      worker,
      aReport({ suspects: [SUSPECT] }),
    );
    him = reported[0]?.subjects?.find(({ role }) => role === 'alleged-perpetrator')?.subjectId ?? '';
    expect(him).not.toBe('');
    listener = new Client({ connectionString: stage.database.adminUrl });
    listener.on('notification', ({ payload }) => void live.push(payload ?? ''));
    await listener.connect();
    await listener.query('listen handslag_live');
  }, 120_000);
  afterAll(async () => {
    await listener?.end();
    await stage?.stop();
  });

  const conditions = (some: Record<string, unknown> = {}) =>
    police.post(`/subjects/${him}/change-conditions`, {
      ...{
        actingUnit: 'lpo-globen',
        told: true,
        agreesToContact: true,
        saidAt: now(),
        note: 'kanarieord',
        ...some,
      },
    });
  const offer = (some: Record<string, unknown> = {}) =>
    worker.post(`/matters/${night.adult.matterId}/change-offer`, {
      safeFrom: now(),
      reasons: 'kanarieskäl',
      ...some,
    });
  const answered = ({ status, body }: { status: number; body: { code?: string } }) => [status, body.code];
  const toldFacts = async (): Promise<string[]> => {
    const rows: { code: string }[] = await stage.admin.query(
      'select code from custody.published_fact where incident_id = $1 order by published_at, id',
      [night.recordId],
    );
    return rows.map(({ code }) => code);
  };

  async function take(as: As, handoffId: string): Promise<void> {
    const opened = await as.post(`/handoffs/${handoffId}/open`);
    const accepted = await as.post(
      `/handoffs/${handoffId}/accept`,
      {},
      { 'if-match': opened.headers['etag'] ?? '' },
    );
    expect([accepted.status, accepted.body.code]).toEqual([200, undefined]);
  }

  async function hand(as: As, matterId: string, toUnit: string, statement: string): Promise<string> {
    const preview = await as.post('/dispatches/preview', {
      items: [{ matterId, toUnit, basis: { code: 'X-01', statement }, answers: OFFER }],
    });
    const sent = await as.post('/dispatches', { previewId: preview.body.previewId });
    expect([sent.status, preview.body.errors ?? preview.body.code ?? sent.body.errors]).toEqual([
      201,
      undefined,
    ]);
    return sent.body.handoffs[0].handoffId;
  }

  async function act(as: As, matterId: string, action: string, body: object = {}): Promise<void> {
    const seen = await as.get(`/matters/${matterId}`);
    const done = await as.post(`/matters/${matterId}/${action}`, body, {
      'if-match': seen.headers['etag'] ?? '',
    });
    expect([action, done.status, done.body.errors ?? done.body.code]).toEqual([action, 200, undefined]);
  }

  async function allThatIsShown(
    as: As,
    { matterId, handoffId }: typeof offered,
  ): Promise<Record<string, string>> {
    const { body } = await as.get(`/matters/${matterId}`);
    const shown: Record<string, string> = {};
    for (const path of [
      ...['/inbox', '/held', '/sent', '/sent/ended?limit=100'],
      ...(body.incidentId === undefined ? [] : [`/incidents/${body.incidentId}`]),
      ...['', '/events', '/receipt', '/content', '/safe-contact'].map(
        (what) => `/handoffs/${handoffId}${what}`,
      ),
      ...['', '/responsibility', '/same-person'].map((what) => `/matters/${matterId}${what}`),
      `/matters/${night.adult.matterId}`,
      `/matters/${night.child.matterId}`,
    ]) {
      const answer = await as.get(path);
      shown[path] = [answer.status, answer.headers['etag'], answer.text].join('\n');
    }
    return shown;
  }

  it('is not made before the police have told him and he agrees, and says what is missing', async () => {
    expect(answered(await offer())).toEqual([409, 'CHANGE_CONDITIONS_UNMET']);
    expect(answered(await conditions({ told: false }))).toEqual([400, 'INVALID_INPUT']);
    expect((await conditions({ agreesToContact: false })).status).toBe(201);
    // Nobody is told of a no that changes nothing.
    expect(await toldFacts()).toEqual([]);
    expect(answered(await offer())).toEqual([409, 'CHANGE_CONDITIONS_UNMET']);
  });

  it('waits until it is safe for her, and opens a matter of his own then', async () => {
    expect((await conditions()).body.version).toBe(2);
    await until(async () => ((await toldFacts()).length === 1 ? true : undefined));
    const later = await offer({ safeFrom: new Date(Date.now() + 86_400_000).toISOString() });
    expect([later.status, later.body.matterId]).toEqual([201, null]);
    const made = await offer();
    expect([made.status, made.body.version]).toEqual([201, 2]);
    const [row]: { kind: string; holder_unit: string }[] = await stage.admin.query(
      'select kind, holder_unit from custody.matter where id = $1',
      [made.body.matterId],
    );
    expect(row).toEqual({ kind: 'perpetrator-change', holder_unit: NIGHT_UNIT });
    const handoffId = await hand(worker, made.body.matterId, HIS_RVT, 'han har sagt ja till polisen');
    await take(his, handoffId);
    offered = { matterId: made.body.matterId, handoffId };
  });

  it('is composed of his own words: nothing of hers is in the envelope', async () => {
    const { body } = await his.get(`/handoffs/${offered.handoffId}/content`);
    expect(body.answers.map(({ field }: { field: string }) => field).toSorted()).toEqual(
      Object.keys(OFFER).toSorted(),
    );
    expect(JSON.stringify(body)).not.toContain('Kanarievuxen');
  });

  it('shows his side no matter, person or kind of need but his, and calls all of it by other ids', async () => {
    const everything = Object.values(await allThatIsShown(his, offered))
      .join('\n')
      .replaceAll(/"keepFrom":\[[^\]]*\]/g, '');
    const others: { id: string }[] = await stage.admin.query(
      `select id from custody.matter where incident_id = $1 and id <> $2
       union all select h.id from custody.handoff h join custody.matter m on m.id = h.matter_id
         where m.incident_id = $1 and m.id <> $2
       union all select id from custody.subject union all select id from custody.incident`,
      [night.recordId, offered.matterId],
    );
    expect(others.filter(({ id }) => everything.includes(id))).toEqual([]);
    for (const word of [
      'child',
      'barn',
      'victim',
      'adult-safety',
      night.adult.subjectId,
      night.incident,
      him,
    ])
      expect([word, everything.includes(word)]).toEqual([word, false]);
  });

  it('is told nothing, not one byte and no live notice, whatever is done for her and the child', async () => {
    const before = await allThatIsShown(his, offered);
    live.length = 0;
    await act(worker, night.adult.matterId, 'note', { note: 'kanarieanteckning' });
    await act(worker, night.child.matterId, 'note', { note: 'kanarieanteckning' });
    await worker.post(`/incidents/${night.incident}/protection-assessments`, {
      ...{ actingUnit: NIGHT_UNIT, subjectId: night.child.subjectId, outcome: 'PROTECTION_NEEDED_NOW' },
      ...{ reasons: 'skäl', childHeard: 'unknown', assessedAt: now() },
    });
    expect(await until(async () => (live.includes(NIGHT_UNIT) ? true : undefined))).toBe(true);
    expect(await allThatIsShown(his, offered)).toEqual(before);
    expect(live).not.toContain(HIS_RVT);
  });

  it('goes on to the centre of his own residence, which sees as little', async () => {
    const handoffId = await hand(his, offered.matterId, HIS_RVC, 'han vill börja');
    await take(centre, handoffId);
    const everything = Object.values(
      await allThatIsShown(centre, { matterId: offered.matterId, handoffId }),
    ).join('\n');
    for (const id of [
      night.adult.matterId,
      night.child.matterId,
      night.adult.subjectId,
      night.child.subjectId,
    ])
      expect(everything.replaceAll(`/matters/${id}`, '').includes(id)).toBe(false);
  });

  it('is taken back with his word: a newer no closes the way', async () => {
    expect((await conditions({ agreesToContact: false })).status).toBe(201);
    await until(async () => ((await toldFacts()).at(-1) === 'suspect-declines-contact' ? true : undefined));
    expect(answered(await offer())).toEqual([409, 'CHANGE_CONDITIONS_UNMET']);
  });
});
