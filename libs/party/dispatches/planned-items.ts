import { randomUUID } from 'node:crypto';
import { localDateOfInstant } from '#calendar';
import type { PreviewItem } from '#contracts';
import {
  authorityOf,
  type BasisId,
  type DirectorySnapshot,
  type DispatchPlanItem,
  explainPlace,
  HAND_BACK_REASONS,
  type HandoffId,
  isBasisId,
  isKeptFrom,
  type MatterFacts,
  MISSING_REASONS,
  notUsableOn,
  type Route,
  type SubjectRole,
  unitWithId,
} from '#domain';
import type { ContentVault } from '../content/content-vault.js';
import { composeEnvelope, type EnvelopeContent, type Leaving } from '../content/envelope-content.js';
import type { KnownAnswer } from '../content/known-answer.js';
import { morningAnswers } from '../content/morning-answers.js';
import { RefusedException, refuseAtDoor, valueOrRefuse } from '../http/refused.exception.js';
import type { Caller } from '../identity/caller.js';
import type { CustodyReader } from '../record/custody-reader.js';
import type { DispatchGates } from './dispatch-gates.js';
import type { ItemDisclosure, ItemDisclosures, NamedBasis } from './item-disclosures.js';
import { type Receiver, receiverOf } from './receiver-of.js';
import { ageOf, whereaboutsOf } from './residence-of.js';

export interface PlannedItemsDeps {
  readonly vault: ContentVault;
  readonly disclosures: ItemDisclosures;
  readonly gates: DispatchGates;
  readonly reader: CustodyReader;
}

/** An item of a preview with what surrounds it. */
export interface ItemToPlan {
  readonly caller: Caller;
  readonly snapshot: DirectorySnapshot;
  readonly now: Date;
  readonly matter: MatterFacts;
  readonly item: PreviewItem;
  /** Its place in the request, for refusals. */
  readonly index: number;
  readonly roles: ReadonlyMap<string, SubjectRole>;
}

/** A statement that a disclosure rests on: sealed for the writer's own unit, and named by the plan. */
export interface Statement {
  readonly id: string;
  readonly text: string;
}

/** To whom an item would go, and what the policy says of each field. */
export interface ConsideredItem extends ItemDisclosure {
  readonly matter: MatterFacts;
  readonly receiver: Receiver;
  readonly known: readonly KnownAnswer[];
  readonly named: readonly (NamedBasis & { readonly field: string })[];
  readonly statements: readonly Statement[];
}

export interface PlannedItem extends ConsideredItem {
  readonly envelope: EnvelopeContent;
  readonly item: Omit<DispatchPlanItem, 'contentId' | 'contentDigest'>;
}

/** Finds the receiver of an item and decides field by field; reading what is known is audited. */
export class PlannedItems {
  constructor(private readonly deps: PlannedItemsDeps) {}

  /** What could leave and what it needs; refuses only where nobody is found, or a basis is named that cannot be one. */
  async consider(one: ItemToPlan): Promise<ConsideredItem> {
    const { caller, snapshot, now, matter, item, index } = one;
    const subject = { id: matter.subjectId, role: matter.subjectRole };
    const from = unitWithId(snapshot, matter.holderUnit);
    if (from === undefined) return refuseAtDoor('UNKNOWN_UNIT');
    const reported = await this.deps.vault.knownTo(caller, matter.holderUnit, matter.incidentId, subject.id);
    const { residence, protectedIdentity } = whereaboutsOf(reported, subject);
    const receiver = valueOrRefuse(
      receiverOf(snapshot, {
        kind: matter.kind,
        subject: subject.role,
        from,
        chosen: item.toUnit ?? null,
        residence,
        at: now,
        field: `items.${index}.toUnit`,
      }),
    );
    const { named, statements } = namedBy(one);
    const disclosure = await this.deps.disclosures.decide({
      surface: 'preview',
      snapshot,
      at: now,
      route: receiver.route,
      fromUnit: matter.holderUnit,
      toUnit: receiver.unit.id,
      subject: { ...subject, age: ageOf(reported, subject, now), protectedIdentity },
      named,
      deciderRoles: caller.mandates.filter(({ unit }) => unit === matter.holderUnit).map(({ role }) => role),
      receiverMustCall: item.receiverMustCall,
    });
    refuseUnusable(disclosure, receiver.route, item, index);
    const known = receiver.route.form === 'morning-handover' ? morningAnswers(reported, subject) : reported;
    return { ...disclosure, matter, receiver, known, named, statements };
  }

