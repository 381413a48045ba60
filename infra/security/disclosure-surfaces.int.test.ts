import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { advanceRecordTime, recordNow, setTimeMachine } from '#directory';
import { type BasisId, keysOf } from '#domain';
import { BOU } from '../../apps/bou/bou.party.js';
import { coordinationParty } from '../../apps/coordination/coordination.party.js';
import { WatchdogConfigSchema } from '../../apps/coordination/watchdog/watchdog-config.schema.js';
import { POLICE } from '../../apps/police/police.party.js';
import { RVT } from '../../apps/rvt/rvt.party.js';
import { SOCIALJOUREN } from '../../apps/socialjouren/socialjouren.party.js';
import { NOTICE_SCHEMA } from '../../libs/notify/index.js';
import { CaseFileExports } from '../../libs/party/case-file/case-file-export.service.js';
import { LiveFeed } from '../../libs/party/live/live-feed.js';
import { type As, openStage, type Stage } from '../../libs/party/test/stage.js';
import { NIGHT_UNIT, takenCase } from '../../libs/party/test/taken-case.js';
import { FORMS_MD } from './disclosure-surfaces.forms.js';
import { mayLeave } from './disclosure-surfaces.law.js';
import {
  allThatIsShown,
  apartOf,
  NIGHT_WORDS,
  wholeReport,
  wordedAnswers,
  wordFor,
  wordsIn,
} from './disclosure-surfaces.stage.js';

jest.setTimeout(120_000);

const POLICE_UNIT = 'lpo-globen';
const RVT_UNIT = 'rvt-sydvast';
const BOU_UNIT = 'bou-skarpnack';
const HOUR = 3_600_000;

/** Who asks: every role at the sender, the receiver, another unit of the same authority, and other authorities. */
const CAST = {
  'police-liaison-globen': POLICE_UNIT,
  'police-unit-head-globen': POLICE_UNIT,
  'police-auditor-globen': null,
  'police-administrator-globen': null,
  'police-liaison-farsta': null,
  'police-unit-head-farsta': null,
  'socialjouren-case-worker': NIGHT_UNIT,
  'socialjouren-unit-head': NIGHT_UNIT,
  'socialjouren-auditor': null,
  'socialjouren-administrator': null,
  'rvt-case-worker-sydvast': RVT_UNIT,
  'rvt-unit-head-sydvast': RVT_UNIT,
  'rvt-auditor-sydvast': null,
  'rvt-administrator-sydvast': null,
  'rvt-case-worker-farsta': null,
  'bou-case-worker-skarpnack': BOU_UNIT,
  'bou-unit-head-skarpnack': BOU_UNIT,
  'bou-auditor-skarpnack': null,
  'bou-administrator-skarpnack': null,
  'bou-case-worker-farsta': null,
  'coordination-coordinator': null,
} as const;
type Persona = keyof typeof CAST;

interface Offer {
  readonly handoffId: string;
  readonly dispatchId: string;
  readonly from: string;
  readonly to: string;
  /** What the oracle says that its envelopes hold. */
  readonly fields: readonly string[];
  readonly form: string;
  readonly words: (field: string) => string | undefined;
}

let stage: Stage;
const as = new Map<Persona, As>();
const voice = (name: Persona): As => {
  const found = as.get(name);
  if (found === undefined) throw new Error(`${name} is not here`);
  return found;
};
let [child, adult] = ['', ''];
const incidents = new Map<string, string>();
const subjects = new Map<string, { readonly child: string; readonly adult: string }>();
const offers: Offer[] = [];
const told: string[] = [];
const night = (field: string) => NIGHT_WORDS[field];
const morning = (field: string) => wordFor('morning', field);

const nightly = (subject: 'child' | 'victim', ground: BasisId) =>
  mayLeave({
    form: 'acute-police-referral',
    audience: 'socialjouren',
    subject,
    grounds: [ground],
    mustCall: false,
  });
const handedOn = (audience: string, subject: 'child' | 'victim', grounds: readonly BasisId[]) =>
  mayLeave({ form: 'morning-handover', audience, subject, grounds, mustCall: false });

