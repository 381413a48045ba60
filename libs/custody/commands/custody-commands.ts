import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import {
  type DecisionContext,
  type DirectorySnapshot,
  type DispatchId,
  type DispatchPlan,
  type DispatchPlanItem,
  type DutyMet,
  decideApproveSuccession,
  decideHandoffAction,
  decideMatterAction,
  decideMeetDuty,
  decideOpenIncident,
  decideOpenMatter,
  decideProposeSuccession,
  decideSendDispatch,
  type HandoffCommand,
  type HandoffFacts,
  type HandoffId,
  handoffAction,
  type IncidentId,
  type IncidentToOpen,
  isWorkWithPerson,
  type MatterCommand,
  type MatterFacts,
  type MatterId,
  type MatterKind,
  type PreviewFacts,
  type PreviewId,
  type Result,
  refuse,
  type SubjectId,
  type SubjectRole,
  type SuccessionId,
  succeed,
  together,
  type UnitId,
} from '#domain';
import type { LockedFacts } from './command-facts.schema.js';
import {
  actorAt,
  type Caller,
  type CustodyDependencies,
  type Decided,
  type Done,
  type Locks,
  runCommand,
} from './custody-transaction.js';
import type { SealedContent } from './custody-write.js';

const OpenedReplySchema = z.object({
  incidentId: z.string(),
  at: z.string(),
  matters: z.array(z.object({ matterId: z.string(), subjectId: z.string(), kind: z.string() })),
});
const SentReplySchema = z.object({
  dispatchId: z.string(),
  at: z.string(),
  handoffs: z.array(
    z.object({ handoffId: z.string(), matterId: z.string(), toUnit: z.string(), route: z.string() }),
  ),
});
const ActedReplySchema = z.object({
  at: z.string(),
  handoffIds: z.array(z.string()),
  matterIds: z.array(z.string()),
});
const MatterReplySchema = z.object({ at: z.string(), matterId: z.string() });
const PreviewReplySchema = z.object({ at: z.string(), previewId: z.string(), expiresAt: z.string() });
const SuccessionReplySchema = z.object({
  at: z.string(),
  successionId: z.string(),
  fromUnit: z.string(),
  toUnit: z.string(),
  moved: z.number(),
});

export type IncidentOpened = z.infer<typeof OpenedReplySchema>;
export type DispatchSent = z.infer<typeof SentReplySchema>;
export type HandoffsActedOn = z.infer<typeof ActedReplySchema>;
export type MatterActedOn = z.infer<typeof MatterReplySchema>;
export type PreviewStored = z.infer<typeof PreviewReplySchema>;
export type Succeeded = z.infer<typeof SuccessionReplySchema>;

/** What a preview would send, with whom each item is about. */
export interface PlanToSend {
  /** Record time of the sending. */
  readonly now: Date;
  readonly unit: UnitId;
  readonly items: readonly (DispatchPlanItem & {
    readonly subjectId: SubjectId;
    readonly subjectRole: SubjectRole;
    readonly purpose: MatterKind;
  })[];
}

/** A preview can be sent for a day (DESIGN 12). */
const PREVIEW_LASTS_MS = 24 * 3_600_000;

/** The commands of custody. Each is idempotent by the caller's key, one transaction, and answers ids and instants. */
export class CustodyCommands {
  constructor(private readonly dependencies: CustodyDependencies) {}

  /** Opens an incident with its matters, held by `actingUnit` from record time on, with the facts sealed to it. */
  openIncident(
    caller: Caller,
    input: { actingUnit: UnitId; incident: IncidentToOpen; contents: readonly SealedContent[] },
  ): Promise<Result<Done<IncidentOpened>>> {
    return this.run('open-incident', caller, {}, OpenedReplySchema, (facts, directory) => {
      const decided = decideOpenIncident(context(facts, directory, caller, input.actingUnit), input.incident);
      if (!decided.ok) return decided;
      const reply = {
        incidentId: input.incident.id,
        at: facts.now.toISOString(),
        matters: decided.value.mattersOpened.map(({ id, subjectId, kind }) => ({
          matterId: id,
          subjectId,
          kind,
        })),
      };
      return succeed({
        actingUnit: input.actingUnit,
        changes: decided.value,
        contents: input.contents,
        reply,
        target: { kind: 'incident', id: input.incident.id },
      });
    });
  }

