import {
  type CallOut,
  type CallOutBook,
  type CallOutFacts,
  type CallOutMatterState,
  createCallOutActivities,
  createStepActivities,
  type Step,
  type StepAnswer,
  type StepBook,
} from '#activities';
import { type Delivered, signalWithStart } from '#temporal';
import { callOutId, ENGINE_QUEUE, partyQueue } from '../ids.js';
import { lookAgain } from '../messages.js';
import type { policeCallOutWorkflow } from '../police-call-out.workflow.js';
import type { Actor, Stage } from './stage.js';

export const PARTIES = ['police', 'socialjouren', 'bou'] as const;
export type Party = (typeof PARTIES)[number];

const people = { girl: 'child-1', boy: 'child-2', mother: 'adult-1' };

/** The record of one call-out as the test has it, and what was asked of whom. */
export class ToldCallOut {
  readonly workflowId: string;
  facts: CallOutFacts;
  reads = 0;
  closings = 0;
  /** Every question, as `socialjouren: morning-handover matter-1`. */
  readonly questions: string[] = [];
  readonly #met = new Set<string>();

  constructor(
    readonly incidentId: string,
    given: Partial<CallOutFacts> = {},
  ) {
    this.workflowId = callOutId(incidentId);
    this.facts = {
      programme: 'islandsprojektet',
      childCheckRecorded: true,
      firstSocialParty: null,
      children: [people.girl, people.boy],
      adultVictims: [people.mother],
      matters: Object.values(people).map((subjectId) => ({
        matterId: `matter-of-${subjectId}`,
        kind: subjectId.startsWith('child') ? 'child-protection' : 'adult-safety',
        subjectId,
        state: 'unsent',
        responsibleParty: 'police',
      })),
      ...given,
    };
  }

  /** What was asked, each thing once, in the order of the alphabet. */
  get asked(): string[] {
    return [...new Set(this.questions)].sort();
  }

  meet(stepKey: string, occurrence = '1'): void {
    this.#met.add(`${stepKey} ${occurrence}`);
  }

  carry(state: CallOutMatterState, ...matterIds: string[]): void {
    const isMeant = (id: string): boolean => matterIds.length === 0 || matterIds.includes(id);
    this.facts = {
      ...this.facts,
      matters: this.facts.matters.map((matter) => (isMeant(matter.matterId) ? { ...matter, state } : matter)),
    };
  }

  answer(party: Party, { stepKey, occurrence }: Step): StepAnswer {
    this.questions.push(`${party}: ${stepKey} ${occurrence}`);
    const met = this.#met.has(`${stepKey} ${occurrence}`);
    return { met, outcome: met ? 'done' : null };
  }
}

/** The police's and the social parties' own records, and their services' workers. */
export class CallOutWorld implements CallOutBook {
  readonly #stage: Stage;
  readonly #callOuts = new Map<string, ToldCallOut>();

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  alarm(given: Partial<CallOutFacts> = {}): ToldCallOut {
    const callOut = new ToldCallOut(`incident-${this.#callOuts.size + 1}`, given);
    this.#callOuts.set(callOut.incidentId, callOut);
    return callOut;
  }

  async enter(party: Party): Promise<Actor> {
    const book: StepBook = {
      ensure: (step) => Promise.resolve(this.#of(step.processId).answer(party, step)),
    };
    return await this.#stage.enter(partyQueue(party), {
      ...createStepActivities({ book }),
      ...(party === 'police' && createCallOutActivities({ book: this })),
    });
  }

  /** As the courier relays after a change: look again, whether the story runs or not. */
  async relay(callOut: ToldCallOut): Promise<Delivered> {
    return await signalWithStart<typeof policeCallOutWorkflow, []>(this.#stage.client, {
      workflowType: 'policeCallOutWorkflow',
      workflowId: callOut.workflowId,
      taskQueue: ENGINE_QUEUE,
      args: [{ incidentId: callOut.incidentId }],
      signal: lookAgain,
      signalArgs: [],
    });
  }

  /** Relays, and waits until the story has nothing to do but wait: everything it asks has been answered. */
  async relayAndSettle(callOut: ToldCallOut): Promise<void> {
    await this.relay(callOut);
    await this.settle(callOut);
  }

  async settle(callOut: ToldCallOut): Promise<void> {
    await this.#stage.until(async () => {
      const events = await this.#stage.eventsOf(callOut.workflowId);
      const count = (kind: string): number => events.filter((event) => event === kind).length;
      const isAnswered = count('ACTIVITY_TASK_SCHEDULED') === count('ACTIVITY_TASK_COMPLETED');
      return (
        isAnswered &&
        ['WORKFLOW_TASK_COMPLETED', 'WORKFLOW_EXECUTION_COMPLETED'].includes(events.at(-1) ?? '')
      );
    });
  }

  facts({ incidentId }: CallOut): Promise<CallOutFacts> {
    const callOut = this.#of(incidentId);
    callOut.reads += 1;
    return Promise.resolve(callOut.facts);
  }

  close({ incidentId }: CallOut): Promise<void> {
    this.#of(incidentId).closings += 1;
    return Promise.resolve();
  }

  #of(incidentId: string): ToldCallOut {
    const callOut = this.#callOuts.get(incidentId);
    if (!callOut) throw new Error(`no such call-out: ${incidentId}`);
    return callOut;
  }
}
