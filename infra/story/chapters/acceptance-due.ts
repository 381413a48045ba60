import { deadlineInWords } from '../stage/explained.js';
import { told } from '../stage/not-as-told.js';
import type { Stage } from '../stage/stage.js';
import { readHandoff } from './offers.js';

/** When an ordinary unit has to have accepted, with the explanation printed. */
export async function acceptanceDue(stage: Stage, persona: string, handoffId: string): Promise<Date> {
  const { deadlines } = await readHandoff(await stage.as(persona), handoffId);
  const due = told(
    deadlines.find(({ rule }) => rule === 'acceptance-office'),
    'a time for accepting',
  );
  for (const line of deadlineInWords(due, stage.timeline.language)) stage.timeline.note(line);
  return new Date(due.dueAt);
}
