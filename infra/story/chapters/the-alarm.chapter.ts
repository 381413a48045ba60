import { ReportedIncidentSchema, RoutingExplainedSchema } from '#contracts';
import { makeCast } from '../cast/cast.js';
import { reportOf } from '../cast/report.js';
import { reasons } from '../stage/explained.js';
import { type HolidayNight, nextHolidayNight } from '../stage/holiday-night.js';
import { clockTime, dayInWords } from '../stage/language.js';
import { expectTold, told } from '../stage/not-as-told.js';
import type { Stage } from '../stage/stage.js';
import type { Case, CaseMatter } from './the-case.js';

const MINUTES = 60_000;

/** The police are on the scene and report: three matters are open, and the police answer for each of them. */
export async function theAlarm(stage: Stage): Promise<Case> {
  const { timeline } = stage;
  const language = timeline.language;
  timeline.chapter({ sv: '1. Larmet', en: '1. The alarm' });

  const night = await goToTheNight(stage);
  const police = await stage.as('police-liaison-globen');
  const cast = await makeCast(stage.canaries);
  const occurredAt = new Date(night.alarmAt.getTime() - 12 * MINUTES);
  const report = reportOf(cast, police.unit, occurredAt, stage.canaries);
  const reported = await police.post('/incidents', report, ReportedIncidentSchema);

  expectTold(reported.notices.length === 0, 'a report without remarks', reported.notices);
  const matter = (ref: string, kind: string, who: CaseMatter['who']): CaseMatter => {
    const opened = told(
      reported.matters.find((one) => one.ref === ref),
      `a matter about ${ref}`,
    );
    expectTold(opened.kind === kind, `the matter about ${ref} to be ${kind}`, opened.kind);
    told(opened.sendBy, `a time by which ${ref} must have been sent`);
    return { matterId: opened.matterId, ref, who };
  };
  const theCase: Case = {
    night,
    cast,
    mother: matter(cast.victim.ref, 'adult-safety', { sv: 'modern', en: 'the mother' }),
    younger: matter(cast.younger.ref, 'child-protection', {
      sv: 'barnet i Älvsjö',
      en: 'the child in Älvsjö',
    }),
    elder: matter(cast.elder.ref, 'child-protection', {
      sv: 'barnet i Skarpnäck',
      en: 'the child in Skarpnäck',
    }),
  };
  expectTold(reported.matters.length === 3, 'three matters and none about him', reported.matters.length);

  const recordedAt = new Date(reported.recordedAt);
  timeline.at(
    recordedAt,
    { sv: 'LPO Globen', en: 'LPO Globen' },
    {
      sv: 'rapporterar från bilen: tre ärenden öppnas, polisen svarar för alla tre',
      en: 'reports from the car: three matters are open, and the police answer for all three',
    },
  );
  for (const { sendBy, ref } of reported.matters) {
    const due = clockTime(new Date(told(sendBy, `a time to send ${ref} by`)), language);
    const who = [theCase.mother, theCase.younger, theCase.elder].find((one) => one.ref === ref)?.who;
    if (who !== undefined) {
      timeline.note({ sv: `${who.sv}: ska vara skickat ${due}`, en: `${who.en}: to be sent by ${due}` });
    }
  }
  if (reported.ring !== null) {
    const { number, isPlaceholder } = reported.ring;
    timeline.note({
      sv: `Numret på skärmen: ${number}${isPlaceholder ? ' (påhittat, lokalt läge)' : ''}`,
      en: `The number on the screen: ${number}${isPlaceholder ? ' (made up, local mode)' : ''}`,
    });
  }

  const his = await police.get(
    `/routing/explain?place=${encodeURIComponent(cast.suspect.subdistrict)}`,
    RoutingExplainedSchema,
  );
  expectTold(
    his.units.some(({ unit }) => unit === 'rvt-farsta'),
    'Farsta to be answered for by rvt-farsta',
    his.units.map(({ unit }) => unit),
  );
  timeline.at(await stage.now(), 'LPO Globen', {
    sv: `frågar vart hans bostad (${his.place}) leder. Inget skickas: han är inte tillfrågad`,
    en: `asks where his home (${his.place}) leads. Nothing is sent: he was not asked`,
  });
  for (const line of reasons(his.because, 'place', language)) timeline.note(line);
  return theCase;
}

async function goToTheNight(stage: Stage): Promise<HolidayNight> {
  const { timeline } = stage;
  const now = await stage.now();
  const night = nextHolidayNight(now);
  timeline.line({
    sv: `Registrets klocka: ${dayInWords(now, 'sv')} kl. ${clockTime(now, 'sv')}. Nästa helgdag på en vardag är ${night.holiday.name.sv}, ${dayInWords(night.alarmAt, 'sv')}.`,
    en: `The record's clock: ${dayInWords(now, 'en')} at ${clockTime(now, 'en')}. The next public holiday on a weekday is ${night.holiday.name.en}, ${dayInWords(night.alarmAt, 'en')}.`,
  });
  await stage.until(night.alarmAt);
  return night;
}