  /** Keeps what a preview decided and sealed, for 24 hours; sends nothing. */
  storePreview(
    caller: Caller,
    input: {
      actingUnit: UnitId;
      previewId: PreviewId;
      incidentId: IncidentId;
      plan: DispatchPlan;
      contents: readonly SealedContent[];
    },
  ): Promise<Result<Done<PreviewStored>>> {
    const matterIds = input.plan.items.map(({ matterId }) => matterId);
    return this.run(
      'preview-dispatch',
      caller,
      { matterIds, incidentId: input.incidentId },
      PreviewReplySchema,
      (facts) => {
        const held = new Set(
          facts.matters
            .filter(({ holderUnit, closedAt }) => holderUnit === input.actingUnit && closedAt === null)
            .map(({ id }) => id),
        );
        if (!input.plan.items.every(({ matterId }) => held.has(matterId))) return refuse('NOT_RESPONSIBLE');
        const expiresAt = new Date(facts.now.getTime() + PREVIEW_LASTS_MS);
        return succeed({
          actingUnit: input.actingUnit,
          changes: together([]),
          contents: input.contents,
          previews: [{ id: input.previewId, incidentId: input.incidentId, plan: input.plan, expiresAt }],
          reply: {
            at: facts.now.toISOString(),
            previewId: input.previewId,
            expiresAt: expiresAt.toISOString(),
          },
          target: { kind: 'preview', id: input.previewId },
        });
      },
    );
  }

  /**
   * Sends what a preview decided, all or nothing. `stillLawful` is asked in the same transaction and may refuse: a basis
   * has to be in force at the instant of the sending (C6).
   */
  sendDispatch(
    caller: Caller,
    input: {
      previewId: PreviewId;
      stillLawful?: (manager: EntityManager, plan: PlanToSend) => Promise<Result<null>>;
    },
  ): Promise<Result<Done<DispatchSent>>> {
    const dispatchId = randomUUID() as DispatchId;
    return this.run(
      'send-dispatch',
      caller,
      { previewId: input.previewId },
      SentReplySchema,
      (facts, directory) => {
        if (facts.preview === null) return refuse('NOT_FOUND');
        const actingUnit = facts.preview.unit;
        const plan = planToSend(facts.now, facts.preview, facts.matters);
        const decided = decideSendDispatch(context(facts, directory, caller, actingUnit), facts, dispatchId);
        if (!decided.ok) return decided;
        return succeed({
          actingUnit,
          changes: decided.value,
          reply: {
            dispatchId,
            at: facts.now.toISOString(),
            handoffs: decided.value.handoffsSent.map(({ id, matterId, toUnit, route }) => ({
              handoffId: id,
              matterId,
              toUnit,
              route,
            })),
          },
          target: { kind: 'dispatch', id: dispatchId },
          stillLawful: async (manager) => (await input.stillLawful?.(manager, plan)) ?? succeed(null),
        });
      },
    );
  }

  /** One action on one offer, by the sender's or the receiver's side. */
  actOnHandoff(
    caller: Caller,
    input: {
      handoffId: HandoffId;
      command: Omit<HandoffCommand, 'mergedInto'>;
      /** A running matter of the caller's unit that the report joins. */
      mergedInto?: MatterId;
      contents?: readonly SealedContent[];
      caseNumberHash?: string;
    },
  ): Promise<Result<Done<HandoffsActedOn>>> {
    const { mergedInto } = input;
    return this.run(
      input.command.action,
      caller,
      { handoffIds: [input.handoffId], matterIds: mergedInto === undefined ? [] : [mergedInto] },
      ActedReplySchema,
      (facts, directory) => {
        const handoff = facts.handoffs.find(({ id }) => id === input.handoffId);
        return handoff === undefined
          ? refuse('NOT_FOUND')
          : this.act(facts, directory, caller, [handoff], {
              ...input,
              command: {
                ...input.command,
                ...(mergedInto === undefined
                  ? {}
                  : { mergedInto: facts.matters.find(({ id }) => id === mergedInto) ?? null }),
              },
            });
      },
    );
  }

