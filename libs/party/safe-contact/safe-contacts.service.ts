import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { canonicalJson } from '#audit';
import { parseLocalTime } from '#calendar';
import type { ActRecorded, ConfirmSafeContact, MatterSafeContact, RecordSafeContact } from '#contracts';
import { recordNow } from '#directory';
import {
  answersOfCard,
  cardOfAnswers,
  channelsOf,
  type Label,
  type MatterFacts,
  type SafeContactCard,
  unitId,
} from '#domain';
import { type ActRecorder, lockFor, notInFuture, said } from '../acts/act-recorder.js';
import type { ReadingAudit } from '../audit/reading-audit.js';
import type { OwnDeadlines } from '../clock/own-deadlines.js';
import type { ContentVault, KnownAnswersSource } from '../content/content-vault.js';
import { asJson, type KnownAnswer } from '../content/known-answer.js';
import { wireDeadline } from '../dispatches/deadline-view.js';
import type { Idempotency } from '../http/headers.decorator.js';
import { refuseAtDoor } from '../http/refused.exception.js';
import { type Caller, unitsOf } from '../identity/caller.js';
import type { CustodyReader } from '../record/custody-reader.js';
import { matterFacts } from '../record/facts-reader.js';
import { SafeContactConfirmationEntity, SafeContactEntity } from './safe-contact.entities.js';

export interface SafeContactsDeps {
  readonly recorder: ActRecorder;
  readonly reader: CustodyReader;
  readonly vault: ContentVault;
  readonly audit: ReadingAudit;
  readonly deadlines: OwnDeadlines;
}

/** A card and what it is named by, so that who acts on it has read exactly that. */
export interface KnownCard {
  readonly card: SafeContactCard;
  readonly version: string;
}

/** The rule of the thirty days (forms.md 4). */
export const CONFIRM_RULE = 'safe-contact-check';

/** How the person of a matter can be reached without danger: read, recorded anew, confirmed. */
export class SafeContacts implements KnownAnswersSource {
  constructor(private readonly deps: SafeContactsDeps) {}

  /** The card as the unit that answers for the matter knows it. The reading is audited. Refuses NOT_FOUND. */
  async read(caller: Caller, matterId: string): Promise<MatterSafeContact> {
    const matter = await this.matter(caller, matterId);
    const unit = matter.holderUnit;
    await this.deps.audit.record({
      caller,
      unit,
      action: 'read-safe-contact',
      target: { kind: 'matter', id: matterId },
    });
    const known = await this.known(caller, matter);
    const check = await this.deps.recorder.as(unit, async (manager) => {
      const now = await recordNow(manager);
      const open = (await this.deps.deadlines.of(manager, [matterId])).find(
        ({ rule, ended_at }) => rule === CONFIRM_RULE && !(ended_at instanceof Date),
      );
      return open === undefined ? null : wireDeadline(open, now);
    });
    return {
      matterId,
      version: known?.version ?? null,
      card: known === null ? null : wireCard(known.card),
      mayUse: known === null ? [] : [...channelsOf(known.card)],
      heed: known === null ? [] : heed(known.card),
      check,
    };
  }

  /** A new version, sealed to the unit; the thirty days begin. Refuses NOT_RESPONSIBLE, MATTER_CLOSED. */
  record(
    caller: Caller,
    idempotency: Idempotency,
    matterId: string,
    { actingUnit: unit, ...given }: RecordSafeContact,
  ): Promise<ActRecorded> {
    const { recorder } = this.deps;
    const act = { caller, idempotency, unit, action: 'record-safe-contact' };
    return recorder.record(act, async ({ manager, id, at }) => {
      const { incidentId, subjectId } = await heldBy(manager, matterId, unit);
      await lockFor(manager, `safe contact ${subjectId} ${unit}`);
      const version = 1 + (await manager.countBy(SafeContactEntity, { subjectId, unitId: unit }));
      const card = cardOf(given);
      const sealed = await recorder.seal(
        { id, incidentId, subjectId, unit },
        answersOfCard(card).map(({ field, value }) => ({
          ...said(field, value, subjectId),
          source: 'victim',
          keepFrom: ['alleged-perpetrator', 'guardians'],
        })),
      );
      await manager.insert(SafeContactEntity, {
        ...sealed,
        id,
        incidentId,
        unitId: unit,
        version,
        recordedAt: at,
        recordedBy: caller.person,
        subjectId,
        matterId,
      });
      await this.restart(manager, { matterId, unit, at });
      return { version, target: { kind: 'matter', id: matterId } };
    });
  }

  /** It still holds: the thirty days begin anew. Refuses SAFE_CONTACT_FIRST when a newer version was recorded since. */
  async confirm(
    caller: Caller,
    idempotency: Idempotency,
    matterId: string,
    body: ConfirmSafeContact,
  ): Promise<ActRecorded> {
    const { recorder } = this.deps;
    const { actingUnit: unit } = body;
    const known = await this.known(caller, await this.matter(caller, matterId));
    if (known === null) return refuseAtDoor('SAFE_CONTACT_UNKNOWN');
    if (known.version !== body.seen) return refuseAtDoor('SAFE_CONTACT_FIRST');
    const act = { caller, idempotency, unit, action: 'confirm-safe-contact' };
    return recorder.record(act, async ({ manager, id, at }) => {
      const { incidentId, subjectId } = await heldBy(manager, matterId, unit);
      const confirmedAt = notInFuture(body.confirmedAt, at, 'confirmedAt');
      await lockFor(manager, `safe contact ${subjectId} ${unit}`);
      const version = 1 + (await manager.countBy(SafeContactConfirmationEntity, { matterId }));
      const sealed = await recorder.seal({ id, incidentId, subjectId, unit }, [
        said('safe-contact.confirmed', { how: body.how }, subjectId),
      ]);
      await manager.insert(SafeContactConfirmationEntity, {
        ...sealed,
        id,
        incidentId,
        unitId: unit,
        version,
        recordedAt: at,
        recordedBy: caller.person,
        subjectId,
        matterId,
        confirmedAt,
      });
      await this.restart(manager, { matterId, unit, at: confirmedAt });
      return { version, target: { kind: 'matter', id: matterId } };
    });
  }

