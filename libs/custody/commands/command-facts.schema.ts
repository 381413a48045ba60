import { z } from 'zod';
import type {
  ContentId,
  DeadlineId,
  DispatchId,
  HandoffId,
  IncidentId,
  MatterId,
  PersonId,
  PreviewId,
  SubjectId,
  SuccessionId,
} from '#domain';
import {
  authorityId,
  DEADLINE_RULES,
  HANDOFF_PHASES,
  keysOf,
  LADDERS,
  MATTER_KINDS,
  MATTER_PHASES,
  OUTCOMES,
  ROLES,
  type RouteId,
  routeById,
  SUBJECT_ROLES,
  unitId,
  WORK_CONFLICTS,
} from '#domain';

const id = <Id extends string>() => z.guid().transform((text) => text as Id); // the brand is given here, at the border with the record, and nowhere else
const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
const unit = z.string().transform(unitId);
const authority = z.string().transform(authorityId);
const route = z.string().transform((text, context): RouteId => {
  const found = routeById(text);
  if (found !== undefined) return found.id;
  context.addIssue(`no route ${text}`);
  return z.NEVER;
});
const person = z.string().transform((text) => text as PersonId);

const DeadlineFactsSchema = z.object({
  id: id<DeadlineId>(),
  handoffId: id<HandoffId>().nullable(),
  rule: z.enum(keysOf(DEADLINE_RULES)),
  ladder: z.enum(keysOf(LADDERS)),
  startEvent: z.string(),
  startAt: instant,
  dueAt: instant,
  dutyHolder: authority,
  askedOf: unit,
  version: z.number().int(),
  rung: z.number().int(),
  nextCallAt: instant.nullable(),
});

export const MatterFactsSchema = z.object({
  id: id<MatterId>(),
  incidentId: id<IncidentId>(),
  subjectId: id<SubjectId>(),
  subjectRole: z.enum(keysOf(SUBJECT_ROLES)),
  kind: z.enum(keysOf(MATTER_KINDS)),
  openedAt: instant,
  closedAt: instant.nullable(),
  holderUnit: unit,
  heldSince: instant,
  phase: z.enum(MATTER_PHASES),
  version: z.number().int(),
  outcome: z.enum(keysOf(OUTCOMES)).nullable(),
  assignedTo: person.nullable(),
  holdReviewAt: instant.nullable(),
  cancellationHandoffId: id<HandoffId>().nullable(),
  openHandoffId: id<HandoffId>().nullable(),
  acceptedHandoffId: id<HandoffId>().nullable(),
  hasSuccessor: z.boolean(),
  taken: z.object({ route, fromUnit: unit }).nullable().default(null),
  dutiesOpened: z.array(z.enum(keysOf(DEADLINE_RULES))).default([]),
  failedContacts: z.array(instant).default([]),
  chain: z.object({ seq: z.number().int(), head: z.string() }).nullable(),
  deadlines: z.array(DeadlineFactsSchema),
});

export const HandoffFactsSchema = z.object({
  id: id<HandoffId>(),
  dispatchId: id<DispatchId>(),
  matterId: id<MatterId>(),
  matterKind: z.enum(keysOf(MATTER_KINDS)),
  route,
  fromUnit: unit,
  toUnit: unit,
  phase: z.enum(HANDOFF_PHASES),
  version: z.number().int(),
  contentId: id<ContentId>(),
  contentDigest: z.string(),
  basis: z.string(),
  sentAt: instant,
  acceptedAt: instant.nullable(),
  neededBefore: instant.nullable(),
  handBackOf: id<HandoffId>().nullable(),
  reason: z.string().nullable(),
  proposedUnit: unit.nullable(),
  decidedByCaller: z.boolean().default(false),
  chainSeq: z.number().int(),
  chainHead: z.string(),
});

export const DispatchPlanSchema = z.object({
  directoryVersion: z.string(),
  items: z.array(
    z.object({
      handoffId: id<HandoffId>(),
      matterId: id<MatterId>(),
      matterVersion: z.number().int(),
      // A route may have gone since the preview: the decision refuses that, and parsing must not fail on it.
      route: z.string().transform((text) => text as RouteId),
      toUnit: unit,
      contentId: id<ContentId>(),
      contentDigest: z.string(),
      basis: z.string(),
      grounds: z.array(
        z.object({ basis: z.string(), decisionRef: z.string().nullable(), fields: z.array(z.string()) }),
      ),
      fromAuthority: authority,
      toAuthority: authority,
      neededBefore: z.string().nullable(),
      reason: z.string().nullable(),
    }),
  ),
});

const FactsSchema = z.object({
  outcome: z.literal('facts'),
  now: instant,
  mandates: z.array(z.object({ unit, role: z.enum(keysOf(ROLES)) })),
  matters: z.array(MatterFactsSchema),
  handoffs: z.array(HandoffFactsSchema),
  preview: z
    .object({
      id: id<PreviewId>(),
      incidentId: id<IncidentId>(),
      unit,
      plan: DispatchPlanSchema,
      expiresAt: instant,
      used: z.boolean(),
    })
    .nullable(),
  incident: z.object({ id: id<IncidentId>(), kind: z.string(), openedByUnit: unit }).nullable(),
  workConflict: z.enum(keysOf(WORK_CONFLICTS)).nullable().default(null),
  succession: z
    .object({
      id: id<SuccessionId>(),
      fromUnit: unit,
      toUnit: unit,
      proposedBy: person,
      approvedBy: person.nullable(),
    })
    .nullable(),
  subject: z
    .object({ id: id<SubjectId>(), incidentId: id<IncidentId>(), role: z.enum(keysOf(SUBJECT_ROLES)) })
    .nullable(),
});

/** What `custody.begin_command` answers: facts, an earlier answer to the same key, or a key used for another body. */
export const BeginReplySchema = z.discriminatedUnion('outcome', [
  FactsSchema,
  z.object({ outcome: z.literal('repeat'), response: z.json() }),
  z.object({ outcome: z.literal('key-reused') }),
]);

/** Facts with the heads of the event chains, which decisions have no use for. */
export type LockedFacts = z.infer<typeof FactsSchema>;