  /** Accepts every open offer of a dispatch to the caller's units of one party, all or nothing. */
  acceptDispatch(
    caller: Caller,
    input: { dispatchId: DispatchId; versions: Readonly<Record<string, number>> },
  ): Promise<Result<Done<HandoffsActedOn>>> {
    return this.run(
      'accept',
      caller,
      { dispatchId: input.dispatchId },
      ActedReplySchema,
      (facts, directory) => {
        const offers = facts.handoffs.filter(
          ({ dispatchId, toUnit }) => dispatchId === input.dispatchId && caller.units.includes(toUnit),
        );
        if (offers.length === 0) return refuse('NOT_FOUND');
        const units = new Set(offers.map(({ toUnit }) => toUnit));
        if (units.size > 1) return refuse('NOT_YOUR_UNIT');
        const stale = offers.some(
          ({ id, version }) => input.versions[id] !== undefined && input.versions[id] !== version,
        );
        if (stale) return refuse('STALE_VERSION');
        return this.act(facts, directory, caller, offers, {
          command: { action: 'accept', expectedVersion: null },
        });
      },
    );
  }

  /** One action of the responsible unit on its matter. */
  actOnMatter(
    caller: Caller,
    input: { matterId: MatterId; command: MatterCommand; contents?: readonly SealedContent[] },
  ): Promise<Result<Done<MatterActedOn>>> {
    return this.run(
      input.command.action,
      caller,
      { matterIds: [input.matterId], ...workerOf(caller, input.command) },
      MatterReplySchema,
      (facts, directory) => {
        const matter = facts.matters.find(({ id }) => id === input.matterId);
        if (matter === undefined) return refuse('NOT_FOUND');
        // One who may see the matter, and does not hold it, is told so by the decision.
        const actingUnit = caller.units.find((unit) => unit === matter.holderUnit) ?? caller.units[0];
        if (actingUnit === undefined) return refuse('NO_MANDATE');
        const decided = decideMatterAction(
          context(facts, directory, caller, actingUnit),
          facts,
          matter,
          input.command,
        );
        if (!decided.ok) return decided;
        return succeed({
          actingUnit,
          changes: decided.value,
          contents: input.contents ?? [],
          reply: { at: facts.now.toISOString(), matterId: matter.id },
          target: { kind: 'matter', id: matter.id },
        });
      },
    );
  }

  /** A new need of a known person, held by `actingUnit`. */
  openMatter(
    caller: Caller,
    input: { actingUnit: UnitId; subjectId: SubjectId; kind: MatterKind; continuesId: MatterId | null },
  ): Promise<Result<Done<MatterActedOn>>> {
    const id = randomUUID() as MatterId;
    const locks = {
      subjectId: input.subjectId,
      matterIds: input.continuesId === null ? [] : [input.continuesId],
    };
    return this.run('open-matter', caller, locks, MatterReplySchema, (facts, directory) => {
      const { subject } = facts;
      if (subject === null) return refuse('UNKNOWN_SUBJECT');
      if (
        input.continuesId !== null &&
        !facts.matters.some((matter) => matter.id === input.continuesId && matter.subjectId === subject.id)
      ) {
        return refuse('NOT_FOUND');
      }
      const decided = decideOpenMatter(context(facts, directory, caller, input.actingUnit), {
        id,
        incidentId: subject.incidentId,
        subjectId: subject.id,
        subjectRole: subject.role,
        kind: input.kind,
        continuesId: input.continuesId,
      });
      if (!decided.ok) return decided;
      return succeed({
        actingUnit: input.actingUnit,
        changes: decided.value,
        reply: { at: facts.now.toISOString(), matterId: id },
        target: { kind: 'matter', id },
      });
    });
  }