  /** What the unit itself recorded, before what it was sent; the reading is audited by who asks. */
  async answersFor(unit: string, incidentId: string, subjectId: string): Promise<readonly KnownAnswer[]> {
    const [newest] = await this.deps.recorder.as(unit, (manager) =>
      manager.find(SafeContactEntity, {
        where: { subjectId, unitId: unit },
        order: { version: 'DESC' },
        take: 1,
      }),
    );
    if (newest === undefined) return [];
    const answers = await this.deps.recorder.open(
      { id: newest.id, incidentId, subjectId, unit },
      newest.ciphertext,
    );
    const [first] = answers;
    if (first === undefined) return [];
    const card = Object.fromEntries(
      answers.map(({ field, value }) => [field.replace('safe-contact.', ''), value]),
    );
    return [...answers, { ...first, field: 'safe-contact.card', value: asJson(card) }];
  }

  /** The card of a matter's person as its holder knows it; null when nobody told any. Audited as a reading. */
  async known(caller: Caller, { holderUnit, incidentId, subjectId }: MatterFacts): Promise<KnownCard | null> {
    const answers = await this.deps.vault.ownTo(caller, holderUnit, incidentId, subjectId);
    const card = cardOfAnswers(answers.filter(({ concerns }) => concerns.includes(subjectId)));
    if (card === null) return null;
    const version = createHash('sha256')
      .update(canonicalJson(asJson(card)))
      .digest('hex');
    return { card, version };
  }

  /** The matter, where one of the caller's units answers for it. */
  async matter(caller: Caller, id: string): Promise<MatterFacts> {
    const units = unitsOf(caller);
    const [matter] = await this.deps.reader.as(units, (manager) => matterFacts(manager, [id]));
    return matter !== undefined && units.includes(matter.holderUnit) ? matter : refuseAtDoor('NOT_FOUND');
  }

  private async restart(
    manager: EntityManager,
    { matterId, unit, at }: { matterId: string; unit: string; at: Date },
  ): Promise<void> {
    await this.deps.deadlines.end(manager, matterId, [CONFIRM_RULE], { as: 'met', at });
    await this.deps.deadlines.open(manager, matterId, confirmTerms(unit, at));
  }
}

/** Asked of the unit that answers for the matter, thirty days from when it was last told or confirmed. */
export function confirmTerms(unit: string, since: Date) {
  return {
    rule: CONFIRM_RULE,
    ladder: 'office',
    startEvent: 'safe-contact-told',
    startAt: since,
    askedOf: unitId(unit),
  } as const;
}

async function heldBy(manager: EntityManager, matterId: string, unit: string): Promise<MatterFacts> {
  const [matter] = await matterFacts(manager, [matterId]);
  if (matter === undefined) return refuseAtDoor('NOT_FOUND');
  if (matter.holderUnit !== unit) return refuseAtDoor('NOT_RESPONSIBLE');
  return matter.closedAt === null ? matter : refuseAtDoor('MATTER_CLOSED');
}

function cardOf({ windows, ...given }: Omit<RecordSafeContact, 'actingUnit'>): SafeContactCard {
  return {
    ...given,
    windows:
      windows?.flatMap(({ weekdays, from, until }) => {
        const [start, end] = [parseLocalTime(from), parseLocalTime(until)];
        return start === undefined || end === undefined ? [] : [{ weekdays, from: start, until: end }];
      }) ?? null,
  };
}

function wireCard(card: SafeContactCard): MatterSafeContact['card'] {
  return {
    ...card,
    channels: card.channels === null ? null : [...card.channels],
    windows: card.windows?.map((window) => ({ ...window, weekdays: [...window.weekdays] })) ?? null,
  };
}

/** What to mind, in words: what was not asked about counts as no. */
function heed(card: SafeContactCard): Label[] {
  const said: [boolean, Label][] = [
    [card.voicemail !== true, { sv: 'Lämna inget meddelande.', en: 'Leave no message.' }],
    [
      card.mayWeSayWhoWeAre !== true,
      {
        sv: 'Säg inte vilka ni är till någon annan än personen själv.',
        en: 'Say who you are to nobody but the person.',
      },
    ],
    [
      card.sharedPhone !== false,
      { sv: 'Någon annan kan läsa eller svara.', en: 'Somebody else may read or answer.' },
    ],
    [
      card.interpreter === 'needed',
      { sv: 'Tolk behövs. Aldrig en anhörig.', en: 'An interpreter is needed. Never a relative.' },
    ],
    [card.times !== 'unknown', { sv: `Tider: ${card.times}`, en: `Times: ${card.times}` }],
    [card.language !== 'unknown', { sv: `Språk: ${card.language}`, en: `Language: ${card.language}` }],
  ];
  return said.flatMap(([holds, label]) => (holds ? [label] : []));
}
