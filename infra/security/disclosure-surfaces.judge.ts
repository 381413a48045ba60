import {
  type AskedField,
  authorityKindOf,
  type BasisId,
  contentAccess,
  type DisclosureQuestion,
  decideDisclosure,
  FIELD_SETS,
  FORMS,
  fieldsOf,
  isSameAuthority,
  itemsOfSet,
  keysOf,
  type Role,
  recipientOf,
  SUBJECT_ROLES,
} from '#domain';
import { A_DAY, doesHold, type Grant } from './disclosure-surfaces.grants.js';
import { LAW, MAY_READ, opens } from './disclosure-surfaces.law.js';

const WHOSE = {
  incident: 'i',
  victim: 'v',
  child: 'c',
  'alleged-perpetrator': 'p',
  reporter: 'r',
  staff: 's',
};
const NEEDS = [
  'adult-safety',
  'child-protection',
  'perpetrator-change',
  'adult-support',
  'child-support',
  'mental-health',
  'protected-housing',
  'legal-process',
];
export const HANDOVER_STATUS: readonly string[] =
  LAW['X-ACK'].pieces === 'any' ? [] : (LAW['X-ACK'].pieces ?? []);
const PIECES_OF_A_HANDOVER = new Set([...HANDOVER_STATUS, 'report-outcome', 'work-outcome', 'work-instants']);

/** Every field of every form, and every piece that no form carries, by where it comes from. */
export const FIELDS: readonly (readonly AskedField[])[] = [
  ...keysOf(FORMS).map((form) =>
    fieldsOf(form).map(([id, definition]) => ({ id, definition, permitted: true, required: false })),
  ),
  keysOf(FIELD_SETS).flatMap((set) =>
    Object.entries(itemsOfSet(set) ?? {}).map(([id, definition]) => ({
      id,
      definition,
      permitted: true,
      required: false,
    })),
  ),
];
export const NUMBER_OF_FIELDS = FIELDS.flat().length;
/** The same a few at a time: who asks of a few learns as much. */
export const FEW: readonly (readonly AskedField[])[] = FIELDS.flatMap((all) =>
  Array.from({ length: Math.ceil(all.length / 7) }, (_, at) => all.slice(at * 7, at * 7 + 7)),
);
export const FIELDS_OF: Readonly<Partial<Record<string, readonly AskedField[]>>> = {
  'of-the-form': FIELDS.slice(0, -1).flat(),
  'own-file': FIELDS.flat(),
};
const PIECES = new Set(FIELDS.at(-1)?.map(({ id }) => id));

/** What shows to somebody in this role: nothing at all to who may not read, else what the policy lets out. */
function shown(question: DisclosureQuestion, reader: Role) {
  const { ordinary } = contentAccess({ person: 'p', roles: [reader], isOnDuty: true, assignedTo: [null] });
  if (!ordinary) return [];
  return decideDisclosure(question).fields.flatMap((one, at) => {
    const asked = question.fields[at];
    return one.verdict === 'leaves' && asked !== undefined ? [{ ...one, asked }] : [];
  });
}

/** Why a ground cannot carry this field here, by B6; null when it can. */
function illegal(basis: BasisId, question: DisclosureQuestion, field: AskedField): string | null {
  const { from, to, subject, at } = question;
  const law = LAW[basis];
  const asked = to.is === 'person' ? to.capacity : (authorityKindOf(to) ?? '');
  if (!law.from.includes(authorityKindOf(from) ?? '')) return 'not theirs to tell by';
  if (!law.to.includes(asked)) return 'not to be told by it';
  if (!law.about.includes(subject.role)) return 'not about such a person';
  if (law.since !== undefined && at < new Date(`${law.since}T00:00:00+01:00`)) return 'not in force yet';
  const age = subject.age ?? (subject.role === 'child' ? 0 : 99);
  if (law.under !== undefined && age >= law.under) return 'too old';
  if (law.within === 'unit' && recipientOf(from) !== recipientOf(to)) return 'not the own unit';
  if (law.within === 'authority' && !isSameAuthority(from, to)) return 'not one authority';
  if (law.unprotected === true && subject.protectedIdentity !== 'no') return 'protected';
  const isPiece = PIECES.has(field.id);
  if (law.pieces === 'any') return null;
  if (isPiece && law.pieces?.includes(field.id) !== true) return 'another piece';
  if (!isPiece && law.pieces !== null && basis !== 'X-01') return 'a form by a ground for a piece';
  return null;
}

