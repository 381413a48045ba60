import { randomUUID } from 'node:crypto';
import type {
  DisclosureOutlook,
  DispatchPreview,
  OutlookQuery,
  PreviewDispatch,
  PreviewItem,
} from '#contracts';
import type { CustodyCommands, SealedContent } from '#custody';
import { recordNow } from '#directory';
import {
  BASES,
  type CommandFacts,
  type CustodyChanges,
  type DirectorySnapshot,
  type DispatchId,
  type DispatchPlanItem,
  decideSendDispatch,
  isBasisId,
  type MatterFacts,
  type PersonId,
  type PreviewId,
  type SubjectRole,
} from '#domain';
import { type EnvelopeSealer, type ToSeal, textAnswer } from '../content/envelope-sealer.js';
import type { Idempotency } from '../http/headers.decorator.js';
import { refuseAtDoor, valueOrRefuse } from '../http/refused.exception.js';
import { type Caller, unitsOf } from '../identity/caller.js';
import { asCustodyCaller } from '../record/custody-caller.js';
import type { CustodyReader } from '../record/custody-reader.js';
import { handoffFacts, matterFacts, subjectRoles } from '../record/facts-reader.js';
import { isExternal, numberOf, type PartyDirectory } from '../units/party-directory.js';
import { wireDeadlineOpened } from './deadline-view.js';
import { wireDisclosed } from './disclosure-view.js';
import type { ItemToPlan, PlannedItem, PlannedItems } from './planned-items.js';

export interface PreviewsDeps {
  readonly commands: CustodyCommands;
  readonly reader: CustodyReader;
  readonly sealer: EnvelopeSealer;
  readonly directory: PartyDirectory;
  readonly items: PlannedItems;
}

/** What would leave, to whom and why; sealed here, off the sending path (DESIGN 5, 8). */
export class Previews {
  constructor(private readonly deps: PreviewsDeps) {}

  /**
   * Field by field what would leave of a matter, what is withheld and why, and what needs a consent or a decision.
   * Nothing is sealed, kept or refused for want of a basis; reading what is known is audited.
   */
  async outlook(caller: Caller, query: OutlookQuery): Promise<DisclosureOutlook> {
    const { matterId, toUnit, basis, recordId, receiverMustCall } = query;
    const item: PreviewItem = {
      matterId,
      answers: {},
      furtherBases: [],
      receiverMustCall,
      ...(toUnit === undefined ? {} : { toUnit }),
      ...(basis === undefined
        ? {}
        : { basis: { code: basis, ...(recordId === undefined ? {} : { recordId }) } }),
    };
    const { toPlan } = await this.read(caller, { items: [item] });
    const [one] = toPlan;
    if (one === undefined) return refuseAtDoor('NOT_FOUND');
    return wireDisclosed(await this.deps.items.consider(one), () => true);
  }

  /** The same, sealed for both sides and kept for a day, with every deadline that sending it will start. */
  async preview(caller: Caller, idempotency: Idempotency, body: PreviewDispatch): Promise<DispatchPreview> {
    const { snapshot, read, toPlan, unit, incidentId } = await this.read(caller, body);
    const planned: PlannedItem[] = [];
    for (const one of toPlan) planned.push(await this.deps.items.plan(one));
    const sealed = await this.seal(planned, unit);
    const items = planned.map(({ item }, index): DispatchPlanItem => {
      const own = sealed[index];
      if (own === undefined) throw new Error('an item was not sealed');
      return { ...item, contentId: own.referral.id, contentDigest: own.referral.digest };
    });
    const previewId = randomUUID() as PreviewId;
    const plan = { directoryVersion: snapshot.version, items };
    const { reply } = valueOrRefuse(
      await this.deps.commands.storePreview(asCustodyCaller(caller, idempotency), {
        actingUnit: unit,
        previewId,
        incidentId,
        plan,
        contents: sealed.flatMap(({ all }) => all),
      }),
    );
    const expiresAt = new Date(reply.expiresAt);
    const facts: CommandFacts = {
      now: read.now,
      mandates: [],
      matters: read.matters,
      handoffs: read.handoffs,
      preview: { id: previewId, incidentId, unit, plan, expiresAt, used: false },
      incident: null,
      succession: null,
    };
    const actor = { person: caller.person as PersonId, unit, roles: [] };
    const changes = valueOrRefuse(
      decideSendDispatch(
        { now: read.now, snapshot, actor, newId: randomUUID },
        facts,
        randomUUID() as DispatchId,
      ),
    );
    return {
      previewId: reply.previewId,
      expiresAt: reply.expiresAt,
      items: planned.map((one) => view(snapshot, read.now, one, changes)),
    };
  }