beforeAll(async () => {
  const watchdog = WatchdogConfigSchema.parse({
    SMTP_URL: 'smtp://127.0.0.1:1',
    WATCHDOG_EVERY_SECONDS: '0',
  });
  const parties = [POLICE, SOCIALJOUREN, RVT, BOU, coordinationParty(watchdog)];
  stage = await openStage(parties, {}, [NOTICE_SCHEMA]);
  await setTimeMachine(stage.admin, true);
  for (const name of keysOf(CAST)) as.set(name, await stage.as(name));
  for (const party of ['police', 'socialjouren', 'rvt', 'bou'] as const) {
    const feed = stage.app(party).get(LiveFeed, { strict: false });
    feed.notices.subscribe((notice) => told.push(JSON.stringify(notice)));
  }
}, 120_000);
afterAll(() => stage?.stop());

const at = async () => (await recordNow(stage.admin.manager)).toISOString();
const named = (lines: readonly { field: string }[]): string[] => lines.map(({ field }) => field).toSorted();

/** What is written down nowhere but in sealed content: who may open which, by the oracle. */
function mayShow(unit: string | null, path: string): string[] {
  if (unit === null) return [];
  const offer = offers.find(({ handoffId }) => path.startsWith(`/handoffs/${handoffId}/`));
  if (offer === undefined || (offer.from !== unit && offer.to !== unit)) return [];
  const { apart, open } = apartOf(offer.form, offer.fields);
  const of = path.endsWith('/content') ? open : path.endsWith('/safe-contact') ? apart : [];
  return of.flatMap((field) => offer.words(field) ?? []).toSorted();
}

/** Every address by which something of the case could be asked for, of one's own party and of every other; of the latest offer alone. */
function addresses(what: 'all' | 'latest'): string[] {
  const ofMatter = ['', '/responsibility', '/same-person', '/work-conflict'];
  const { handoffId: latest } = offers.at(-1) ?? { handoffId: '' };
  if (what === 'latest')
    return [
      '/inbox',
      '/sent',
      ...['', '/events', '/content', '/safe-contact'].map((one) => `/handoffs/${latest}${one}`),
    ];
  return [
    ...['/inbox', '/held', '/sent', '/sent/ended?limit=100', '/exports', '/insight-requests'],
    ...['/stalled', '/dead-letters', '/break-glass', '/log-reviews', '/register-extracts'],
    ...offers.flatMap(({ handoffId, dispatchId }) => [
      ...['', '/events', '/receipt', '/content', '/safe-contact'].map(
        (one) => `/handoffs/${handoffId}${one}`,
      ),
      `/dispatches/${dispatchId}`,
    ]),
    ...[child, adult].flatMap((id) => ofMatter.map((one) => `/matters/${id}${one}`)),
    ...[child, adult].map((id) => `/dispatches/outlook?matterId=${id}&toUnit=${RVT_UNIT}`),
    ...[...incidents.values()].map((id) => `/incidents/${id}`),
    ...[...subjects.values()].flatMap((one) =>
      [one.child, one.adult].map((id) => `/subjects/${id}/consents`),
    ),
  ];
}

/** Asks everything as everybody; says where words showed that may not, and where words that may did not. */
async function disagreements(
  what: 'all' | 'latest' = 'all',
): Promise<{ wrong: string[]; asked: number; shown: number }> {
  const wrong: string[] = [];
  let [asked, shown] = [0, 0];
  for (const name of keysOf(CAST))
    for (const path of addresses(what)) {
      const { text, headers, status } = await voice(name).get(path);
      const found = wordsIn(`${text} ${JSON.stringify(headers)}`);
      const expected = mayShow(CAST[name], path);
      asked += 1;
      shown += found.length;
      if (found.join() !== expected.join())
        wrong.push(`${name} ${path} (${status}): ${found.join()} and not ${expected.join()}`);
    }
  return { wrong, asked, shown };
}

