import { formatLocalInstant } from '#calendar';
import { ActRecordedSchema, MatterChangedSchema } from '#contracts';
import { clockTime } from '../stage/language.js';
import { expectTold } from '../stage/not-as-told.js';
import type { Stage } from '../stage/stage.js';
import { contactAsRead } from './safe-contact.js';
import { type Case, type CaseMatter, mattersOf, readMatter } from './the-case.js';

const JOUR = 'socialjouren-case-worker';
const MINUTES = 60_000;

/** What the morning rests on. */
export interface NightWork {
  /** Her recorded consent that RVT may be told. */
  readonly consentId: string;
}

interface Assessment {
  readonly matter: CaseMatter;
  readonly atMinute: number;
  readonly childHeard: 'YES' | 'NO';
}

/** Socialjouren decides on necessity before anyone goes, assesses each child the same night, and asks her. */
export async function theNightWork(stage: Stage, theCase: Case): Promise<NightWork> {
  stage.timeline.chapter({ sv: '4. Natten', en: '4. The night' });
  await attendanceIsDecided(stage, theCase);
  await theyMeet(stage, theCase);
  const { mother, younger, elder } = theCase;
  await childIsAssessed(stage, theCase, { matter: younger, atMinute: 38, childHeard: 'YES' });
  await childIsAssessed(stage, theCase, { matter: elder, atMinute: 52, childHeard: 'NO' });
  return { consentId: await consentIsRecorded(stage, theCase, mother) };
}

const minutesIn = ({ night }: Case, minutes: number): Date =>
  new Date(night.alarmAt.getTime() + minutes * MINUTES);

async function attendanceIsDecided(stage: Stage, theCase: Case): Promise<void> {
  const { timeline, canaries } = stage;
  const jour = await stage.as(JOUR);
  await stage.until(minutesIn(theCase, 8));
  const { incidentId } = await readMatter(jour, theCase.younger);
  const path = `/incidents/${incidentId}/attendance-decision`;
  await jour.refuses(path, { actingUnit: jour.unit, attends: true, visitsHome: true }, 'NECESSITY_REQUIRED');
  timeline.at(await stage.now(), 'Socialjouren', {
    sv: 'vill åka hem till dem. Att programmet gäller räcker inte: systemet vägrar utan nödvändighet och grund',
    en: 'wants to go to their home. That the programme applies is not enough: the system refuses without necessity and ground',
  });
  const decided = await jour.post(
    path,
    {
      actingUnit: jour.unit,
      attends: true,
      visitsHome: true,
      necessity: `Barnet såg våldet och är vaket ${canaries.word('attendance.decided.necessity')}`,
      legalGround: 'CONSENT',
      consent: 'GIVEN',
      reasons: `Modern samtycker ${canaries.word('attendance.decided.ground')}`,
    },
    ActRecordedSchema,
  );
  timeline.at(new Date(decided.recordedAt), 'Socialjouren', {
    sv: 'beslutar att åka, med nödvändighet och laglig grund antecknade. Först nu får någon åka',
    en: 'decides to go, with necessity and legal ground recorded. Only now may anyone leave',
  });
}

/** Everyone is reached: her at home, the child in Skarpnäck by telephone. */
async function theyMeet(stage: Stage, theCase: Case): Promise<void> {
  const { timeline, canaries } = stage;
  const jour = await stage.as(JOUR);
  await stage.until(minutesIn(theCase, 30));
  for (const matter of mattersOf(theCase)) {
    const { version } = await readMatter(jour, matter);
    await jour.post(
      `/matters/${matter.matterId}/contact-made`,
      {
        outcome: matter === theCase.elder ? 'spoke' : 'met',
        ...(await contactAsRead(jour, matter.matterId, { channel: 'in-person' })),
        note: `Samtal i natt ${canaries.word(`contact.${matter.ref}.note`)}`,
      },
      MatterChangedSchema,
      version,
    );
    const { deadlines } = await readMatter(jour, matter);
    const contact = deadlines.find(({ rule }) => rule === 'first-contact');
    expectTold(contact?.endedAs === 'met', `first contact with ${matter.who.en} to be met`, contact);
  }
  timeline.at(await stage.now(), 'Socialjouren', {
    sv: 'träffar modern och barnet i Älvsjö, och talar med dem som är hos barnet i Skarpnäck',
    en: 'meets the mother and the child in Älvsjö, and speaks with those who are with the child in Skarpnäck',
  });
}

