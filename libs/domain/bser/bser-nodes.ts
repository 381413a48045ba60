/** The nodes of the harmonised BSeR / 360X table, with what a Task says in each (HL7/bser STU2, CC0). */
export const BSER_NODES = {
  '1': { taskStatus: 'draft', businessStatus: null },
  '2': { taskStatus: 'received', businessStatus: '2.0' },
  '3': { taskStatus: 'accepted', businessStatus: '3.0' },
  '4': { taskStatus: 'rejected', businessStatus: '4.0' },
  '5.1': { taskStatus: 'in-progress', businessStatus: '5.1' },
  '5.1.1': { taskStatus: 'in-progress', businessStatus: '5.1.1' },
  '5.1.2': { taskStatus: 'in-progress', businessStatus: '5.1.2' },
  '5.1.3': { taskStatus: 'in-progress', businessStatus: '5.1.3' },
  '5.1.4': { taskStatus: 'in-progress', businessStatus: '5.1.4' },
  '5.2': { taskStatus: 'in-progress', businessStatus: '5.2' },
  '6': { taskStatus: 'cancelled', businessStatus: '6.0' },
  '7': { taskStatus: 'completed', businessStatus: '7.0' },
} as const;
export type BserNode = keyof typeof BSER_NODES;

export const BSER_ACTORS = ['initiator', 'recipient'] as const;
export type BserActor = (typeof BSER_ACTORS)[number];

export const BSER_EVENTS = [
  'Send Referral Package',
  'Send Acceptance',
  'Send Decline',
  'Send Cancelation Request',
  'Send Schedule Visit Information',
  'Send rescheduled visit information',
  'Send No Show Information',
  'Send appointment cancel',
  'Send Interim Consultation Note',
  'Send Referral Outcome',
  'Send Cancelation Confirmation',
] as const;
export type BserEvent = (typeof BSER_EVENTS)[number];

/** What tells one row from another: who says what, when. 34 rows, 32 triggers. */
export interface BserTrigger {
  readonly actor: BserActor;
  readonly event: BserEvent;
  readonly from: BserNode;
}

/** What is said of a Task whose status and business status cannot both be true; empty when they can. */
export function bserContradictions(task: {
  readonly status: string;
  readonly businessStatus: string | null;
  readonly hasOutput: boolean;
}): string[] {
  const nodes = Object.values(BSER_NODES).filter((node) => node.businessStatus === task.businessStatus);
  const contradictions: string[] = [];
  if (nodes.length === 0) contradictions.push(`business status ${task.businessStatus} is not of the table`);
  else if (!nodes.some((node) => node.taskStatus === task.status)) {
    contradictions.push(`status ${task.status} does not go with business status ${task.businessStatus}`);
  }
  // A requested Task waits for an answer; 360X carries results in the output of a Task that was worked on.
  if (task.hasOutput && ['draft', 'requested', 'received'].includes(task.status)) {
    contradictions.push(`a ${task.status} Task cannot have an output`);
  }
  return contradictions;
}