/** What no ground overrides: said as people say it, surface by surface. */
function forbidden(question: DisclosureQuestion, { id, definition }: AskedField): string | null {
  const { surface, to, subject, purpose, audience } = question;
  const { concerns, keepFrom } = definition;
  const isForm = !PIECES.has(id);
  const isHers = concerns.some((whom) => whom === 'victim' || whom === 'child' || whom === 'reporter');
  const isReader = to.is === 'person';
  if (surface === 'notification') return 'a notice has no content';
  if (surface === 'event-stream' || surface === 'sender-view') {
    if (isForm || !PIECES_OF_A_HANDOVER.has(id)) return 'a stream and a sender see of the handover only';
  }
  if (surface === 'insight' && purpose !== 'insight') return 'insight is for insight';
  if (surface === 'export' && purpose !== 'case-file') return 'export is of the own file';
  if (surface !== 'insight' && purpose === 'insight') return 'insight has a surface of its own';
  if (surface !== 'export' && purpose === 'case-file') return 'a case file has a surface of its own';
  if (authorityKindOf(to) === 'coordination') return 'the coordinator is told nothing';
  const isHisSide =
    audience === 'perpetrator-unit' ||
    (isReader && to.capacity === 'alleged-perpetrator') ||
    (isReader &&
      subject.role === 'alleged-perpetrator' &&
      (to.capacity === 'the-person' || to.capacity === 'counsel')) ||
    (!isReader &&
      subject.role === 'alleged-perpetrator' &&
      (NEEDS.includes(purpose) || purpose === 'case-file'));
  const isHisFile = subject.role === 'alleged-perpetrator' && purpose === 'own-work';
  if ((isHisSide || isHisFile) && isHers) return 'never to his side';
  if (isHisSide && keepFrom.includes('alleged-perpetrator')) return 'kept from him';
  if (authorityKindOf(to) === 'health' && !isHisSide && keepFrom.includes('region'))
    return 'kept from the Region';
  if (isReader && (to.capacity === 'guardian' || to.capacity === 'parent')) {
    if (keepFrom.includes('guardians')) return 'kept from guardians';
    if (to.isPerson !== 'victim' && keepFrom.includes('alleged-perpetrator')) return 'may be him';
  }
  const letters = audience === null ? undefined : definition.visibleTo[audience];
  if (audience !== null && letters === undefined) return 'not for this receiver';
  if (letters === 'masked') return 'masked';
  const isProtected = subject.protectedIdentity !== 'no';
  const isOwn = isReader && (to.capacity === 'the-person' || to.capacity === 'counsel');
  if (surface === 'insight' && isProtected && definition.tellsWhere && !isOwn)
    return 'where a protected one is';
  if (to.is === 'unit' && !to.inForce) return 'the unit is not there';
  return null;
}

export function questionOf(
  some: Pick<DisclosureQuestion, 'from' | 'to' | 'purpose' | 'fields' | 'surface'> &
    Partial<DisclosureQuestion>,
): DisclosureQuestion {
  return {
    at: A_DAY,
    subject: { role: 'victim', age: null, protectedIdentity: 'no' },
    audience: null,
    route: null,
    records: [],
    receiverMustCall: false,
    disclosed: null,
    ...some,
  };
}

/** Holds every field that shows against B6 and the rules; returns how many there were. */
export function judge(
  question: DisclosureQuestion,
  granted: readonly { basis: BasisId; grant: Grant; role: Role }[],
  reader: Role,
): number {
  const all = shown(question, reader);
  for (const { asked, bases, sealedApart } of all) {
    const told = `${asked.id} on ${question.surface} to ${recipientOf(question.to)}`;
    if (!MAY_READ.includes(reader)) throw new Error(`${told}: shown to the ${reader}`);
    const never = forbidden(question, asked);
    if (never !== null) throw new Error(`${told}: ${never}`);
    if (asked.definition.tellsWhere && question.subject.protectedIdentity !== 'no' && !sealedApart)
      throw new Error(`${told}: where a protected one is, and not sealed apart`);
    if (bases.length === 0) throw new Error(`${told}: on no basis`);
    for (const { basis, recordId } of bases) {
      const why = illegal(basis, question, asked);
      if (why !== null) throw new Error(`${told} by ${basis}: ${why}`);
      if (LAW[basis].word === 'law') continue;
      const holds = granted.some((one) => one.basis === basis && doesHold(basis, one.grant, one.role));
      if (!holds || recordId === null) throw new Error(`${told} by ${basis}: ${JSON.stringify(granted)}`);
    }
    const { role } = question.subject;
    const parts = NEEDS.includes(question.purpose)
      ? asked.definition.concerns.filter(
          (whom) => !(whom in SUBJECT_ROLES) || whom === role || rides(whom, role),
        )
      : asked.definition.concerns;
    const open = parts.every((whom) => bases.some(({ basis }) => opens(LAW[basis], WHOSE[whom], role)));
    if (!open)
      throw new Error(`${told} by ${bases.map(({ basis }) => basis).join()}: not of everybody concerned`);
  }
  return all.length;
}

function rides(whom: string, subject: string): boolean {
  return subject === 'child' || (subject === 'victim' && whom === 'alleged-perpetrator');
}
