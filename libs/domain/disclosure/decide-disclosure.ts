import { type Concerns, EXTENTS, type Extent, type KeptFrom } from '../forms/index.js';
import { isOpenPhase } from '../handoff/index.js';
import { MATTER_KINDS } from '../matter/index.js';
import type { Label } from '../wording/index.js';
import { basisWithId } from './bases.js';
import { couldHold, type Standing, standingNo, standingOf } from './basis-standing.js';
import { CONDITIONS } from './conditions.js';
import { isValidOn, notUsableOn, rowsOfWay } from './disclosure-matrix.js';
import {
  type AppliedBasis,
  type AskedField,
  type DisclosureDecision,
  type DisclosureQuestion,
  type FieldVerdict,
  type MissingBasis,
  WITHHELD_REASONS,
  type WithheldReason,
} from './disclosure-question.js';
import { authorityKindOf, type DisclosureSide } from './disclosure-side.js';
import { partsInEnvelope } from './envelope.js';
import { itemsOfSet, PIECES } from './field-sets.js';
import type { MatrixRow } from './matrix-row.js';
import type { Purpose } from './purposes.js';

/**
 * The one policy (C6): for every field asked about, whether it leaves at this instant, by which basis and record; what
 * it still needs, and who may decide that; or why it stays. Preview, sending, reading, the sender's view, export, event
 * stream, notification and insight all ask here. Least by default: what no row of the matrix opens stays. Total and
 * pure; `at` is record time, days are Stockholm's. Source: domain.md B6, the rows of {@link rowsOfWay}.
 */
export function decideDisclosure(question: DisclosureQuestion): DisclosureDecision {
  const rows = rowsOfWay({ ...question, subject: question.subject.role }).filter(({ basis }) =>
    couldHold(basis, question),
  );
  const fields = question.fields.map((asked) => decideField(question, rows, asked));
  const applied = fields.flatMap((one) => (one.verdict === 'leaves' ? one.bases : []));
  const confirms = applied
    .flatMap(({ conditions }) => conditions)
    .filter((condition) => CONDITIONS[condition].how === 'by-sending');
  return {
    fields,
    confirms: [...new Set(confirms)],
    notUsable: [...new Set(question.records.map(({ basis }) => basis))].flatMap((basis) =>
      notUsableOn(basis, question.from, question.to, question.at),
    ),
  };
}

/** Whether a field leaves, for callers that ask about one. */
export function leaves(decision: DisclosureDecision, field: string): boolean {
  return decision.fields.some((one) => one.field === field && one.verdict === 'leaves');
}

function decideField(
  question: DisclosureQuestion,
  rows: readonly MatrixRow[],
  asked: AskedField,
): FieldVerdict {
  const { id, definition, required } = asked;
  const named = { field: id, label: definition.label };
  const stays = (why: WithheldReason): FieldVerdict => ({
    ...named,
    verdict: 'withheld',
    why,
    because: WITHHELD_REASONS[why],
  });
  const why = whyItStays(question, asked);
  if (why !== null) return stays(why);

  const extent = extentOf(question, asked);
  const way = {
    ...named,
    extent,
    required,
    // Where a protected person is travels as whereabouts do, in an envelope of its own.
    sealedApart: definition.sealedApart || (isProtected(question) && definition.tellsWhere),
  };
  if (question.surface === 'read' && question.disclosed !== null) {
    // Decided when it was sent: reading it is no new disclosure.
    return { ...way, verdict: 'leaves', bases: [], because: sees(extent) };
  }

  const parts = partsOf(question, definition.concerns);
  const explicitly = isMaskedByDefault(question, asked);
  const standings = parts.map((whom) =>
    rowsFor(rows, id, whom).map((row) => standingOf(row.basis, id, question, explicitly)),
  );
  if (parts.length === 0 || standings.some((own) => own.length === 0)) return stays('NO_BASIS_FOR_CONCERNED');

  const applied = standings.map(preferred);
  if (applied.every((one) => one !== undefined)) {
    const bases = distinct(applied);
    return { ...way, verdict: 'leaves', bases, because: because(extent, bases) };
  }
  return lacking(question, way, standings, stays);
}

type Way = Omit<Extract<FieldVerdict, { verdict: 'leaves' }>, 'verdict' | 'bases' | 'because'>;