  /** An item ready to be sealed. Refuses what a gate refuses, NO_BASIS where nothing may leave or a named basis does not hold. */
  async plan(one: ItemToPlan): Promise<PlannedItem> {
    const { snapshot, now, matter, item, index, roles } = one;
    const considered = await this.consider(one);
    const { question, decision, receiver } = considered;
    const { route, unit } = receiver;
    // Before anybody is asked to fill in what would be refused at the sending.
    const { holderUnit: fromUnit, subjectId, subjectRole } = matter;
    valueOrRefuse(
      await this.deps.reader.as([fromUnit], (manager) =>
        this.deps.gates.check(manager, { route, fromUnit, subjectId, subjectRole }),
      ),
    );
    refuseWithoutBasis(considered, index);
    const reason = reasonFor(route, item, `items.${index}.reason`);
    const envelope = composeEnvelope({
      route,
      subjectId: matter.subjectId,
      decision,
      isKeptFrom: (keepFrom) => isKeptFrom(question, keepFrom),
      known: considered.known,
      given: item.answers,
      roles,
      districtOf: (place) => districtOf(snapshot, place, now),
    });
    if (!envelope.ok) {
      const { code, errors = [] } = envelope.refusal;
      throw new RefusedException({
        code,
        errors: errors.map((error) => ({ ...error, field: `items.${index}.answers.${error.field}` })),
      });
    }
    const grounds = groundsOf(envelope.value.leaves);
    const named = considered.named.map(({ basis }) => basis);
    const [first] = [...grounds].sort((a, b) => rankOf(named, a.basis) - rankOf(named, b.basis));
    if (first === undefined) return refuseAtDoor('NO_BASIS');
    return {
      ...considered,
      envelope: envelope.value,
      item: {
        handoffId: randomUUID() as HandoffId,
        matterId: matter.id,
        matterVersion: matter.version,
        route: route.id,
        toUnit: unit.id,
        basis: first.basis,
        grounds,
        fromAuthority: authorityOf(snapshot, matter.holderUnit, now),
        toAuthority: authorityOf(snapshot, unit.id, now),
        neededBefore: item.neededBefore ?? null,
        reason,
      },
    };
  }
}

/** The bases that the caller names, the first first; what she states with them becomes sealed words of their own. */
function namedBy({ item, index }: ItemToPlan): Pick<ConsideredItem, 'named' | 'statements'> {
  const wanted = [
    ...(item.basis === undefined ? [] : [{ ...item.basis, field: `items.${index}.basis` }]),
    ...item.furtherBases.map((one, at) => ({ ...one, field: `items.${index}.furtherBases.${at}` })),
  ].map((one) => ({ ...one, statementId: randomUUID() }));
  return {
    named: wanted.flatMap(({ code, recordId, statement, statementId, field }): ConsideredItem['named'] => {
      if (!isBasisId(code)) return [];
      if (recordId !== undefined) return [{ basis: code, ref: recordId, isA: 'record', field }];
      if (statement === undefined) return [{ basis: code, ref: null, isA: 'record', field }];
      return [{ basis: code, ref: statementId, isA: 'statement', field }];
    }),
    statements: wanted.flatMap(({ recordId, statement, statementId }) =>
      recordId === undefined && statement !== undefined ? [{ id: statementId, text: statement }] : [],
    ),
  };
}