describe('a case with a word in every field, before every surface and every role', () => {
  it('previews to its sender every field that the forms let leave, by name and never by word', async () => {
    const police = voice('police-liaison-globen');
    const reported = await police.post('/incidents', wholeReport());
    expect([reported.status, wordsIn(reported.text)]).toEqual([201, []]);
    const matters: { matterId: string; kind: string }[] = reported.body.matters;
    child = matters.find(({ kind }) => kind === 'child-protection')?.matterId ?? '';
    adult = matters.find(({ kind }) => kind === 'adult-safety')?.matterId ?? '';
    incidents.set('police', reported.body.incidentId);
    const statement = wordFor('again', 'statement');
    const preview = await police.post('/dispatches/preview', {
      items: [
        { matterId: child, toUnit: NIGHT_UNIT },
        { matterId: adult, toUnit: NIGHT_UNIT, basis: { code: 'X-02b', statement } },
      ],
    });
    expect([preview.status, preview.body.errors, wordsIn(preview.text)]).toEqual([200, undefined, []]);
    const [ofChild, ofAdult] = preview.body.items;
    expect(named(ofChild.leaves)).toEqual(nightly('child', 'X-02').toSorted());
    expect(named(ofAdult.leaves)).toEqual(nightly('victim', 'X-02b').toSorted());

    const sent = await police.post('/dispatches', { previewId: preview.body.previewId });
    expect([sent.status, wordsIn(sent.text)]).toEqual([201, []]);
    for (const { handoffId, matterId } of sent.body.handoffs)
      offers.push({
        handoffId,
        dispatchId: sent.body.dispatchId,
        from: POLICE_UNIT,
        to: NIGHT_UNIT,
        fields: matterId === child ? nightly('child', 'X-02') : nightly('victim', 'X-02b'),
        form: 'acute-police-referral',
        words: night,
      });
  });

  it('shows, sent and not yet taken, its words in the sealed readings of its two sides and nowhere else', async () => {
    const { wrong, shown } = await disagreements('latest');
    expect(wrong).toEqual([]);
    expect(shown).toBeGreaterThan(30);
  });

  it('shows the same once it was taken, with exactly the fields of the form, field by field', async () => {
    const worker = voice('socialjouren-case-worker');
    for (const { handoffId } of offers) await worker.post(`/handoffs/${handoffId}/open`);
    const accepted = await worker.post(`/dispatches/${offers[0]?.dispatchId}/accept`);
    expect([accepted.status, wordsIn(accepted.text)]).toEqual([200, []]);
    const [a, c] = [await worker.get(`/matters/${adult}`), await worker.get(`/matters/${child}`)];
    incidents.set('socialjouren', a.body.incidentId);
    subjects.set('socialjouren', { child: c.body.subjectId, adult: a.body.subjectId });
    const { wrong, asked, shown } = await disagreements();
    expect(wrong).toEqual([]);
    expect([asked > 700, shown > 60]).toEqual([true, true]);
    for (const { handoffId, fields, form } of offers)
      for (const reader of [worker, voice('police-liaison-globen')]) {
        const { apart, open } = apartOf(form, fields);
        const content = await reader.get(`/handoffs/${handoffId}/content`);
        const contact = await reader.get(`/handoffs/${handoffId}/safe-contact`);
        expect([...new Set(named(content.body.answers))]).toEqual(open.toSorted());
        expect([...new Set(named(contact.body.answers ?? []))]).toEqual(apart.toSorted());
      }
  });
});

