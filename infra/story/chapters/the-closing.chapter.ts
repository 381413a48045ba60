import { addDays, formatLocalInstant, instantOf, localTimeOf, rollToWorkingDay } from '#calendar';
import { ActRecordedSchema, MatterChangedSchema } from '#contracts';
import { expectTold } from '../stage/not-as-told.js';
import type { Stage } from '../stage/stage.js';
import { contactAsRead } from './safe-contact.js';
import { type Case, type CaseMatter, readMatter } from './the-case.js';

const JOUR = 'socialjouren-case-worker';
const DAYS_OF_INVESTIGATION = 10;

/** Nothing stays open: the investigations are decided on, and each matter closes with an outcome that its kind allows. */
export async function theClosing(stage: Stage, theCase: Case): Promise<void> {
  stage.timeline.chapter({
    sv: '9. Beslut, och inget lämnas öppet',
    en: '9. Decisions, and nothing is left open',
  });
  const children = [
    { matter: theCase.younger, persona: 'bou-case-worker-hagersten-alvsjo', minute: 20 },
    { matter: theCase.elder, persona: 'bou-case-worker-skarpnack', minute: 35 },
  ] as const;
  for (const { matter, persona, minute } of children) {
    await stage.until(instantOf(theCase.night.nextOfficeDay, localTimeOf(14, minute)));
    await investigationIsOpened(stage, persona, matter);
  }
  await stage.until(instantOf(theCase.night.nextOfficeDay, localTimeOf(18, 30)));
  await motherIsReached(stage, theCase.mother);

  const later = rollToWorkingDay(addDays(theCase.night.nextOfficeDay, DAYS_OF_INVESTIGATION));
  for (const { matter, persona, minute } of children) {
    await stage.until(instantOf(later, localTimeOf(10, minute)));
    await childIsClosed(stage, persona, matter);
  }
}

/** D-03 and D-04 are met by the decision and by nothing else: before it the matter cannot be closed. */
async function investigationIsOpened(stage: Stage, persona: string, matter: CaseMatter): Promise<void> {
  const { timeline, canaries } = stage;
  const bou = await stage.as(persona);
  const held = await readMatter(bou, matter);
  await bou.refuses(
    `/matters/${matter.matterId}/close`,
    nothingFurther(stage, matter),
    'DUTY_NOT_MET',
    held.version,
  );
  await bou.post(
    `/matters/${matter.matterId}/contact-made`,
    {
      outcome: 'met',
      ...(await contactAsRead(bou, matter.matterId, { channel: 'in-person' })),
      note: `Första samtalet ${canaries.word(`bou.${matter.ref}.contact`)}`,
    },
    MatterChangedSchema,
    held.version,
  );
  const decided = await bou.post(
    `/matters/${matter.matterId}/investigation-decision`,
    {
      opened: true,
      ground: 'VIOLENCE',
      reasons: `Barnet kan ha bevittnat våldet ${canaries.word(`bou.${matter.ref}.investigation`)}`,
      decidedAt: formatLocalInstant(await stage.now()),
    },
    ActRecordedSchema,
  );
  const duties = await stage.waitFor(`D-03 and D-04 of ${matter.who.en} to be met`, async () => {
    const { deadlines } = await readMatter(bou, matter);
    const both = deadlines.filter(({ rule }) => rule === 'D-03' || rule === 'D-04');
    return both.length > 0 && both.every(({ endedAs }) => endedAs === 'met') ? both : null;
  });
  expectTold(
    duties.length === 2 && duties.every(({ isBreached }) => !isBreached),
    'D-03 and D-04 to be met in time',
    duties,
  );
  timeline.at(new Date(decided.recordedAt), bou.name, {
    sv: `kan inte stänga ${matter.who.sv} utan beslut; inleder utredning, och D-03 och D-04 är uppfyllda`,
    en: `cannot close ${matter.who.en} without a decision; opens an investigation, and D-03 and D-04 are met`,
  });
  await reporterIsTold(stage, persona, matter);
}