/** What no law lets be used is refused with the rule and with what would make it lawful. */
function refuseUnusable({ question }: ItemDisclosure, route: Route, item: PreviewItem, index: number): void {
  const allowed: readonly string[] = [...new Set(Object.values(route.bases).flat())];
  for (const { code } of [...(item.basis === undefined ? [] : [item.basis]), ...item.furtherBases]) {
    const field = `items.${index}.basis`;
    const [unusable] = notUsableOn(code, question.from, question.to, question.at);
    if (unusable !== undefined) {
      const { rule, lawfulIf } = unusable;
      refuseAtDoor('BASIS_NOT_USABLE', {
        errors: [
          { field, message: `${rule.sv} ${lawfulIf.sv}` },
          { field, message: `${rule.en} ${lawfulIf.en}` },
        ],
      });
    }
    if (!allowed.includes(code)) {
      refuseAtDoor('BASIS_NOT_PERMITTED', { errors: [{ field, message: `one of ${allowed.join(', ')}` }] });
    }
  }
}

/** A basis that is named must hold: an item that leaves on another than she meant would be a surprise. */
function refuseWithoutBasis({ decision, named, receiver }: ConsideredItem, index: number): void {
  const leaving = decision.fields.filter((one) => one.verdict === 'leaves');
  const applied = leaving.flatMap(({ bases }) => bases);
  const vain = named.filter(
    ({ basis, ref }) => !applied.some((one) => one.basis === basis && one.recordId === ref),
  );
  const errors = vain.map(({ basis, field }) => {
    const missing = missingOf(decision, basis);
    const { sv, en } = MISSING_REASONS[missing];
    return { field, message: `${basis} → ${receiver.unit.id}: ${missing} (${sv} / ${en})` };
  });
  if (errors.length > 0) refuseAtDoor('NO_BASIS', { errors });
  if (leaving.length === 0) {
    const allowed = (receiver.route.bases[receiver.route.subject] ?? []).join(', ');
    refuseAtDoor('NO_BASIS', { errors: [{ field: `items.${index}.basis`, message: `one of ${allowed}` }] });
  }
}

function missingOf({ fields }: ItemDisclosure['decision'], basis: BasisId): keyof typeof MISSING_REASONS {
  const options = fields.flatMap((one) => ('options' in one ? one.options : []));
  const isRefused = fields.some((one) => one.verdict === 'withheld' && one.why === 'CONSENT_REFUSED');
  return (
    options.find((option) => option.basis === basis)?.missing ?? (isRefused ? 'REFUSED' : 'NOT_RECORDED')
  );
}

/** The fields by the basis and the record that each leaves on; one that needs two leaves on both. */
function groundsOf(leaves: readonly Leaving[]): DispatchPlanItem['grounds'] {
  const grounds = new Map<string, { basis: BasisId; decisionRef: string | null; fields: string[] }>();
  for (const { field, bases } of leaves) {
    for (const { basis, recordId } of bases) {
      const key = JSON.stringify([basis, recordId]);
      const ground = grounds.get(key) ?? { basis, decisionRef: recordId, fields: [] };
      ground.fields.push(field);
      grounds.set(key, ground);
    }
  }
  return [...grounds.values()];
}

/** What the caller named comes first, in her order. */
function rankOf(named: readonly string[], basis: string): number {
  const rank = named.indexOf(basis);
  return rank < 0 ? named.length : rank;
}

/** A hand-back or a hand-on names a coded reason (DESIGN 12); a first forwarding has none, unless it is a way back too. */
function reasonFor(route: Route, { reason }: PreviewItem, field: string): string | null {
  if (reason === undefined && route.direction === 'forward') return null;
  if (reason === undefined)
    return refuseAtDoor('REASON_REQUIRED', { errors: [{ field, message: 'required' }] });
  if (!Object.hasOwn(HAND_BACK_REASONS, reason)) return refuseAtDoor('REASON_NOT_ALLOWED');
  return reason;
}

function districtOf(snapshot: DirectorySnapshot, place: unknown, now: Date): string | null {
  const area: unknown =
    typeof place === 'object' && place !== null ? Reflect.get(place, 'subdistrict') : place;
  if (typeof area !== 'string' || area === 'unknown') return null;
  const explained = explainPlace(snapshot, area, localDateOfInstant(now));
  return explained.ok ? (explained.value.district ?? explained.value.municipality) : null;
}