describe('her yes, and every way in which there is none', () => {
  const worker = () => voice('socialjouren-case-worker');
  const hers = () => subjects.get('socialjouren') ?? { child: '', adult: '' };
  const outlook = async (query = '') => {
    const answer = await worker().get(`/dispatches/outlook?matterId=${adult}&toUnit=${RVT_UNIT}${query}`);
    expect([answer.status, wordsIn(answer.text)]).toEqual([200, []]);
    return named(answer.body.leaves);
  };
  const say = async (some: Record<string, unknown> = {}, subject = hers().adult): Promise<string> => {
    const answer = await worker().post(`/subjects/${subject}/consents`, {
      actingUnit: NIGHT_UNIT,
      recipient: { unit: RVT_UNIT },
      purpose: 'adult-safety',
      fields: 'all',
      answer: 'GIVEN',
      way: 'BY_PHONE',
      answeredAt: await at(),
      note: wordFor('again', 'note'),
      ...some,
    });
    expect([answer.status, answer.body.errors, wordsIn(answer.text)]).toEqual([201, undefined, []]);
    return answer.body.recordId;
  };
  const onHers = (recordId: string) => `&basis=X-01&recordId=${recordId}`;
  const ALL = handedOn('victim-unit', 'victim', ['X-01']).toSorted();

  it('opens nothing while nobody was asked, by another recipient’s, another person’s or another purpose’s', async () => {
    expect(await outlook()).toEqual([]);
    const others = [
      await say({ recipient: { unit: 'rvt-farsta' } }),
      await say({ recipient: { unit: BOU_UNIT } }),
      await say({ purpose: 'adult-support' }),
      // Of another woman, in another case of the same unit.
      await say({}, (await takenCase(stage, voice('police-liaison-globen'), worker())).adult.subjectId),
    ];
    for (const one of others) expect(await outlook(onHers(one))).toEqual([]);
  });

  it('opens the fields that it names and no others, all that are hers where it names all, and closes when it is not named', async () => {
    const some = await say({
      fields: ['subject.identity', 'whereabouts', 'suspect.status', 'assessment.reasons'],
    });
    // What is his, and what her unit does not see, stay: her yes is to her own.
    expect(await outlook(onHers(some))).toEqual(['subject.identity', 'whereabouts']);
    const all = await say();
    expect(await outlook(onHers(all))).toEqual(ALL);
    expect(await outlook()).toEqual([]);
  });

  it('closes when it runs out, when it is taken back and when she says no', async () => {
    const until = new Date(Date.parse(await at()) + HOUR).toISOString();
    const short = await say({ validUntil: until });
    expect(await outlook(onHers(short))).toEqual(ALL);
    await advanceRecordTime(stage.admin.manager, HOUR);
    expect(await outlook(onHers(short))).toEqual([]);

    const given = await say();
    expect(await outlook(onHers(given))).toEqual(ALL);
    const withdrawn = await worker().post(`/consents/${given}/withdraw`, {
      withdrawnAt: await at(),
      way: 'BY_PHONE',
    });
    expect([withdrawn.status, wordsIn(withdrawn.text)]).toEqual([201, []]);
    expect(await outlook(onHers(given))).toEqual([]);

    const again = await say();
    expect(await outlook(onHers(again))).toEqual(ALL);
    await say({ answer: 'REFUSED' });
    expect(await outlook(onHers(again))).toEqual([]);
  });

  it('lets what was previewed on it be sent, read by its receiver and by nobody else; taken back, nothing of it goes again', async () => {
    const recordId = await say();
    const previewed = (form: 'morning' | 'again') =>
      worker().post('/dispatches/preview', {
        items: [
          {
            matterId: adult,
            toUnit: RVT_UNIT,
            basis: { code: 'X-01', recordId },
            answers: wordedAnswers(form, ALL),
          },
        ],
      });
    const tooMuch = await worker().post('/dispatches/preview', {
      items: [
        {
          matterId: adult,
          toUnit: RVT_UNIT,
          basis: { code: 'X-01', recordId },
          answers: wordedAnswers('again', keysOf(FORMS_MD['morning-handover'] ?? {})),
        },
      ],
    });
    expect([tooMuch.body.code, wordsIn(tooMuch.text)]).toEqual(['FIELD_NOT_PERMITTED', []]);
    const [first, second] = [await previewed('morning'), await previewed('again')];
    expect([first.status, first.body.errors, wordsIn(first.text)]).toEqual([200, undefined, []]);
    expect(named(first.body.items[0].leaves)).toEqual(ALL);
    const sent = await worker().post('/dispatches', { previewId: first.body.previewId });
    expect([sent.status, sent.body.errors, wordsIn(sent.text)]).toEqual([201, undefined, []]);
    const [{ handoffId }] = sent.body.handoffs;
    offers.push({
      handoffId,
      dispatchId: sent.body.dispatchId,
      from: NIGHT_UNIT,
      to: RVT_UNIT,
      fields: ALL,
      form: 'morning-handover',
      words: morning,
    });
    await worker().post(`/consents/${recordId}/withdraw`, { withdrawnAt: await at(), way: 'BY_PHONE' });
    const late = await worker().post('/dispatches', { previewId: second.body.previewId });
    expect([late.status, wordsIn(late.text)]).toEqual([409, []]);
    expect(await outlook(onHers(recordId))).toEqual([]);
    // What left has left, and is listed; the receiver holds it while it has a need of it.
    const left = await worker().get(`/consents/${recordId}/left`);
    expect([left.status, left.text.includes(RVT_UNIT), wordsIn(left.text)]).toEqual([200, true, []]);
    const { wrong, shown } = await disagreements('latest');
    expect(wrong).toEqual([]);
    expect(shown).toBeGreaterThan(20);
  });

  it('is read no more by a receiver that did not take the matter', async () => {
    const rvt = voice('rvt-case-worker-sydvast');
    const offer = offers.at(-1);
    const opened = await rvt.post(`/handoffs/${offer?.handoffId}/open`);
    const declined = await rvt.post(
      `/handoffs/${offer?.handoffId}/decline`,
      { reason: 'NOT_TARGET_GROUP' },
      { 'if-match': opened.headers['etag'] ?? '' },
    );
    expect([declined.status, wordsIn(declined.text)]).toEqual([200, []]);
    for (const part of ['content', 'safe-contact']) {
      const closed = await rvt.get(`/handoffs/${offer?.handoffId}/${part}`);
      expect([closed.status, wordsIn(closed.text)]).toEqual([409, []]);
    }
    if (offer !== undefined) offers.splice(-1, 1, { ...offer, to: 'nobody' });
    expect((await disagreements('latest')).wrong).toEqual([]);
  });
});