/** Her consent is preferred; where she said no, or it cannot open for everybody concerned, somebody must decide. */
function lacking(
  question: DisclosureQuestion,
  way: Way,
  standings: readonly (readonly Standing[])[],
  stays: (why: WithheldReason) => FieldVerdict,
): FieldVerdict {
  const lacks = standings.filter((own) => own.every(({ holds }) => !holds));
  const options = distinct(lacks.flatMap((own) => own.flatMap(missingOf))).toSorted(herWordFirst);
  const isRefused = standingNo(question, 'the-person') !== null;
  const opensAll = (kind: MissingBasis['kind']) =>
    lacks.every((own) => own.some((one) => missingOf(one)[0]?.kind === kind));
  const needs = { ...way, options, because: because(way.extent, options) };
  if (opensAll('consent') && !isRefused) return { ...needs, verdict: 'needs-consent' };
  const hasWayOn = lacks.every((own) =>
    own.some((one) => missingOf(one).some(({ kind }) => kind !== 'consent' || !isRefused)),
  );
  if (hasWayOn) return { ...needs, verdict: 'needs-decision' };
  return stays(isRefused ? 'CONSENT_REFUSED' : 'NO_BASIS_FOR_CONCERNED');
}

function herWordFirst(one: MissingBasis, other: MissingBasis): number {
  return Number(other.kind === 'consent') - Number(one.kind === 'consent');
}

/** The rules that no basis overrides. */
function whyItStays(question: DisclosureQuestion, asked: AskedField): WithheldReason | null {
  const { surface, to, route, audience, disclosed, purpose } = question;
  const { definition, permitted, id } = asked;
  if (!isShownOn(surface, purpose)) return 'NO_CONTENT_HERE';
  if (isPerpetratorsSide(question) && definition.concerns.some((whom) => HER_SIDE.includes(whom))) {
    return 'OTHER_SIDE';
  }
  if (isKeptFrom(question, definition.keepFrom)) return 'KEPT_FROM_RECEIVER';
  if (audience !== null) {
    const extent = definition.visibleTo[audience];
    if (extent === undefined) return 'NOT_FOR_THIS_RECEIVER';
    // Masked means that not even the existence of a protection is told on: the field stays (forms.md 1).
    if (extent === 'masked') return 'PROTECTED_IDENTITY';
    if (extent === 'when-it-must-call' && !question.receiverMustCall) {
      return permitted ? 'ONLY_WHEN_IT_MUST_CALL' : 'ANOTHER_SUBJECT';
    }
  }
  if (!permitted) return 'ANOTHER_SUBJECT';
  if (surface === 'insight' && isProtected(question) && definition.tellsWhere && !isTheSubject(to)) {
    return 'PROTECTED_IDENTITY';
  }
  if (surface === 'read' && disclosed !== null) {
    // What was sent is read by units; a person is told by insight or feedback, each decided for itself.
    if (to.is === 'person' || !disclosed.fields.includes(id)) return 'NOT_DISCLOSED';
    // The sender keeps what it wrote; a receiver that did not take the matter has no need of it any more.
    const isOver = !isOpenPhase(disclosed.phase) && disclosed.phase !== 'accepted';
    return disclosed.side === 'receiver' && isOver ? 'OFFER_ENDED' : null;
  }
  // A unit that ended may still hold a matter and must be able to let it go: only the receiver must be in force.
  if (!isInForce(to) && !isOneUnit(question)) return 'NOT_IN_FORCE';
  if (route !== null && !isValidOn(route, question.at)) return 'NOT_IN_FORCE';
  return null;
}

/** A notification says that there is something to open; a stream and a sender's view tell of the handover only. */
function isShownOn(surface: DisclosureQuestion['surface'], purpose: Purpose): boolean {
  switch (surface) {
    case 'notification':
      return false;
    case 'event-stream':
    case 'sender-view':
      return purpose === 'handover-status' || purpose === 'feedback-to-reporter';
    case 'export':
      return purpose === 'case-file';
    case 'insight':
      return purpose === 'insight';
    case 'preview':
    case 'send':
    case 'read':
      return purpose !== 'insight' && purpose !== 'case-file';
  }
}

const HER_SIDE: readonly Concerns[] = ['victim', 'child', 'reporter'];

/**
 * The alleged perpetrator's side: the unit that works with him, he himself, and whoever reads for him. It never learns
 * of a victim or a child, whatever is recorded.
 */
function isPerpetratorsSide({
  to,
  audience,
  subject,
  purpose,
}: Pick<DisclosureQuestion, 'to' | 'audience' | 'subject' | 'purpose'>): boolean {
  if (audience === 'perpetrator-unit') return true;
  if (to.is === 'person') {
    if (to.capacity === 'alleged-perpetrator') return true;
    // A guardian who is the alleged perpetrator reads the child's file as a guardian: less of it, not none (OSL 12:3).
    return (
      subject.role === 'alleged-perpetrator' && (to.capacity === 'the-person' || to.capacity === 'counsel')
    );
  }
  // His own file too: it is the one that he has insight into.
  return subject.role === 'alleged-perpetrator' && (isNeed(purpose) || purpose === 'case-file');
}

