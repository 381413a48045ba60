import { type CaseBook, type CaseRef, createStepActivities, type Step } from '#activities';
import type { ProcessName } from '#domain';
import { type Delivered, signalWithStart } from '#temporal';
import { caseWorkflowId, caseWorkflowType, ENGINE_QUEUE, partyQueue } from '../ids.js';
import type { CaseInput } from '../inputs.js';
import { lookAgain } from '../messages.js';
import type { Actor, Stage } from './stage.js';

/** One case of a process as its party records it, and what was asked of the party's people. */
export class CaseWorld<Facts> implements CaseBook<Facts> {
  readonly workflowId: string;
  readonly questions: string[] = [];
  readonly #met = new Set<string>();
  reads = 0;
  closings = 0;

  constructor(
    readonly stage: Stage,
    readonly of: { readonly process: ProcessName; readonly party: string; readonly caseId: string },
    public now: Facts,
    readonly longAfter?: number,
  ) {
    this.workflowId = caseWorkflowId(of.process, of.caseId);
  }

  /** The party's worker, with the activities of this process. */
  async enter(own: (book: CaseBook<Facts>) => object): Promise<Actor> {
    const book = {
      ensure: ({ stepKey, occurrence }: Step) => {
        this.questions.push(`${stepKey} ${occurrence}`);
        const met = this.#met.has(`${stepKey} ${occurrence}`);
        return Promise.resolve({ met, outcome: met ? 'done' : null });
      },
    };
    return this.stage.enter(partyQueue(this.of.party), { ...createStepActivities({ book }), ...own(this) });
  }

  meet(stepKey: string, occurrence: string): void {
    this.#met.add(`${stepKey} ${occurrence}`);
  }

  facts(_of: CaseRef): Promise<Facts> {
    this.reads += 1;
    return Promise.resolve(this.now);
  }

  close(_of: CaseRef): Promise<void> {
    this.closings += 1;
    return Promise.resolve();
  }

  /** As the courier relays after a change: look again, whether the story runs or not. */
  async relay(): Promise<Delivered> {
    const { party, caseId, process } = this.of;
    const { longAfter } = this;
    return signalWithStart<(input: CaseInput) => Promise<void>, []>(this.stage.client, {
      workflowType: caseWorkflowType(process),
      workflowId: this.workflowId,
      taskQueue: ENGINE_QUEUE,
      args: [{ party, caseId, ...(longAfter === undefined ? {} : { longAfter }) }],
      signal: lookAgain,
      signalArgs: [],
    });
  }

  /** Relays, and waits until the story has read it and asked what it asks. */
  async relayAnd(isSo: () => boolean): Promise<void> {
    await this.relay();
    await this.stage.until(isSo);
  }

  async ended(): Promise<unknown> {
    return this.stage.client.workflow.getHandle(this.workflowId).result();
  }
}