describe('what the unit makes of it', () => {
  const worker = () => voice('socialjouren-case-worker');
  const hers = () => subjects.get('socialjouren') ?? { child: '', adult: '' };
  const incident = () => incidents.get('socialjouren') ?? '';
  /** What socialjouren was told of the night, in words, by forms.md. */
  const ofNight = (subject: 'child' | 'victim') =>
    nightly(subject, subject === 'child' ? 'X-02' : 'X-02b').flatMap((field) => night(field) ?? []);
  const EVERYBODY_ELSE = keysOf(CAST).filter((name) => CAST[name] !== NIGHT_UNIT);
  const HER_CONTACT = ['safe-contact.number', 'safe-contact.times', 'safe-contact.language'].map(
    (field) => night(field) ?? '',
  );

  it('shows how to reach her to who must call her, and to nobody else; in the child’s file there is none', async () => {
    for (const name of keysOf(CAST)) {
      const [ofAdult, ofChild] = [adult, child].map((id) => voice(name).get(`/matters/${id}/safe-contact`));
      const expected = CAST[name] === NIGHT_UNIT ? HER_CONTACT.toSorted() : [];
      expect([name, wordsIn((await ofAdult)?.text ?? '')]).toEqual([name, expected]);
      expect([name, wordsIn((await ofChild)?.text ?? '')]).toEqual([name, []]);
    }
  });

  it.each([
    ['the mother, her own', 'adult', 'subject', null],
    ['her guardian’s eyes on the child’s', 'child', 'guardian', 'adult'],
    ['who asks from outside', 'adult', 'public', null],
  ] as const)(
    'drafts for %s what is the reader’s, and of others nothing',
    async (_, file, capacity, isPerson) => {
      const asked = await worker().post(`/incidents/${incident()}/insight-requests`, {
        actingUnit: NIGHT_UNIT,
        subjectId: hers()[file],
        capacity,
        ...(isPerson === null ? {} : { isPerson: hers()[isPerson] }),
        receivedAt: new Date(Date.parse(await at()) - 60_000).toISOString(),
        askedFor: wordFor('again', 'askedfor'),
        requester: wordFor('again', 'requester'),
        identifiedBy: capacity === 'public' ? 'not-asked' : 'identity-document',
      });
      expect([asked.status, wordsIn(asked.text)]).toEqual([201, []]);
      const id: string = asked.body.recordId;
      const draft = await worker().get(`/insight-requests/${id}/draft`);
      const lines: { field: string; standing: string; value: unknown; full: unknown }[] = draft.body.fields;
      const shows = wordsIn(JSON.stringify(lines.map(({ value }) => value)));
      const isHers = (field: string) => !['c', 'p', 'r'].some((one) => whoseOf(field).includes(one));
      const isChilds = (field: string) => !['v', 'p', 'r'].some((one) => whoseOf(field).includes(one));
      const may = Object.keys(NIGHT_WORDS)
        .filter((field) => capacity !== 'public' && (file === 'adult' ? isHers(field) : isChilds(field)))
        // Safe contact and where somebody is are masked until a decision names them.
        .filter(
          (field) =>
            !field.startsWith('safe-contact.') && !['incident.place', 'child.where-now'].includes(field),
        )
        .flatMap((field) => night(field) ?? []);
      expect(shows.filter((word) => !may.includes(word))).toEqual([]);
      expect(shows.length > 0).toBe(capacity !== 'public');
      // For the one who drafts: what the unit knows, and what is not its file's is not there either.
      const known = wordsIn(JSON.stringify(lines.map(({ full }) => full)));
      const all = [...ofNight('child'), ...ofNight('victim')];
      expect(known.filter((word) => !all.includes(word))).toEqual([]);
      expect(known.length).toBeGreaterThan(shows.length);
      if (file === 'child') expect(known.filter((word) => HER_CONTACT.includes(word))).toEqual([]);
      for (const name of EVERYBODY_ELSE)
        for (const part of ['', '/draft', '/asked', '/extract']) {
          const other = await voice(name).get(`/insight-requests/${id}${part}`);
          expect([name, part, other.status >= 400, wordsIn(other.text)]).toEqual([name, part, true, []]);
        }
    },
  );

  it('previews to him, as he would read what is being written, nothing of her, the child or whoever is kept from him', async () => {
    const answers = Object.keys(NIGHT_WORDS).map((field) => ({
      field,
      value: { words: night(field) },
      concerns: [...whoseOf(field)].flatMap((whose) => PERSON_OF[whose] ?? []),
    }));
    const persons = [
      { ref: 'mother', role: 'victim', protectedStatus: 'NO', age: 34 },
      { ref: 'child', role: 'child', protectedStatus: 'NO', age: 8 },
      { ref: 'father', role: 'alleged-perpetrator', protectedStatus: 'NO', age: 40 },
    ];
    const ask = async (reader: object) =>
      wordsIn((await worker().post('/insight-preview', { persons, answers, reader })).text);
    const his = await ask({ capacity: 'subject', fileOf: 'father', isPerson: 'father' });
    const hersOrChilds = Object.keys(NIGHT_WORDS).filter((field) => /[vcr]/.test(whoseOf(field)));
    expect(his.filter((word) => hersOrChilds.some((field) => night(field) === word))).toEqual([]);
    const asGuardian = await ask({ capacity: 'guardian', fileOf: 'child', isPerson: 'father' });
    const kept = [
      'child.where-now',
      'facts',
      'told.who-what',
      'incident.place',
      ...Object.keys(NIGHT_WORDS).filter((field) => whoseOf(field).includes('v')),
    ];
    expect(asGuardian.filter((word) => kept.some((field) => night(field) === word))).toEqual([]);
    const own = await ask({ capacity: 'subject', fileOf: 'mother', isPerson: 'mother' });
    expect(own).toContain(night('victim.identity'));
    expect(
      own.filter((word) => word === night('child.identity') || word === night('suspect.identity')),
    ).toEqual([]);
  });

  it.each(['child', 'adult'] as const)(
    'takes out of the %s’s matter its own file, and gives it to nobody else',
    async (which) => {
      const exports = stage.app('socialjouren').get(CaseFileExports, { strict: false });
      const matter = which === 'child' ? child : adult;
      const asked = await worker().post(`/matters/${matter}/exports`, { actingUnit: NIGHT_UNIT });
      expect([asked.status, wordsIn(asked.text)]).toEqual([201, []]);
      const id: string = asked.body.recordId;
      for (let look = 0; look < 200; look += 1) {
        await exports.work();
        if ((await worker().get(`/exports/${id}`)).body.state !== 'waiting') break;
      }
      for (const name of EVERYBODY_ELSE)
        for (const part of ['', '/json', '/pdf', '/receipt']) {
          const other = await voice(name).get(`/exports/${id}${part}`);
          expect([name, part, other.status >= 400, wordsIn(other.text ?? '')]).toEqual([
            name,
            part,
            true,
            [],
          ]);
        }
      const { bytes, status } = await stage.fileAs('socialjouren-case-worker', `/exports/${id}/json`);
      const inFile = wordsIn(bytes.toString('utf8'));
      const known = [...ofNight('child'), ...ofNight('victim')];
      const notIts = inFile.filter((word) => word.startsWith('zkqnight') && !known.includes(word));
      expect([status, notIts]).toEqual([200, []]);
      expect(inFile).toContain(night(which === 'child' ? 'child.identity' : 'victim.identity'));
      if (which === 'child') expect(inFile.filter((word) => HER_CONTACT.includes(word))).toEqual([]);
    },
  );

  it('says no word back in a refusal, whoever asks and whatever is wrong', async () => {
    const word = wordFor('again', 'refused');
    const bodies = { note: word, reason: word, statement: word, text: word, actingUnit: word, answer: word };
    for (const name of keysOf(CAST))
      for (const path of [
        '/incidents',
        '/dispatches/preview',
        `/handoffs/${offers[0]?.handoffId}/decline`,
        `/matters/${adult}/close`,
        `/matters/${adult}/note`,
        `/matters/${child}/safe-contact`,
        `/subjects/${hers().adult}/consents`,
        `/incidents/${incident()}/insight-requests`,
      ]) {
        const refused = await voice(name).post(path, bodies, { 'if-match': '"99"' });
        expect([name, path, refused.status >= 400, wordsIn(refused.text)]).toEqual([name, path, true, []]);
      }
  });
});

