import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { makeLeaf } from '#audit';
import {
  type Actor,
  authorityOf,
  type CalledMatter,
  type CustodyChanges,
  type DecisionContext,
  decideNudge,
  decideProposeRoute,
  type HandoffFacts,
  type HandoffId,
  keysOf,
  type MatterId,
  type PersonId,
  type ProposalReason,
  type Result,
  ROLES,
  refuse,
  succeed,
  type UnitId,
  whoseMove,
} from '#domain';
import { HandoffFactsSchema, MatterFactsSchema } from './command-facts.schema.js';
import type { CustodyDependencies, Done } from './custody-transaction.js';
import { custodyWrite } from './custody-write.js';
import { refusalOfDatabase } from './database-refusal.js';

/** A coordinator at her unit; both commands need a key. */
export interface CoordinatorCaller {
  readonly person: PersonId;
  readonly unit: UnitId;
  readonly idempotency: { readonly scope: string; readonly key: string; readonly bodyHmac: string };
}

const BegunSchema = z.discriminatedUnion('outcome', [
  z.object({
    outcome: z.literal('facts'),
    now: z.iso.datetime({ offset: true }).transform((text) => new Date(text)),
    roles: z.array(z.enum(keysOf(ROLES))),
    matter: MatterFactsSchema.omit({ subjectId: true, subjectRole: true, assignedTo: true }).nullable(),
    handoff: HandoffFactsSchema.nullable(),
  }),
  z.object({ outcome: z.literal('repeat'), response: z.json() }),
  z.object({ outcome: z.literal('key-reused') }),
]);

const NudgedReplySchema = z.object({ at: z.string(), matterId: z.string(), unit: z.string() });
const ProposedReplySchema = z.object({
  at: z.string(),
  handoffId: z.string(),
  toUnit: z.string(),
  askedOf: z.string(),
});
export type Nudged = z.infer<typeof NudgedReplySchema>;
export type RouteProposed = z.infer<typeof ProposedReplySchema>;

interface Locked {
  readonly now: Date;
  readonly matter: CalledMatter;
  readonly handoff: HandoffFacts | null;
}

/** What a coordinator can do to custody: remind, and propose. Idempotent by the caller's key, one transaction each. */
export class CoordinatorCommands {
  constructor(private readonly dependencies: Omit<CustodyDependencies, 'unitKeys'>) {}

  /** Reminds the unit whose move it is; answers which. */
  nudge(caller: CoordinatorCaller, input: { matterId: MatterId }): Promise<Result<Done<Nudged>>> {
    return this.run(
      'nudge',
      caller,
      { matterId: input.matterId },
      NudgedReplySchema,
      ({ now, matter, handoff }, context) => {
        const decided = decideNudge(context, matter, handoff);
        if (!decided.ok) return decided;
        const reply = { at: now.toISOString(), matterId: matter.id, unit: whoseMove(matter, handoff) };
        return succeed({ changes: decided.value, reply, target: { kind: 'matter', id: matter.id } });
      },
    );
  }

  /** Proposes another receiver to the unit that sent; moves nothing. */
  proposeRoute(
    caller: CoordinatorCaller,
    input: { handoffId: HandoffId; toUnit: UnitId; reason: ProposalReason },
  ): Promise<Result<Done<RouteProposed>>> {
    return this.run(
      'propose-route',
      caller,
      { handoffId: input.handoffId },
      ProposedReplySchema,
      ({ now, handoff }, context) => {
        if (handoff === null) return refuse('NOT_FOUND');
        const decided = decideProposeRoute(context, handoff, input);
        if (!decided.ok) return decided;
        const reply = {
          at: now.toISOString(),
          handoffId: handoff.id,
          toUnit: input.toUnit,
          askedOf: handoff.fromUnit,
        };
        return succeed({ changes: decided.value, reply, target: { kind: 'handoff', id: handoff.id } });
      },
    );
  }

  private async run<Reply>(
    command: string,
    { person, unit, idempotency }: CoordinatorCaller,
    about: { readonly matterId: MatterId } | { readonly handoffId: HandoffId },
    readReply: z.ZodType<Reply>,
    decide: (
      locked: Locked,
      context: DecisionContext,
    ) => Result<{ changes: CustodyChanges; reply: Reply; target: { kind: string; id: string } }>,
  ): Promise<Result<Done<Reply>>> {
    const snapshot = await this.dependencies.snapshot();
    try {
      return await this.dependencies.dataSource.transaction(async (manager) => {
        const [row]: { reply: unknown }[] = await manager.query(
          'select custody.begin_coordination($1) as reply',
          [JSON.stringify({ person, unit, idempotency, ...about })],
        );
        const begun = BegunSchema.parse(row?.reply);
        if (begun.outcome === 'key-reused') return refuse('IDEMPOTENCY_BODY_DIFFERS');
        if (begun.outcome === 'repeat')
          return succeed({ reply: readReply.parse(begun.response), repeated: true });
        const { now, matter, handoff } = begun;
        if (matter === null) return refuse('NOT_FOUND');
        const actor: Actor = { person, unit, roles: begun.roles };
        const decided = decide({ now, matter, handoff }, { now, snapshot, actor, newId: randomUUID });
        if (!decided.ok) return decided;
        const { changes, reply, target } = decided.value;
        const write = await custodyWrite({
          command,
          actor,
          at: now,
          facts: { matters: [matter], handoffs: handoff === null ? [] : [handoff] },
          changes,
          contents: [],
          previews: [],
          idempotency: { ...idempotency, response: reply },
          audit: makeLeaf({
            at: now,
            authority: authorityOf(snapshot, unit, now),
            unitId: unit,
            person,
            kind: 'command',
            action: command,
            target,
            code: 'OK',
          }),
          signingKey: null,
          caseNumberHash: null,
        });
        await manager.query('select custody.commit_coordination($1)', [JSON.stringify(write)]);
        return succeed({ reply, repeated: false });
      });
    } catch (error) {
      const refusal = refusalOfDatabase(error);
      if (refusal === null) throw error;
      return { ok: false, refusal };
    }
  }
}
