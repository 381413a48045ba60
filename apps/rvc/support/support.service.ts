import type {
  ActRecorded,
  BeginSupport,
  BookSession,
  RecordInvestigationStep,
  SupportView,
  TellSession,
} from '#contracts';
import {
  conversationsSpent,
  decideBooking,
  decideInvestigationStep,
  decideSupportOpening,
  FREE_CONVERSATIONS,
  INVESTIGATION_STEPS,
  isInterventionFor,
  isInvestigationOfferDue,
  type MatterFacts,
  RVC_INTERVENTIONS,
  SESSION_CONTENTS,
  SESSION_STATES,
  SUPPORT_CHANNELS,
  SUPPORT_MODALITIES,
} from '#domain';
import {
  type ActRecorder,
  type ActScope,
  type Caller,
  type CustodyReader,
  type Effects,
  type Idempotency,
  notInFuture,
  refuseAtDoor,
  rolesAtUnit,
  said,
  valueOrRefuse,
} from '#party';
import { heldSupport, investigationOf, sessionsOf } from './held-support.js';
import {
  SupportBeginningEntity,
  SupportInvestigationEntity,
  SupportSessionEntity,
} from './support.entities.js';

type Words = Readonly<Record<string, string | undefined>>;

/** What an act is recorded with: the columns that every act has, with its words sealed, and the matter. */
interface ActColumns {
  readonly id: string;
  readonly matterId: string;
  readonly incidentId: string;
  readonly unitId: string;
  readonly ciphertext: Buffer;
  readonly digest: string;
  readonly recordedAt: Date;
  readonly recordedBy: string;
}

/** Support of RVC in one contact episode: how it began, its sessions, and what lets it go on after five. */
export class Support {
  constructor(
    private readonly reader: CustodyReader,
    private readonly recorder: ActRecorder,
    private readonly effects: Effects,
  ) {}

  /**
   * Records how the person came; recorded again, it is corrected, as when who was anonymous says who she is. Refuses as
   * `heldSupport` and `decideSupportOpening` do, and a time in the future.
   */
  async begin(
    caller: Caller,
    idempotency: Idempotency,
    matterId: string,
    body: BeginSupport,
  ): Promise<ActRecorded> {
    const matter = await heldSupport(this.reader, caller, matterId);
    const { channel, isAdult, anonymous, asksAsCouple, decision, need } = body;
    valueOrRefuse(
      decideSupportOpening({
        ...{ role: matter.subjectRole, channel, isAdult, hasDecision: decision !== undefined },
      }),
    );
    return this.record(caller, { idempotency, matter, action: 'begin-support' }, async (scope) => {
      const { manager, at } = scope;
      const version = 1 + (await manager.countBy(SupportBeginningEntity, { matterId }));
      await manager.insert(SupportBeginningEntity, {
        ...(await this.columns(caller, matter, scope, {
          'support.need': need,
          'support.decision': decision,
        })),
        ...{ version, channel, anonymous, asksAsCouple },
        referredAt: notInFuture(body.referredAt, at, 'referredAt'),
      });
      return version;
    });
  }

  /**
   * Books a session; its id is the act's. Refuses as `heldSupport` does, SUPPORT_NOT_BEGUN, INTERVENTION_NOT_FOR_PERSON,
   * JOINT_SESSION_NOT_SAFE (C-20), and FIVE_CONVERSATIONS_SPENT for the sixth of an adult without a decision or a bridge.
   */
  async book(
    caller: Caller,
    idempotency: Idempotency,
    matterId: string,
    body: BookSession,
  ): Promise<ActRecorded> {
    const matter = await heldSupport(this.reader, caller, matterId);
    const { intervention, modality, note } = body;
    const role = matter.subjectRole;
    if (!isInterventionFor(intervention, { role, modality })) refuseAtDoor('INTERVENTION_NOT_FOR_PERSON');
    if (modality === 'joint') refuseAtDoor('JOINT_SESSION_NOT_SAFE');
    return this.record(caller, { idempotency, matter, action: 'book-support-session' }, async (scope) => {
      const { manager, id } = scope;
      const startsAt = new Date(body.startsAt);
      const [beginning] = await manager.find(SupportBeginningEntity, {
        where: { matterId },
        order: { version: 'DESC' },
        take: 1,
      });
      if (beginning === undefined) return refuseAtDoor('SUPPORT_NOT_BEGUN');
      // By decision from the start: a child's by BoU, an adult's by RVT. The five are for who comes without one.
      if (beginning.channel !== 'bou-decision' && beginning.channel !== 'rvt-decision') {
        const sessions = await sessionsOf(manager, matterId);
        const investigation = await investigationOf(manager, matterId);
        valueOrRefuse(decideBooking({ sessions, investigation }, { modality, startsAt }));
      }
      await manager.insert(SupportSessionEntity, {
        ...(await this.columns(caller, matter, scope, { 'support.session-note': note })),
        ...{ version: 1, sessionId: id, state: 'BOOKED', intervention, modality, content: null, startsAt },
      });
      return 1;
    });
  }