/** BoU assesses, decides on an investigation, writes, takes over and meets the child; gives the incident as BoU has it. */
async function bouWorks(bou: As, matterId: string): Promise<string> {
  const seen = await bou.get(`/matters/${matterId}`);
  const inBou: string = seen.body.incidentId;
  const now = await at();
  const assessed = await bou.post(`/incidents/${inBou}/protection-assessments`, {
    actingUnit: BOU_UNIT,
    subjectId: seen.body.subjectId,
    outcome: 'NO_IMMEDIATE_NEED',
    reasons: wordFor('again', 'assessment'),
    childHeard: 'YES',
    assessedAt: now,
  });
  const decided = await bou.post(`/matters/${matterId}/investigation-decision`, {
    opened: true,
    ground: 'VIOLENCE',
    reasons: wordFor('again', 'investigation'),
    decidedAt: now,
  });
  expect([assessed.status, decided.status]).toEqual([201, 201]);
  for (const [action, body] of [
    ['note', { note: wordFor('again', 'note') }],
    ['take-over', {}],
    ['contact-made', { outcome: 'met' }],
  ] as const) {
    const { headers } = await bou.get(`/matters/${matterId}`);
    const did = await bou.post(`/matters/${matterId}/${action}`, body, { 'if-match': headers['etag'] ?? '' });
    expect([action, did.status, did.body.code]).toEqual([action, 200, undefined]);
  }
  return inBou;
}