  /** Records that a statutory duty was met. Idempotent by its cause: a duty already met changes nothing. */
  meetDuty(
    caller: Caller,
    input: { actingUnit: UnitId; matterId: MatterId; duty: DutyMet },
  ): Promise<Result<Done<MatterActedOn>>> {
    return this.run(
      'meet-duty',
      caller,
      { matterIds: [input.matterId] },
      MatterReplySchema,
      (facts, directory) => {
        const matter = facts.matters.find(({ id }) => id === input.matterId);
        if (matter === undefined) return refuse('NOT_FOUND');
        const decided = decideMeetDuty(
          context(facts, directory, caller, input.actingUnit),
          matter,
          input.duty,
        );
        if (!decided.ok) return decided;
        return succeed({
          actingUnit: input.actingUnit,
          changes: decided.value,
          reply: { at: facts.now.toISOString(), matterId: matter.id },
          target: { kind: 'matter', id: matter.id },
        });
      },
    );
  }

  /**
   * The first of the two persons of a succession, at the unit that ends; its service gives the successor, of whatever
   * party, the keys to its content. The ciphertext stays hidden from it until the approval. Should the keys fail after
   * the commit, DEPENDENCY_UNAVAILABLE: the same command again mends it.
   */
  async proposeSuccession(
    caller: Caller,
    input: { actingUnit: UnitId; toUnit: UnitId },
  ): Promise<Result<Done<Succeeded>>> {
    const done = await this.propose(caller, input);
    if (!done.ok) return done;
    const opened = await this.dependencies.unitKeys.succeed(input.actingUnit, input.toUnit);
    return opened.ok ? done : refuse('DEPENDENCY_UNAVAILABLE');
  }

  private propose(
    caller: Caller,
    input: { actingUnit: UnitId; toUnit: UnitId },
  ): Promise<Result<Done<Succeeded>>> {
    const id = randomUUID() as SuccessionId;
    return this.run('propose-succession', caller, {}, SuccessionReplySchema, (facts, directory) => {
      const decided = decideProposeSuccession(
        context(facts, directory, caller, input.actingUnit),
        id,
        input.toUnit,
      );
      if (!decided.ok) return decided;
      return succeed({
        actingUnit: input.actingUnit,
        changes: decided.value,
        reply: {
          at: facts.now.toISOString(),
          successionId: id,
          fromUnit: input.actingUnit,
          toUnit: input.toUnit,
          moved: 0,
        },
        target: { kind: 'succession', id },
      });
    });
  }

  /**
   * The second person, at the successor: moves all that the ended unit holds. What the ended unit came to read since the
   * proposal is wrapped here within a party; of another party only its own service can (`SuccessionKeys`), and does.
   * The keys are in another store: should that fail after the commit, the same command again mends it.
   */
  async approveSuccession(
    caller: Caller,
    input: { successionId: SuccessionId },
  ): Promise<Result<Done<Succeeded>>> {
    const done = await this.approve(caller, input);
    if (!done.ok) return done;
    const { fromUnit, toUnit } = done.value.reply;
    const { units } = await this.dependencies.snapshot();
    const partyOf = (unit: string) => units.find(({ id }) => id === unit)?.party;
    if (partyOf(fromUnit) !== partyOf(toUnit)) return done;
    const opened = await this.dependencies.unitKeys.succeed(fromUnit, toUnit);
    return opened.ok ? done : refuse('DEPENDENCY_UNAVAILABLE');
  }

