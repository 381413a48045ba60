import type { DataSource, EntityManager } from 'typeorm';
import { localDateOfInstant, parseLocalDate } from '#calendar';
import type {
  DecideDisposal,
  Disposal,
  DisposalItemPage,
  DisposalItemsQuery,
  DisposalPage,
  ListDisposal,
  PageQuery,
  ProposeDisposal,
} from '#contracts';
import { StreamEntity } from '#database';
import { recordNow } from '#directory';
import {
  decideDisposal,
  decideProposal,
  permission,
  type RetentionRuleId,
  retentionRule,
  type StatedPeriod,
} from '#domain';
import { type ActRecorder, lockFor } from '../acts/act-recorder.js';
import type { Idempotency } from '../http/headers.decorator.js';
import { refuseAtDoor, valueOrRefuse } from '../http/refused.exception.js';
import { type Caller, mandateAt, unitsOf } from '../identity/caller.js';
import type { PartyName } from '../party.port.js';
import type { CustodyReader } from '../record/custody-reader.js';
import { type Keyset, readKeyset, writeKeyset } from '../record/keyset.js';
import type { Outward } from '../record/outward.js';
import { unitsOfAuthority } from './authority-units.js';
import { DisposalEntity } from './disposal.entity.js';
import { DisposalItemEntity } from './disposal-item.entity.js';
import { insertItems } from './disposal-items.js';
import { type DisposalList, disposalListOf } from './disposal-list.js';
import { disposalOf, itemOf, type Progress } from './disposal-views.js';
import { type RetentionRegister, regimeOf } from './retention-register.js';

export interface DisposalsDeps {
  readonly party: PartyName;
  readonly database: DataSource;
  readonly reader: CustodyReader;
  readonly recorder: ActRecorder;
  readonly register: RetentionRegister;
  readonly outward: Outward;
}

/** Who may decide on disposal; neither of them reads content by it. */
export const DISPOSERS = permission('disposal.change').roles;

/** The stream of the workflow that carries a disposal out. */
export const ERASURE_STREAM = 'erasure';

const LATEST: Keyset = { instants: ['infinity'], id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };
const FIRST: Keyset = { instants: [], id: '00000000-0000-0000-0000-000000000000' };

/**
 * Disposal decisions: a list that says what would go and why, one person who proposes exactly that list, another who approves it.
 * The approval starts the erasure, which no request does.
 */
export class Disposals {
  constructor(private readonly deps: DisposalsDeps) {}

  /**
   * The dry run. Refuses NOT_YOUR_UNIT, INVALID_INPUT (a day to come, a rule of another kind of file) and PERIOD_NOT_STATED.
   * Opening identities to learn the sample day is audited as the caller's reading.
   */
  async list(caller: Caller, idempotency: Idempotency, body: ListDisposal): Promise<Disposal> {
    const { actingUnit: unit, rule, statedPeriod } = body;
    const { authority } = mandateAt(caller, unit) ?? refuseAtDoor('NOT_YOUR_UNIT');
    if (authority === null) return refuseAtDoor('NOT_YOUR_UNIT');
    if (!unitsOf(caller, DISPOSERS).includes(unit)) return refuseAtDoor('NO_MANDATE');
    const { party, database, recorder } = this.deps;
    const { period, regime, version } = retentionRule(rule);
    const stated = period === 'stated' ? (statedPeriod ?? refuseAtDoor('PERIOD_NOT_STATED')) : null;
    if (regime !== regimeOf(party)) return refuseInput('rule', 'is of another kind of file');
    const today = localDateOfInstant(await recordNow(database.manager));
    const cutOff = body.cutOff === undefined ? today : parseLocalDate(body.cutOff);
    if (cutOff === undefined || cutOff > today) return refuseInput('cutOff', 'is not a day that has come');

    const terms = { authority, rule, cutOff, stated };
    const list = await this.listOf(caller, unit, terms);
    const { recordId } = await recorder.record(
      { caller, idempotency, unit, action: 'list-disposal' },
      async ({ manager, id, at }) => {
        await manager.insert(DisposalEntity, {
          id,
          authority,
          unitId: unit,
          rule,
          ruleVersion: version,
          cutOff,
          statedYears: stated?.years ?? null,
          statedGround: stated?.ground ?? null,
          entriesBefore: list.entriesBefore,
          state: 'listed',
          listedBy: caller.person,
          listedAt: at,
          listDigest: list.digest,
          goes: list.goes,
          exempt: list.exempt,
          notYet: list.notYet,
        });
        await insertItems(manager, id, authority, list);
        return { version: 1, target: { kind: 'disposal', id } };
      },
    );
    return this.view(caller, recordId);
  }