/** Whether what is kept from these may not reach the receiver; asked of a field, and of an answer that keeps its own. */
export function isKeptFrom(
  question: Pick<DisclosureQuestion, 'to' | 'audience' | 'subject' | 'purpose'>,
  keepFrom: readonly string[],
): boolean {
  const { to } = question;
  const keeps = (whom: KeptFrom) => keepFrom.includes(whom);
  if (isPerpetratorsSide(question)) return keeps('alleged-perpetrator');
  if (authorityKindOf(to) === 'health') return keeps('region');
  if (to.is !== 'person') return false;
  switch (to.capacity) {
    // Who she is besides counts; where nobody says, she may be any of them.
    case 'guardian':
    case 'parent':
      return (
        keeps('guardians') ||
        (to.isPerson !== 'victim' && keeps('alleged-perpetrator')) ||
        (to.isPerson !== 'alleged-perpetrator' && keeps('victim'))
      );
    case 'the-person':
    case 'counsel':
      return question.subject.role === 'victim' && keeps('victim');
    case 'public':
    case 'reporter':
      return keepFrom.length > 0 && question.purpose === 'insight';
    case 'alleged-perpetrator':
      return keeps('alleged-perpetrator');
  }
}

/** Safe contact, whereabouts and reporter are masked unless a decision names the field (DESIGN 8, Insight). */
function isMaskedByDefault({ surface }: DisclosureQuestion, { definition }: AskedField): boolean {
  return (
    surface === 'insight' &&
    (definition.sealedApart || definition.tellsWhere || definition.concerns.includes('reporter'))
  );
}

function isTheSubject(to: DisclosureSide): boolean {
  return to.is === 'person' && (to.capacity === 'the-person' || to.capacity === 'counsel');
}

function isProtected({ subject }: DisclosureQuestion): boolean {
  return subject.protectedIdentity !== 'no';
}

function isInForce(side: DisclosureSide): boolean {
  return side.is !== 'unit' || side.inForce;
}

/** What a unit does with its own: nothing leaves it. */
function isOneUnit({ from, to }: DisclosureQuestion): boolean {
  return from.is === 'unit' && to.is === 'unit' && from.unit === to.unit;
}

function isNeed(purpose: Purpose): boolean {
  return Object.hasOwn(MATTER_KINDS, purpose);
}

/** In a person's matter each has an envelope of its own; a piece that is told outside one is told whole or not at all. */
function partsOf(
  { purpose, subject }: DisclosureQuestion,
  concerns: readonly Concerns[],
): readonly Concerns[] {
  return isNeed(purpose) ? partsInEnvelope(concerns, subject.role) : concerns;
}

function rowsFor(rows: readonly MatrixRow[], field: string, whom: Concerns): readonly MatrixRow[] {
  return rows.filter(({ opens }) => {
    const items = itemsOfSet(opens.set);
    // A piece that no form carries is opened by its own rows only, and is its unit's own all the same.
    const isInSet =
      items === null ? opens.set === 'own-file' || !PIECES.has(field) : Object.hasOwn(items, field);
    return isInSet && opens.concerns.includes(whom);
  });
}

function extentOf({ audience }: DisclosureQuestion, { definition }: AskedField): Extent {
  return (audience === null ? undefined : definition.visibleTo[audience]) ?? 'whole';
}

/** What somebody named goes before what the law gives by itself: it was her word that was asked for. */
function preferred(own: readonly Standing[]): AppliedBasis | undefined {
  const applied = own.flatMap(appliedOf);
  return applied.find(({ recordId }) => recordId !== null) ?? applied[0];
}

const appliedOf = (standing: Standing): AppliedBasis[] => (standing.holds ? [standing.applied] : []);
const missingOf = (standing: Standing): MissingBasis[] => (standing.holds ? [] : [standing.missing]);

function distinct<One extends { readonly basis: string }>(all: readonly One[]): readonly One[] {
  return all.filter(({ basis }, index) => all.findIndex((other) => other.basis === basis) === index);
}

function sees(extent: Extent): Label {
  return {
    sv: `Mottagaren ser ${EXTENTS[extent].sv}`,
    en: `The receiver sees ${EXTENTS[extent].en}`,
  };
}

function because(extent: Extent, bases: readonly { readonly basis: AppliedBasis['basis'] }[]): Label {
  const sources = bases.map(({ basis }) => basisWithId(basis).source).join('; ');
  const { sv, en } = sees(extent);
  return { sv: `${sv}, med stöd av ${sources}`, en: `${en}, by ${sources}` };
}