  private approve(caller: Caller, input: { successionId: SuccessionId }): Promise<Result<Done<Succeeded>>> {
    return this.run(
      'approve-succession',
      caller,
      { successionId: input.successionId },
      SuccessionReplySchema,
      (facts, directory) => {
        if (facts.succession === null) return refuse('NOT_FOUND');
        const actingUnit = facts.succession.toUnit;
        const decided = decideApproveSuccession(context(facts, directory, caller, actingUnit), facts);
        if (!decided.ok) return decided;
        return succeed({
          actingUnit,
          changes: decided.value,
          reply: {
            at: facts.now.toISOString(),
            successionId: input.successionId,
            fromUnit: facts.succession.fromUnit,
            toUnit: actingUnit,
            moved: decided.value.spells.length,
          },
          target: { kind: 'succession', id: input.successionId },
        });
      },
    );
  }

  private act(
    facts: LockedFacts,
    directory: DirectorySnapshot,
    caller: Caller,
    offers: readonly HandoffFacts[],
    input: { command: HandoffCommand; contents?: readonly SealedContent[]; caseNumberHash?: string },
  ): Result<Decided<HandoffsActedOn>> {
    const [first] = offers;
    const actingUnit = first && unitFor(caller, first, input.command);
    if (first === undefined || actingUnit === undefined) return refuse('NOT_FOUND');
    const decided = [];
    for (const handoff of offers) {
      const matter = facts.matters.find(({ id }) => id === handoff.matterId);
      if (matter === undefined) return refuse('NOT_FOUND');
      const one = decideHandoffAction(
        context(facts, directory, caller, actingUnit),
        handoff,
        matter,
        input.command,
      );
      if (!one.ok) return one;
      decided.push(one.value);
    }
    return succeed({
      actingUnit,
      changes: together(decided),
      contents: input.contents ?? [],
      ...(input.caseNumberHash === undefined ? {} : { caseNumberHash: input.caseNumberHash }),
      reply: {
        at: facts.now.toISOString(),
        handoffIds: offers.map(({ id }) => id),
        matterIds: offers.map(({ matterId }) => matterId),
      },
      target: {
        kind: offers.length > 1 ? 'dispatch' : 'handoff',
        id: offers.length > 1 ? first.dispatchId : first.id,
      },
    });
  }

  private run<Reply>(
    command: string,
    caller: Caller,
    locks: Locks,
    reply: z.ZodType<Reply>,
    decide: (facts: LockedFacts, directory: DirectorySnapshot) => Result<Decided<Reply>>,
  ): Promise<Result<Done<Reply>>> {
    return runCommand(this.dependencies, command, caller, locks, decide, (stored) => reply.parse(stored));
  }
}

function planToSend(now: Date, { unit, plan }: PreviewFacts, matters: readonly MatterFacts[]): PlanToSend {
  return {
    now,
    unit,
    items: plan.items.flatMap((item) => {
      const matter = matters.find(({ id }) => id === item.matterId);
      if (matter === undefined) return [];
      const { subjectId, subjectRole, kind } = matter;
      return [{ ...item, subjectId, subjectRole, purpose: kind }];
    }),
  };
}

/** Whose conflicts count: who is to have the matter, or who meets the person. */
function workerOf(caller: Caller, { action, assignTo }: MatterCommand): { worker?: string } {
  const worker = action === 'assign' ? assignTo : isWorkWithPerson(action) ? caller.person : null;
  return worker === null || worker === undefined ? {} : { worker };
}

function context(
  facts: LockedFacts,
  snapshot: DirectorySnapshot,
  caller: Caller,
  unit: UnitId,
): DecisionContext {
  return { now: facts.now, snapshot, actor: actorAt(facts, caller.person, unit), newId: randomUUID };
}

/** The caller's unit on the side that does this action; a person may have mandates on both. */
function unitFor(caller: Caller, handoff: HandoffFacts, command: HandoffCommand): UnitId | undefined {
  const bySender = handoffAction(command.action).doers.some(({ side }) => side === 'sender');
  const [preferred, other] = bySender
    ? [handoff.fromUnit, handoff.toUnit]
    : [handoff.toUnit, handoff.fromUnit];
  return caller.units.find((unit) => unit === preferred) ?? caller.units.find((unit) => unit === other);
}