describe('what a sender sees of a child whom BoU took', () => {
  /** All that a former holder may ask about the child, without the lists that other matters are in. */
  const paths = (party: string): string[] => [
    ...['/sent', '/sent/ended?limit=100', '/inbox', '/held', `/incidents/${incidents.get(party)}`],
    ...[child].flatMap((id) => [`/matters/${id}`, `/matters/${id}/responsibility`]),
    ...offers.flatMap(({ handoffId, dispatchId }) => [
      ...['', '/events', '/receipt', '/content'].map((one) => `/handoffs/${handoffId}${one}`),
      `/dispatches/${dispatchId}`,
    ]),
  ];

  it('is delivered, opened and taken by which function; then the same to the last byte, whatever BoU does', async () => {
    const worker = voice('socialjouren-case-worker');
    const police = voice('police-liaison-globen');
    const bou = voice('bou-case-worker-skarpnack');
    const fields = handedOn('child-unit', 'child', ['X-11']);
    const preview = await worker.post('/dispatches/preview', {
      items: [{ matterId: child, toUnit: BOU_UNIT, answers: wordedAnswers('morning', fields) }],
    });
    expect([preview.status, preview.body.errors, wordsIn(preview.text)]).toEqual([200, undefined, []]);
    expect(named(preview.body.items[0].leaves)).toEqual(fields.toSorted());
    const sent = await worker.post('/dispatches', { previewId: preview.body.previewId });
    const [{ handoffId }] = sent.body.handoffs;
    const { dispatchId } = sent.body;
    offers.push({
      handoffId,
      dispatchId,
      from: NIGHT_UNIT,
      to: BOU_UNIT,
      fields,
      form: 'morning-handover',
      words: morning,
    });
    const policeBefore = await allThatIsShown(police, paths('police'));
    const opened = await bou.post(`/handoffs/${handoffId}/open`);
    const accepted = await bou.post(
      `/handoffs/${handoffId}/accept`,
      {},
      { 'if-match': opened.headers['etag'] ?? '' },
    );
    expect([accepted.status, accepted.body.phase]).toEqual([200, 'accepted']);
    const view = (await worker.get(`/handoffs/${handoffId}`)).body;
    expect([view.phase, view.deliveredAt, view.openedAt].every((one) => one !== null)).toBe(true);
    const line = (await worker.get(`/matters/${child}/responsibility`)).body;
    expect([
      line.thenTakenBy !== null,
      JSON.stringify(line).includes(stage.persona('bou-case-worker-skarpnack').personId),
    ]).toEqual([true, false]);
    const both = async () => ({
      police: await allThatIsShown(police, paths('police')),
      night: await allThatIsShown(worker, paths('socialjouren')),
    });
    // To the police nothing moved even when it was taken on: they know of their own offer only.
    expect(
      await allThatIsShown(
        police,
        paths('police').filter((path) => path in policeBefore),
      ),
    ).toEqual(policeBefore);
    const before = await both();
    told.length = 0;

    incidents.set('bou', await bouWorks(bou, child));
    expect(await both()).toEqual(before);
  });

  it('and what BoU was handed shows to BoU as it shows to who handed it on, and to nobody else', async () => {
    const { wrong, shown } = await disagreements();
    expect(wrong).toEqual([]);
    expect(shown).toBeGreaterThan(60);
  });

  it('nor did any live notice say more than which unit should look', () => {
    expect(told.length).toBeGreaterThan(0);
    for (const notice of told) expect(Object.keys(JSON.parse(notice))).toEqual(['unit']);
    expect(told.filter((notice) => notice.includes(BOU_UNIT)).length).toBeGreaterThan(0);
    expect(told.filter((notice) => notice.includes(POLICE_UNIT))).toEqual([]);
  });
});