/** OSL 26:9 a: the police learn that an investigation is opened, because BoU decides so, and nothing more. */
async function reporterIsTold(stage: Stage, persona: string, matter: CaseMatter): Promise<void> {
  const bou = await stage.as(persona);
  const told = await bou.post(
    `/matters/${matter.matterId}/report-feedback`,
    {
      tells: true,
      reasons: `Inget talar emot det ${stage.canaries.word(`bou.${matter.ref}.feedback`)}`,
      decidedAt: formatLocalInstant(await stage.now()),
    },
    ActRecordedSchema,
  );
  stage.timeline.at(new Date(told.recordedAt), bou.name, {
    sv: `låter polisen veta att utredning av ${matter.who.sv} är inledd, och inget mer (OSL 26:9 a)`,
    en: `lets the police know that an investigation of ${matter.who.en} is opened, and nothing more (OSL 26:9 a)`,
  });
}

async function motherIsReached(stage: Stage, matter: CaseMatter): Promise<void> {
  const { timeline, canaries } = stage;
  const jour = await stage.as(JOUR);
  const held = await readMatter(jour, matter);
  const spoke = await jour.post(
    `/matters/${matter.matterId}/contact-made`,
    {
      outcome: 'spoke',
      ...(await contactAsRead(jour, matter.matterId, {
        channel: 'phone-call',
        override: { reason: `Hon ringde själv i kväll ${canaries.word('evening.override')}` },
      })),
      note: `Hon är hos sin syster ${canaries.word('evening.note')}`,
    },
    MatterChangedSchema,
    held.version,
  );
  const closed = await jour.post(
    `/matters/${matter.matterId}/close`,
    { outcome: 'SAFETY_ARRANGED', note: `Skyddet är ordnat ${canaries.word('close.mother.note')}` },
    MatterChangedSchema,
    spoke.version,
  );
  expectTold(closed.phase === 'closed', `${matter.who.en} to be closed`, closed.phase);
  timeline.at(new Date(closed.at), 'Socialjouren', {
    sv: 'når henne på kvällen; skyddet är ordnat, och hennes ärende stängs (SAFETY_ARRANGED)',
    en: 'reaches her in the evening; safety is arranged, and her matter closes (SAFETY_ARRANGED)',
  });
}

/** A child's matter closes only with a successor or a recorded decision that nothing further is needed (C1). */
async function childIsClosed(stage: Stage, persona: string, matter: CaseMatter): Promise<void> {
  const bou = await stage.as(persona);
  const { version } = await readMatter(bou, matter);
  await bou.refuses(
    `/matters/${matter.matterId}/close`,
    nothingFurther(stage, matter),
    'INVESTIGATION_RUNNING',
    version,
  );
  await bou.post(
    `/matters/${matter.matterId}/child-case/acts`,
    {
      ...{ kind: 'closing', outcome: 'NO_MEASURE', at: formatLocalInstant(await stage.now()) },
      reasons: `Barnet är tryggt ${stage.canaries.word(`bou.${matter.ref}.no-measure`)}`,
    },
    ActRecordedSchema,
  );
  await bou.refuses(
    `/matters/${matter.matterId}/close`,
    { outcome: 'NOTHING_FURTHER' },
    'CLOSING_NEEDS_MORE',
    version,
  );
  const closed = await bou.post(
    `/matters/${matter.matterId}/close`,
    nothingFurther(stage, matter),
    MatterChangedSchema,
    version,
  );
  expectTold(closed.phase === 'closed', `${matter.who.en} to be closed`, closed.phase);
  stage.timeline.at(new Date(closed.at), bou.name, {
    sv: `avslutar utredningen av ${matter.who.sv} och beslutar att inget mer behövs; utan de två besluten vägrar systemet att stänga`,
    en: `closes the investigation of ${matter.who.en} and decides that nothing further is needed; without both decisions the system refuses to close`,
  });
}

function nothingFurther({ canaries }: Stage, { ref }: CaseMatter) {
  return {
    outcome: 'NOTHING_FURTHER',
    decision: {
      nothingFurtherNeeded: true,
      reasons: `Barnet bor tryggt ${canaries.word(`close.${ref}.reasons`)}`,
    },
  };
}