  /** A first person proposes exactly the list she has read. */
  async propose(
    caller: Caller,
    idempotency: Idempotency,
    id: string,
    { listDigest, registerExtract }: ProposeDisposal,
  ): Promise<Disposal> {
    const { unit } = await this.mine(caller, id);
    await this.deps.recorder.record(
      { caller, idempotency, unit, action: 'propose-disposal' },
      async ({ manager, at }) => {
        const disposal = await this.locked(manager, id);
        valueOrRefuse(decideProposal(disposal, listDigest));
        const rows: { digest: string }[] = await manager.query(
          `select ${this.deps.party}.register_digest($1) as digest`,
          [id],
        );
        await manager.update(
          DisposalEntity,
          { id },
          {
            state: 'proposed',
            registerExtract,
            registerExtractDigest: rows[0]?.digest ?? null,
            proposedBy: caller.person,
            proposedAt: at,
          },
        );
        return { version: 1, target: { kind: 'disposal', id } };
      },
    );
    return this.view(caller, id);
  }

  /** A second person approves, or rejects. Refuses SECOND_PERSON_REQUIRED, and DISPOSAL_LIST_CHANGED when the list is another now. */
  async decide(
    caller: Caller,
    idempotency: Idempotency,
    id: string,
    { approves, listDigest }: DecideDisposal,
  ): Promise<Disposal> {
    const { unit, disposal: read } = await this.mine(caller, id);
    // Asked before the rules are, so that who may not decide does not set a reading going.
    if (read.state === 'proposed' && read.proposedBy === caller.person)
      refuseAtDoor('SECOND_PERSON_REQUIRED');
    const digestNow =
      approves && read.state === 'proposed'
        ? (await this.listOf(caller, unit, termsOf(read))).digest
        : read.listDigest;
    const action = approves ? 'approve-disposal' : 'reject-disposal';
    await this.deps.recorder.record({ caller, idempotency, unit, action }, async ({ manager, at }) => {
      const disposal = await this.locked(manager, id);
      const state = valueOrRefuse(
        decideDisposal(disposal, { person: caller.person, approves, readDigest: listDigest, digestNow }),
      );
      await manager.update(DisposalEntity, { id }, { state, decidedBy: caller.person, decidedAt: at });
      if (state === 'approved') await manager.insert(StreamEntity, { kind: ERASURE_STREAM, id });
      return { version: 1, target: { kind: 'disposal', id } };
    });
    return this.view(caller, id);
  }

  /** Disposals of the caller's authorities, the latest first. */
  async page(caller: Caller, { after, limit }: Pick<PageQuery, 'after' | 'limit'>): Promise<DisposalPage> {
    const from = readKeyset(after, LATEST);
    const rows = await this.deps.reader.as(unitsOf(caller), (manager) =>
      manager
        .createQueryBuilder(DisposalEntity, 'd')
        .where('(d.listedAt, d.id) < (:at::timestamptz, :id::uuid)', { at: from.instants[0], id: from.id })
        .orderBy('d.listedAt', 'DESC')
        .addOrderBy('d.id', 'DESC')
        .take(limit)
        .getMany(),
    );
    const items: Disposal[] = [];
    for (const row of rows) items.push(disposalOf(row, await this.progress(caller, row.id)));
    const last = rows.at(-1);
    return {
      items,
      next:
        last === undefined || rows.length < limit
          ? null
          : writeKeyset({ instants: [last.listedAt.toISOString()], id: last.id }),
    };
  }