  private async read(caller: Caller, body: PreviewDispatch) {
    const snapshot = await this.deps.directory.snapshot();
    const units = unitsOf(caller);
    const read = await this.deps.reader.as(units, async (manager) => {
      const now = await recordNow(manager);
      const matters = await matterFacts(
        manager,
        body.items.map(({ matterId }) => matterId),
      );
      const open = matters.flatMap(({ openHandoffId }) => openHandoffId ?? []);
      const incident = matters[0]?.incidentId;
      return {
        now,
        matters,
        handoffs: await handoffFacts(manager, open),
        roles:
          incident === undefined ? new Map<string, SubjectRole>() : await subjectRoles(manager, incident),
      };
    });
    const toPlan = body.items.map((item, index): ItemToPlan => {
      const matter = read.matters.find(({ id }) => id === item.matterId) ?? refuseAtDoor('NOT_FOUND');
      return { caller, snapshot, now: read.now, matter, item, index, roles: read.roles };
    });
    return { snapshot, read, toPlan, ...this.oneHolder(read.matters, body, units) };
  }

  private oneHolder(matters: readonly MatterFacts[], body: PreviewDispatch, units: readonly string[]) {
    const [first] = matters;
    if (first === undefined || matters.length < body.items.length) return refuseAtDoor('NOT_FOUND');
    const { holderUnit, incidentId } = first;
    if (!matters.every((one) => one.incidentId === incidentId)) {
      return refuseAtDoor('INVALID_INPUT', {
        errors: [{ field: 'items', message: 'one dispatch is of one incident' }],
      });
    }
    if (!units.includes(holderUnit) || !matters.every((one) => one.holderUnit === holderUnit)) {
      return refuseAtDoor('NOT_RESPONSIBLE');
    }
    return { unit: holderUnit, incidentId };
  }

  private async seal(planned: readonly PlannedItem[], unit: string) {
    const wanted = planned.map(({ matter, receiver, envelope, item, statements }): ToSeal[] => {
      // A unit outside holds no key: what it is told is told by voice, and the sender keeps the content.
      const forUnits = isExternal(receiver.unit) ? [unit] : [unit, receiver.unit.id];
      const base = {
        incidentId: matter.incidentId,
        subjectId: matter.subjectId,
        handoffId: item.handoffId,
        form: receiver.route.form,
        toUnit: receiver.unit.id,
        forUnits,
      };
      return [
        { ...base, kind: 'referral', answers: envelope.content },
        ...(envelope.apart.length === 0
          ? []
          : [{ ...base, kind: 'sealed-apart' as const, answers: envelope.apart }]),
        ...statements.map(({ id, text }) => ({
          ...base,
          contentId: id,
          kind: 'note' as const,
          form: 'text' as const,
          answers: [textAnswer('basis', text, 'named-with-value')],
          toUnit: unit,
          forUnits: [unit],
        })),
      ];
    });
    const sealed = await this.deps.sealer.seal(wanted.flat());
    let from = 0;
    return wanted.map((own) => {
      const all: SealedContent[] = sealed.slice(from, from + own.length);
      from += own.length;
      const referral = all.find(({ kind }) => kind === 'referral');
      if (referral === undefined) throw new Error('a referral was not sealed');
      return { all, referral };
    });
  }
}

function view(snapshot: DirectorySnapshot, now: Date, planned: PlannedItem, changes: CustodyChanges) {
  const { matter, receiver, envelope, item } = planned;
  if (!isBasisId(item.basis)) throw new Error(`no basis ${item.basis}`);
  return {
    // Of what may leave, what there is an answer to.
    ...wireDisclosed(planned, (field) => envelope.leaves.some((one) => one.field === field)),
    basis: { code: item.basis, label: BASES[item.basis].label },
    deadlines: changes.deadlinesOpened
      .filter(({ matterId }) => matterId === matter.id)
      .map(wireDeadlineOpened),
    ring: numberOf(snapshot, receiver.unit.id, now),
  };
}
