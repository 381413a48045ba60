import { randomUUID } from 'node:crypto';
import { localDateOfInstant } from '#calendar';
import type { DispatchPreview, PreviewDispatch, PreviewItem } from '#contracts';
import type { CustodyCommands, SealedContent } from '#custody';
import { recordNow } from '#directory';
import {
  authorityOf,
  BASES,
  type CommandFacts,
  type CustodyChanges,
  type DirectorySnapshot,
  type DispatchId,
  type DispatchPlanItem,
  decideSendDispatch,
  explainPlace,
  HAND_BACK_REASONS,
  type HandoffFacts,
  type HandoffId,
  type MatterFacts,
  type PersonId,
  type PreviewId,
  type Route,
  type SubjectRole,
  unitWithId,
} from '#domain';
import type { ContentVault } from '../content/content-vault.js';
import { basisFor, composeEnvelope, type EnvelopeContent } from '../content/envelope-content.js';
import { type EnvelopeSealer, type ToSeal, textAnswer } from '../content/envelope-sealer.js';
import type { KnownAnswer } from '../content/known-answer.js';
import { morningAnswers } from '../content/morning-answers.js';
import type { Idempotency } from '../http/headers.decorator.js';
import { RefusedException, refuseAtDoor, valueOrRefuse } from '../http/refused.exception.js';
import { type Caller, unitsOf } from '../identity/caller.js';
import { asCustodyCaller } from '../record/custody-caller.js';
import type { CustodyReader } from '../record/custody-reader.js';
import { handoffFacts, matterFacts, subjectRoles } from '../record/facts-reader.js';
import { isExternal, numberOf, type PartyDirectory, wireReason } from '../units/party-directory.js';
import type { BasisRecords } from './basis-records.js';
import { wireDeadlineOpened } from './deadline-view.js';
import { type Receiver, receiverOf } from './receiver-of.js';
import { whereaboutsOf } from './residence-of.js';

export interface PreviewsDeps {
  readonly commands: CustodyCommands;
  readonly reader: CustodyReader;
  readonly vault: ContentVault;
  readonly sealer: EnvelopeSealer;
  readonly directory: PartyDirectory;
  readonly basisRecords: BasisRecords;
}

interface Planned {
  readonly matter: MatterFacts;
  readonly receiver: Receiver;
  readonly envelope: EnvelopeContent;
  readonly item: Omit<DispatchPlanItem, 'contentId' | 'contentDigest' | 'decisionRef'>;
  readonly recordId: string | null;
  readonly statement: string | null;
}

/** What would leave, to whom and why; sealed here, off the sending path (DESIGN 5, 8). */
export class Previews {
  constructor(private readonly deps: PreviewsDeps) {}

