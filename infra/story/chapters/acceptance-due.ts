import { deadlineLine } from '../stage/explained.js';
import { told } from '../stage/not-as-told.js';
import type { Stage } from '../stage/stage.js';
import { readHandoff } from './offers.js';

/** When an ordinary unit has to have accepted, which is said. */
export async function acceptanceDue(stage: Stage, persona: string, handoffId: string): Promise<Date> {
  const { deadlines } = await readHandoff(await stage.as(persona), handoffId);
  const due = told(
    deadlines.find(({ rule }) => rule === 'acceptance-office'),
    'a time for accepting',
  );
  stage.timeline.note(deadlineLine(due, stage.timeline.language));
  return new Date(due.dueAt);
}