  /** Where it is, with what was erased and the receipt. Refuses NOT_FOUND for another authority's. */
  async view(caller: Caller, id: string): Promise<Disposal> {
    const { disposal } = await this.read(caller, id);
    return disposalOf(disposal, await this.progress(caller, id));
  }

  /** What goes and what is exempt, each with its reasons; ids as the authority sees them, no name. */
  async items(caller: Caller, id: string, query: DisposalItemsQuery): Promise<DisposalItemPage> {
    const { disposal } = await this.read(caller, id);
    const { id: after } = readKeyset(query.after, FIRST);
    const rows = await this.deps.reader.as(unitsOf(caller), (manager) => {
      const found = manager
        .createQueryBuilder(DisposalItemEntity, 'i')
        .where('i.disposalId = :id and i.subjectId > :after', { id, after });
      if (query.verdict !== undefined) found.andWhere('i.verdict = :verdict', { verdict: query.verdict });
      return found.orderBy('i.subjectId').take(query.limit).getMany();
    });
    const last = rows.at(-1);
    return {
      items: rows.map((row) => itemOf(row, disposal.authority, this.deps.outward)),
      next:
        last === undefined || rows.length < query.limit
          ? null
          : writeKeyset({ instants: [], id: last.subjectId }),
    };
  }

  private async listOf(
    caller: Caller,
    actingUnit: string,
    terms: ReturnType<typeof termsOf>,
  ): Promise<DisposalList> {
    const { party, database, register } = this.deps;
    const { authority } = terms;
    const units = await unitsOfAuthority(database, party, authority);
    return disposalListOf(terms, await register.files({ caller, authority, actingUnit, units }));
  }

  private async read(caller: Caller, id: string): Promise<{ disposal: DisposalEntity }> {
    const disposal = await this.deps.reader.as(unitsOf(caller), (manager) =>
      manager.findOneBy(DisposalEntity, { id }),
    );
    return { disposal: disposal ?? refuseAtDoor('NOT_FOUND') };
  }

  /** The disposal, and the unit at which the caller may decide on it. */
  private async mine(caller: Caller, id: string): Promise<{ disposal: DisposalEntity; unit: string }> {
    const { disposal } = await this.read(caller, id);
    const mandate = caller.mandates.find(
      ({ authority, role }) => authority === disposal.authority && DISPOSERS.includes(role),
    );
    return { disposal, unit: mandate?.unit ?? refuseAtDoor('NO_MANDATE') };
  }

  private async locked(manager: EntityManager, id: string): Promise<DisposalEntity> {
    await lockFor(manager, `disposal ${id}`);
    return (await manager.findOneBy(DisposalEntity, { id })) ?? refuseAtDoor('NOT_FOUND');
  }

  private async progress(caller: Caller, id: string): Promise<Progress> {
    const rows = await this.deps.reader.as(
      unitsOf(caller),
      (manager): Promise<Progress[]> =>
        manager.query(
          `select count(*) filter (where state = 'erased')::int as erased,
             count(*) filter (where state = 'skipped')::int as skipped,
             count(*) filter (where state = 'listed')::int as left
           from ${this.deps.party}.disposal_item where disposal_id = $1 and verdict = 'goes'`,
          [id],
        ),
    );
    return rows[0] ?? { erased: 0, skipped: 0, left: 0 };
  }
}

function termsOf({ authority, rule, cutOff, statedYears, statedGround }: DisposalEntity): {
  authority: string;
  rule: RetentionRuleId;
  cutOff: NonNullable<ReturnType<typeof parseLocalDate>>;
  stated: StatedPeriod | null;
} {
  const day = parseLocalDate(cutOff);
  if (day === undefined) throw new Error('a disposal has no day');
  const stated =
    statedYears === null || statedGround === null ? null : { years: statedYears, ground: statedGround };
  return { authority, rule, cutOff: day, stated };
}

function refuseInput(field: string, message: string): never {
  return refuseAtDoor('INVALID_INPUT', { errors: [{ field, message }] });
}