  async preview(caller: Caller, idempotency: Idempotency, body: PreviewDispatch): Promise<DispatchPreview> {
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
    const { unit, incidentId } = this.oneHolder(read.matters, body, units);
    const planned: Planned[] = [];
    for (const [index, item] of body.items.entries()) {
      const matter = read.matters.find(({ id }) => id === item.matterId);
      if (matter === undefined) refuseAtDoor('NOT_FOUND');
      planned.push(await this.plan(caller, snapshot, { ...read, matter, item, index }));
    }
    const sealed = await this.seal(planned, unit);
    const items = planned.map((one, index): DispatchPlanItem => {
      const own = sealed[index];
      if (own === undefined) throw new Error('an item was not sealed');
      return {
        ...one.item,
        contentId: own.referral.id,
        contentDigest: own.referral.digest,
        decisionRef: one.recordId ?? own.statement?.id ?? null,
      };
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

  private async plan(
    caller: Caller,
    snapshot: DirectorySnapshot,
    one: {
      now: Date;
      matter: MatterFacts;
      handoffs: readonly HandoffFacts[];
      item: PreviewItem;
      index: number;
      roles: ReadonlyMap<string, SubjectRole>;
    },
  ): Promise<Planned> {
    const { now, matter, item, index, roles } = one;
    const subject = { id: matter.subjectId, role: matter.subjectRole };
    const field = `items.${index}`;
    const from = unitWithId(snapshot, matter.holderUnit);
    if (from === undefined) return refuseAtDoor('UNKNOWN_UNIT');
    const reported = await this.deps.vault.knownTo(caller, matter.holderUnit, matter.incidentId, subject.id);
    const { residence, protectedIdentity } = whereaboutsOf(reported, subject);
    const receiver = valueOrRefuse(
      receiverOf(snapshot, {
        kind: matter.kind,
        from,
        chosen: item.toUnit ?? null,
        residence,
        at: now,
        field: `${field}.toUnit`,
      }),
    );
    const { route, unit } = receiver;
    const basis = basisFor(route, item.basis?.code);
    if (basis === null) {
      const code = item.basis === undefined ? 'NO_BASIS' : 'BASIS_NOT_PERMITTED';
      const allowed = (route.bases[route.subject] ?? []).join(', ');
      return refuseAtDoor(code, { errors: [{ field: `${field}.basis`, message: `one of ${allowed}` }] });
    }
    const recordId = item.basis?.recordId ?? null;
    const statement = item.basis?.statement ?? null;
    const { kind } = BASES[basis];
    let consented: readonly string[] | null = null;
    if (kind === 'consent' || kind === 'individual-decision') {
      const recorded =
        recordId === null
          ? null
          : await this.deps.basisRecords.inForce({
              recordId,
              basis,
              subjectId: subject.id,
              unit: matter.holderUnit,
              recipient: unit.id,
            });
      if (recorded === null && (recordId !== null || statement === null)) {
        return refuseAtDoor('NO_BASIS', {
          errors: [
            {
              field: `${field}.basis`,
              message: `needs what was recorded for ${unit.id}: recordId, or a statement`,
            },
          ],
        });
      }
      consented = recorded?.fields ?? null;
    }
    const reason = reasonFor(route, item, `${field}.reason`);
    const known: readonly KnownAnswer[] =
      route.form === 'morning-handover' ? morningAnswers(reported, subject) : reported;
    const envelope = composeEnvelope({
      route,
      subjectId: subject.id,
      basis,
      consented,
      disclosure: { protectedIdentity, receiverMustCall: item.receiverMustCall },
      known,
      given: item.answers,
      roles,
      districtOf: (place) => districtOf(snapshot, place, now),
    });
    if (!envelope.ok) {
      const { code, errors = [] } = envelope.refusal;
      throw new RefusedException({
        code,
        errors: errors.map((error) => ({ ...error, field: `${field}.answers.${error.field}` })),
      });
    }
    return {
      matter,
      receiver,
      envelope: envelope.value,
      recordId,
      statement,
      item: {
        handoffId: randomUUID() as HandoffId,
        matterId: matter.id,
        matterVersion: matter.version,
        route: route.id,
        toUnit: unit.id,
        basis,
        fields: envelope.value.leaves.map((leaving) => leaving.field),
        fromAuthority: authorityOf(snapshot, matter.holderUnit, now),
        toAuthority: authorityOf(snapshot, unit.id, now),
        neededBefore: item.neededBefore ?? null,
        reason,
      },
    };
  }

  private async seal(planned: readonly Planned[], unit: string) {
    const wanted = planned.map(({ matter, receiver, envelope, item, statement }): ToSeal[] => {
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
        ...(statement === null
          ? []
          : [
              {
                ...base,
                kind: 'note' as const,
                form: 'text' as const,
                answers: [textAnswer('basis', statement, 'named-with-value')],
                toUnit: unit,
                forUnits: [unit],
              },
            ]),
      ];
    });
    const sealed = await this.deps.sealer.seal(wanted.flat());
    let from = 0;
    return wanted.map((own) => {
      const all: SealedContent[] = sealed.slice(from, from + own.length);
      from += own.length;
      const referral = all.find(({ kind }) => kind === 'referral');
      if (referral === undefined) throw new Error('a referral was not sealed');
      return { all, referral, statement: all.find(({ kind }) => kind === 'note') };
    });
  }
}

/** A hand-back or a hand-on names a coded reason (DESIGN 12); a first forwarding has none. */
function reasonFor(route: Route, { reason }: PreviewItem, field: string): string | null {
  if (route.direction === 'forward') return null;
  if (reason === undefined)
    return refuseAtDoor('REASON_REQUIRED', { errors: [{ field, message: 'required' }] });
  if (!Object.hasOwn(HAND_BACK_REASONS, reason)) return refuseAtDoor('REASON_NOT_ALLOWED');
  return reason;
}

function view(snapshot: DirectorySnapshot, now: Date, planned: Planned, changes: CustodyChanges) {
  const { matter, receiver, envelope, item } = planned;
  const basis = BASES[item.basis as keyof typeof BASES];
  return {
    matterId: matter.id,
    route: item.route,
    toUnit: { id: receiver.unit.id, name: receiver.unit.name, isExternal: isExternal(receiver.unit) },
    found: receiver.found.map(wireReason),
    leaves: envelope.leaves.map(({ field, label, sealedApart, because }) => ({
      field,
      label,
      sealedApart,
      because,
    })),
    withheld: [...envelope.withheld],
    basis: { code: item.basis, label: basis.label },
    deadlines: changes.deadlinesOpened
      .filter(({ matterId }) => matterId === matter.id)
      .map(wireDeadlineOpened),
    ring: numberOf(snapshot, receiver.unit.id, now),
  };
}

function districtOf(snapshot: DirectorySnapshot, place: unknown, now: Date): string | null {
  const area: unknown =
    typeof place === 'object' && place !== null ? Reflect.get(place, 'subdistrict') : place;
  if (typeof area !== 'string' || area === 'unknown') return null;
  const explained = explainPlace(snapshot, area, localDateOfInstant(now));
  return explained.ok ? (explained.value.district ?? explained.value.municipality) : null;
}
