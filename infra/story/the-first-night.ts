import type { RunLeft } from './canary-search.js';
import { theAlarm } from './chapters/the-alarm.chapter.js';
import { theClosing } from './chapters/the-closing.chapter.js';
import { theFigures } from './chapters/the-figures.chapter.js';
import { theHandBack } from './chapters/the-hand-back.chapter.js';
import { theMorning } from './chapters/the-morning.chapter.js';
import { theNightWork } from './chapters/the-night-work.chapter.js';
import { theOfficeDay } from './chapters/the-office-day.chapter.js';
import { theSending } from './chapters/the-sending.chapter.js';
import { theSilence } from './chapters/the-silence.chapter.js';
import { theTaking } from './chapters/the-taking.chapter.js';
import { theUnbrokenLine } from './chapters/the-unbroken-line.chapter.js';
import type { Stage } from './stage/stage.js';

/**
 * The first night, told by a running system from the alarm to the last closed matter; answers what must not be found
 * afterwards. Throws NotAsTold at the first thing that is otherwise. What is open then stays open, and someone answers for it.
 */
export async function theFirstNight(stage: Stage): Promise<RunLeft> {
  const theCase = await theAlarm(stage);
  const sent = await theSending(stage, theCase);
  await theTaking(stage, theCase, sent);
  const done = await theNightWork(stage, theCase);
  const morning = await theMorning(stage, theCase, done);
  const takenBy = await theOfficeDay(stage, theCase, morning);
  await theSilence(stage, theCase, morning);
  await theHandBack(stage, theCase, takenBy);
  await theClosing(stage, theCase);
  await theUnbrokenLine(stage, theCase);
  await theFigures(stage);
  return {
    begun: stage.begun,
    canaries: stage.canaries.all(),
    matterId: theCase.mother.matterId,
    unit: 'socialjouren-stockholm',
  };
}