async function childIsAssessed(
  stage: Stage,
  theCase: Case,
  { matter, atMinute, childHeard }: Assessment,
): Promise<void> {
  const { timeline, canaries } = stage;
  const jour = await stage.as(JOUR);
  const assessedAt = minutesIn(theCase, atMinute);
  await stage.until(assessedAt);
  const { incidentId, subjectId } = await readMatter(jour, matter);
  const recorded = await jour.post(
    `/incidents/${incidentId}/protection-assessments`,
    {
      actingUnit: jour.unit,
      subjectId,
      outcome: 'NO_IMMEDIATE_NEED',
      reasons: `Han är borta och låset är bytt ${canaries.word(`assessment.${matter.ref}.reasons`)}`,
      childHeard,
      ...(childHeard === 'NO'
        ? { whyNotHeard: `Barnet sover ${canaries.word(`assessment.${matter.ref}.not-heard`)}` }
        : {}),
      assessedAt: formatLocalInstant(assessedAt),
    },
    ActRecordedSchema,
  );
  const duties = await stage.waitFor(`D-01 and D-02 of ${matter.who.en} to be met`, async () => {
    const { deadlines } = await readMatter(jour, matter);
    const both = deadlines.filter(({ rule }) => rule === 'D-01' || rule === 'D-02');
    return both.length === 2 && both.every(({ endedAs }) => endedAs === 'met') ? both : null;
  });
  for (const { rule, endedAt, isBreached } of duties) {
    expectTold(!isBreached, `${rule} to be met in time`);
    expectTold(
      endedAt !== null && new Date(endedAt).getTime() === assessedAt.getTime(),
      `${rule} to be met at the time of the assessment`,
      endedAt,
    );
  }
  timeline.at(new Date(recorded.recordedAt), 'Socialjouren', {
    sv: `skyddsbedömer ${matter.who.sv}, samma dag: D-01 (senast ${dueOf(duties, 'D-01', 'sv')}) och D-02 är uppfyllda`,
    en: `assesses the protection of ${matter.who.en}, the same day: D-01 (by ${dueOf(duties, 'D-01', 'en')}) and D-02 are met`,
  });
}

function dueOf(
  duties: readonly { readonly rule: string; readonly dueAt: string }[],
  wanted: string,
  language: 'sv' | 'en',
): string {
  const due = duties.find(({ rule }) => rule === wanted);
  return due === undefined ? '–' : clockTime(new Date(due.dueAt), language);
}

async function consentIsRecorded(stage: Stage, theCase: Case, mother: CaseMatter): Promise<string> {
  await stage.until(minutesIn(theCase, 60));
  const { recordId, recordedAt } = await recordConsent(stage, theCase, {
    way: 'IN_PERSON',
    fields: [...ONLY_WHO_SHE_IS],
  });
  stage.timeline.at(new Date(recordedAt), 'Socialjouren', {
    sv: `frågar ${mother.who.sv}: RVT får veta vem hon är, inte mer i natt. Barnens väg följer av lag och frågar inte efter samtycke`,
    en: `asks ${mother.who.en}: RVT may know who she is, and no more tonight. The children's way follows from the law and asks for no consent`,
  });
  return recordId;
}

/** The fields without which the handover would be of nobody. */
const ONLY_WHO_SHE_IS = ['subject.identity', 'told.who-what', 'consent-and-basis'] as const;

/** How she was asked and what her yes covers. */
export interface HerAnswer {
  readonly way: 'IN_PERSON' | 'BY_PHONE';
  readonly fields: 'all' | readonly string[];
}

/** Records that she agrees to RVT Sydväst being told; her words are sealed. */
export async function recordConsent(
  stage: Stage,
  theCase: Case,
  { way, fields }: HerAnswer,
): Promise<{ recordId: string; recordedAt: string }> {
  const { canaries } = stage;
  const jour = await stage.as(JOUR);
  const { subjectId } = await readMatter(jour, theCase.mother);
  return jour.post(
    `/subjects/${subjectId}/consents`,
    {
      actingUnit: jour.unit,
      recipient: { unit: 'rvt-sydvast' },
      purpose: 'adult-safety',
      purposeInWords: `stöd och skydd ${canaries.word(`consent.${way}.purpose`)}`,
      fields,
      answer: 'GIVEN',
      way,
      answeredAt: formatLocalInstant(await stage.now()),
      note: `Ja, gärna i morgon ${canaries.word(`consent.${way}.note`)}`,
    },
    ActRecordedSchema,
  );
}
