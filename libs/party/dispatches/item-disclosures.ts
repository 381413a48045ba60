import type { EntityManager } from 'typeorm';
import {
  BASES,
  type BasisId,
  basisWithId,
  CONDITIONS,
  type DirectorySnapshot,
  type DisclosureDecision,
  type DisclosureQuestion,
  decideDisclosure,
  type ProtectedIdentity,
  questionOfRoute,
  RECORDED_NO,
  type RecordedBasis,
  type Role,
  type Route,
  type SubjectRole,
  sideOfUnit,
} from '#domain';
import { refuseAtDoor } from '../http/refused.exception.js';
import type { BasisAnswer, BasisRecords } from './basis-records.js';

/** A basis that a preview names, or that a stored plan rests on. */
export interface NamedBasis {
  readonly basis: BasisId;
  /** The id of a consent or a decision, or of the sealed words of a statement; null for a basis that needs none. */
  readonly ref: string | null;
  /** What `ref` is; `either` where a plan does not say: what is no record is its statement. */
  readonly isA: 'record' | 'statement' | 'either';
}

/** One matter that would go to one unit by one route. */
export interface ItemQuestion {
  readonly surface: 'preview' | 'send';
  readonly snapshot: DirectorySnapshot;
  /** Record time. */
  readonly at: Date;
  readonly route: Route;
  readonly fromUnit: string;
  readonly toUnit: string;
  readonly subject: {
    readonly id: string;
    readonly role: SubjectRole;
    readonly age: number | null;
    readonly protectedIdentity: ProtectedIdentity;
  };
  readonly named: readonly NamedBasis[];
  /** Of who previews: a statement counts only from somebody who may decide. Null when that was asked already. */
  readonly deciderRoles: readonly Role[] | null;
  readonly receiverMustCall: boolean;
}

export interface ItemDisclosure {
  readonly question: DisclosureQuestion;
  readonly decision: DisclosureDecision;
}

/** Asks the one policy about an item of a dispatch, with what the sending unit has recorded about the person. */
export class ItemDisclosures {
  constructor(private readonly records: BasisRecords) {}

  /**
   * What may leave at this instant. With a manager the records are read in that transaction and cannot change before it
   * ends. Refuses UNKNOWN_UNIT for a side that the directory does not know.
   */
  async decide(item: ItemQuestion, manager?: EntityManager): Promise<ItemDisclosure> {
    const { surface, snapshot, at, route, subject, receiverMustCall } = item;
    const { role, age, protectedIdentity } = subject;
    const question = questionOfRoute(route, {
      surface,
      at,
      from: sideOfUnit(snapshot, item.fromUnit, at) ?? refuseAtDoor('UNKNOWN_UNIT'),
      to: sideOfUnit(snapshot, item.toUnit, at) ?? refuseAtDoor('UNKNOWN_UNIT'),
      subject: { role, age, protectedIdentity },
      records: await this.recorded(item, manager),
      receiverMustCall,
    });
    return { question, decision: decideDisclosure(question) };
  }

  private async recorded(item: ItemQuestion, manager?: EntityManager): Promise<RecordedBasis[]> {
    const records: RecordedBasis[] = [];
    for (const basis of basesThatSomebodySays(item)) {
      const named = item.named.filter((one) => one.basis === basis);
      const asked: readonly NamedBasis[] = named.length > 0 ? named : [{ basis, ref: null, isA: 'record' }];
      for (const one of asked) {
        const answer = await this.records.inForce(
          {
            recordId: one.isA === 'statement' ? null : one.ref,
            basis,
            subjectId: item.subject.id,
            unit: item.fromUnit,
            recipient: item.toUnit,
            purpose: item.route.matterKind,
            at: item.at,
          },
          manager,
        );
        records.push(...asRecords(item, one, answer));
      }
    }
    return records;
  }
}

/** The bases of the route, and those named beside it, that rest on somebody's word. */
function basesThatSomebodySays({ route, named }: ItemQuestion): readonly BasisId[] {
  const all = [...Object.values(route.bases).flat(), ...named.map(({ basis }) => basis)];
  return [...new Set(all)].filter((basis) => {
    const { kind } = BASES[basis];
    return kind === 'consent' || kind === 'individual-decision';
  });
}

/** The record that stands; or the word that lets nothing out, and beside it what was stated with the preview. */
function asRecords(item: ItemQuestion, named: NamedBasis, answer: BasisAnswer): RecordedBasis[] {
  const { conditions, decidedBy } = basisWithId(named.basis);
  const terms = {
    basis: named.basis,
    recordId: named.ref,
    answer: 'given',
    source: 'recorded',
    unit: item.fromUnit,
    recipient: item.toUnit,
    purpose: item.route.matterKind,
    fields: 'all',
    givenAt: item.at,
    until: null,
    withdrawnAt: null,
    // Who may decide, and which conditions are ticked, is asked when a decision is recorded.
    conditions: conditions.filter((one) => CONDITIONS[one].how === 'by-person'),
    deciderRoles: decidedBy.by === 'role' ? decidedBy.roles : [],
  } as const satisfies RecordedBasis;
  if (answer.standing !== null) return [{ ...terms, fields: answer.standing.fields ?? 'all' }];
  // On record, and not named: nothing leaves on it, and the preview says what to name.
  if (named.ref === null && answer.lastWord === 'given') return [terms];
  const isStated =
    named.ref !== null && (named.isA === 'statement' || (named.isA === 'either' && !answer.isRecord));
  const statement: RecordedBasis = {
    ...terms,
    source: 'statement',
    conditions: [],
    deciderRoles: item.deciderRoles ?? terms.deciderRoles,
  };
  return [
    ...(RECORDED_NO.has(answer.lastWord) ? [noOf(terms, answer)] : []),
    ...(isStated ? [statement] : []),
  ];
}

function noOf(terms: RecordedBasis, { lastWord }: BasisAnswer): RecordedBasis {
  switch (lastWord) {
    case 'withdrawn':
      return { ...terms, withdrawnAt: terms.givenAt };
    case 'expired':
      return { ...terms, until: terms.givenAt };
    case 'not-asked':
      return { ...terms, answer: 'not-asked' };
    case 'refused':
    case 'given':
    case 'none':
      return { ...terms, answer: 'refused' };
  }
}