describe('what the police see of a child whom they sent to BoU by day', () => {
  it('is delivered, opened and taken by which function, and not one byte more of what BoU does', async () => {
    const [police, bou] = [voice('police-liaison-globen'), voice('bou-case-worker-skarpnack')];
    const reported = await police.post('/incidents', wholeReport());
    const matters: { matterId: string; kind: string }[] = reported.body.matters;
    const matterId = matters.find(({ kind }) => kind === 'child-protection')?.matterId ?? '';
    const offer = () => police.post('/dispatches/preview', { items: [{ matterId, toUnit: BOU_UNIT }] });
    let preview = await offer();
    // The way to BoU is open in its office hours only.
    for (let hour = 0; hour < 120 && preview.status !== 200; hour += 1) {
      await advanceRecordTime(stage.admin.manager, HOUR);
      preview = await offer();
    }
    expect([preview.status, wordsIn(preview.text)]).toEqual([200, []]);
    const may = mayLeave({
      form: 'acute-police-referral',
      audience: 'child-unit',
      subject: 'child',
      grounds: ['X-02'],
      mustCall: false,
    });
    // What happened is cut to the child's part by a person, and does not travel by itself.
    expect(named(preview.body.items[0].leaves)).toEqual(may.filter((field) => field !== 'facts').toSorted());
    const sent = await police.post('/dispatches', { previewId: preview.body.previewId });
    const [{ handoffId }] = sent.body.handoffs;
    const opened = await bou.post(`/handoffs/${handoffId}/open`);
    const content = await bou.get(`/handoffs/${handoffId}/content`);
    const cut = [
      'incident.place',
      'facts',
      ...Object.keys(NIGHT_WORDS).filter((field) => !may.some((one) => one === field)),
    ];
    expect(wordsIn(content.text).filter((word) => cut.some((field) => night(field) === word))).toEqual([]);
    expect(wordsIn(content.text)).toContain(night('child.identity'));
    const accepted = await bou.post(
      `/handoffs/${handoffId}/accept`,
      {},
      { 'if-match': opened.headers['etag'] ?? '' },
    );
    expect([accepted.status, accepted.body.phase]).toEqual([200, 'accepted']);

    const view = (await police.get(`/handoffs/${handoffId}`)).body;
    expect([view.phase, view.deliveredAt === null, view.openedAt === null, view.acceptedAt === null]).toEqual(
      ['accepted', false, false, false],
    );
    expect((await police.get(`/matters/${matterId}/responsibility`)).body.thenTakenBy).not.toBeNull();
    const paths = [
      ...['/sent', '/sent/ended?limit=100', '/inbox', '/held', `/incidents/${reported.body.incidentId}`],
      ...['', '/responsibility'].map((one) => `/matters/${matterId}${one}`),
      ...['', '/events', '/receipt', '/content', '/safe-contact'].map(
        (one) => `/handoffs/${handoffId}${one}`,
      ),
      `/dispatches/${sent.body.dispatchId}`,
    ];
    const before = await allThatIsShown(police, paths);
    expect(Object.values(before).join('')).not.toContain(stage.persona('bou-case-worker-skarpnack').personId);
    await bouWorks(bou, matterId);
    expect(await allThatIsShown(police, paths)).toEqual(before);
  });
});

const PERSON_OF: Readonly<Record<string, readonly string[]>> = { v: ['mother'], c: ['child'], p: ['father'] };
const whoseOf = (field: string): string => FORMS_MD['acute-police-referral']?.[field]?.whose ?? '';