  /** Records what became of a session, or corrects it. Refuses as `heldSupport` does, and NOT_FOUND for another session. */
  async tell(
    caller: Caller,
    idempotency: Idempotency,
    { matterId, sessionId }: { readonly matterId: string; readonly sessionId: string },
    body: TellSession,
  ): Promise<ActRecorded> {
    const matter = await heldSupport(this.reader, caller, matterId);
    const { state, content, note } = body;
    return this.record(caller, { idempotency, matter, action: 'tell-support-session' }, async (scope) => {
      const { manager, id, at } = scope;
      const sessions = await sessionsOf(manager, matterId);
      const session = sessions.find((one) => one.sessionId === sessionId);
      if (session === undefined) return refuseAtDoor('NOT_FOUND');
      const { intervention, modality, startsAt } = session;
      // Held or missed is said of what has been; cancelled and entered in error can be said before.
      if (state === 'ATTENDED' || state === 'NO_SHOW') notInFuture(startsAt.toISOString(), at, 'state');
      const version = session.version + 1;
      await manager.insert(SupportSessionEntity, {
        ...(await this.columns(caller, matter, scope, { 'support.session-note': note })),
        ...{ version, sessionId, state, intervention, modality, content: content ?? null, startsAt },
      });
      // BoU answers for the child and tracks what it commissioned (DESIGN 6.4): it learns that the support began, and no more.
      const isFirst = state === 'ATTENDED' && sessions.every((one) => one.state !== 'ATTENDED');
      if (isFirst && matter.kind === 'child-support') {
        const { incidentId, subjectId, holderUnit: unit } = matter;
        await this.effects.publish(manager, {
          ...{ causeId: id, code: 'child-support-started', incidentId, subjectId, matterId, unit },
          ...{ effectiveAt: startsAt, recordedAt: at },
        });
      }
      return version;
    });
  }

  /** Records a step about RVT's investigation. Refuses as `heldSupport` and `decideInvestigationStep` do, and a future time. */
  async step(
    caller: Caller,
    idempotency: Idempotency,
    matterId: string,
    body: RecordInvestigationStep,
  ): Promise<ActRecorded> {
    const matter = await heldSupport(this.reader, caller, matterId);
    if (matter.subjectRole === 'child') return refuseAtDoor('CHILD_SUPPORT_BY_DECISION');
    const { step, until, decision, reasons } = body;
    return this.record(caller, { idempotency, matter, action: 'record-support-step' }, async (scope) => {
      const { manager, at } = scope;
      const before = await investigationOf(manager, matterId);
      const isUnitHead = rolesAtUnit(caller, matter.holderUnit).includes('unit-head');
      const hasDecision = decision !== undefined;
      valueOrRefuse(decideInvestigationStep(before, { step, isUnitHead, hasDecision }));
      const version = 1 + (before?.version ?? 0);
      await manager.insert(SupportInvestigationEntity, {
        ...(await this.columns(caller, matter, scope, {
          ...{ 'support.reasons': reasons, 'support.decision': decision },
        })),
        ...{ version, step, bridgedUntil: until === undefined ? null : new Date(until) },
        steppedAt: notInFuture(body.at, at, 'at'),
      });
      return version;
    });
  }

  /** The episode as its holder sees it. Refuses as `heldSupport` does. */
  async view(caller: Caller, matterId: string): Promise<SupportView> {
    const { holderUnit } = await heldSupport(this.reader, caller, matterId);
    return this.recorder.as(holderUnit, async (manager) => {
      const [beginning] = await manager.find(SupportBeginningEntity, {
        where: { matterId },
        order: { version: 'DESC' },
        take: 1,
      });
      const sessions = await sessionsOf(manager, matterId);
      const investigation = await investigationOf(manager, matterId);
      const isByDecision = beginning?.channel === 'rvt-decision' || beginning?.channel === 'bou-decision';
      return {
        begun:
          beginning === undefined
            ? null
            : {
                channel: { code: beginning.channel, label: SUPPORT_CHANNELS[beginning.channel] },
                anonymous: beginning.anonymous,
                asksAsCouple: beginning.asksAsCouple,
              },
        conversations: {
          spent: conversationsSpent(sessions),
          free: FREE_CONVERSATIONS,
          offerInvestigation: !isByDecision && isInvestigationOfferDue({ sessions, investigation }),
        },
        investigation:
          investigation === null
            ? null
            : {
                step: { code: investigation.step, label: INVESTIGATION_STEPS[investigation.step] },
                until: investigation.bridgedUntil?.toISOString() ?? null,
              },
        sessions: sessions.map(({ sessionId, startsAt, state, intervention, modality, content }) => ({
          sessionId,
          startsAt: startsAt.toISOString(),
          state: { code: state, label: SESSION_STATES[state] },
          intervention: { code: intervention, label: RVC_INTERVENTIONS[intervention].label },
          modality: { code: modality, label: SUPPORT_MODALITIES[modality].label },
          content: content === null ? null : { code: content, label: SESSION_CONTENTS[content] },
        })),
      };
    });
  }

  /** One at a time for an episode, so that two who book at once do not both take the fifth. */
  private record(
    caller: Caller,
    act: { readonly idempotency: Idempotency; readonly matter: MatterFacts; readonly action: string },
    write: (scope: ActScope) => Promise<number>,
  ): Promise<ActRecorded> {
    const { idempotency, matter, action } = act;
    return this.recorder.record(
      { caller, idempotency, unit: matter.holderUnit, action, inOrderOf: `support ${matter.id}` },
      async (scope) => ({ version: await write(scope), target: { kind: 'matter', id: matter.id } }),
    );
  }

  private async columns(
    caller: Caller,
    matter: MatterFacts,
    { id, at }: ActScope,
    words: Words,
  ): Promise<ActColumns> {
    const { id: matterId, incidentId, subjectId, holderUnit: unit } = matter;
    const fields = Object.entries(words).flatMap(([field, text]) =>
      text === undefined ? [] : [said(field, text, subjectId)],
    );
    const sealed = await this.recorder.seal({ id, incidentId, subjectId, unit }, fields);
    return { ...sealed, id, matterId, incidentId, unitId: unit, recordedAt: at, recordedBy: caller.person };
  }
}
