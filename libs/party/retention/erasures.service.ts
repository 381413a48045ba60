import type { DataSource, EntityManager } from 'typeorm';
import { z } from 'zod';
import { AuditLeafEntity, ERASE_AUDIT_PERSON } from '#audit';
import { refusalOfDatabase } from '#custody';
import { recordNow } from '#directory';
import type { DisposalState, RefusalCode } from '#domain';
import type { PartyName } from '../party.port.js';
import type { CustodyReader } from '../record/custody-reader.js';
import type { PartySealing } from '../sealing/party-sealing.js';
import { unitsOfAuthority } from './authority-units.js';
import { DisposalEntity } from './disposal.entity.js';
import { DisposalContentEntity, DisposalItemEntity } from './disposal-item.entity.js';
import { type ApprovedDisposal, leafOf } from './disposal-leaf.js';
import { ERASURE_STREAM } from './disposals.service.js';
import { ErasureProofs } from './erasure-proofs.js';

export interface ErasuresDeps {
  readonly party: PartyName;
  readonly database: DataSource;
  readonly reader: CustodyReader;
  readonly sealing: PartySealing;
  readonly units: () => Promise<readonly string[]>;
}

interface Decision {
  readonly decisionId: string;
}

const ContentsSchema = z.array(z.object({ id: z.string(), unit: z.string(), digest: z.string() }));
const PartSchema = z.object({
  first: z.boolean(),
  incidentDone: z.boolean(),
  incidentId: z.string(),
  matters: z.array(z.string()),
  handoffs: z.array(z.string()),
  leaves: z.number(),
  emptied: z.number(),
  contents: ContentsSchema,
});
type Part = z.infer<typeof PartSchema>;
const ErasedSchema = z.object({ rows: z.number(), leaves: z.number() });

/** States in which a decision of two persons is carried out, or was, or could not be. */
const CARRIED_OUT: readonly DisposalState[] = ['approved', 'erased', 'refused'];
const PERSONS_AT_ONCE = 20;
const CONTENTS_AT_ONCE = 500;

/**
 * Carries out what two persons decided, and proves it. Every step can be repeated, and killed between any two: the record says what
 * is done. Each store is written in a transaction of its own, custody first, the party's own row last.
 */
export class Erasures {
  private readonly proofs: ErasureProofs;

  constructor(private readonly deps: ErasuresDeps) {
    this.proofs = new ErasureProofs(deps);
  }

  /**
   * Makes the decision known to custody; its guarded functions check both persons' mandates again. What they refuse ends as
   * `refused`, with why: a decision is not asked about again until it is another.
   */
  async publish({ decisionId }: Decision): Promise<void> {
    const approved = await this.approved(decisionId);
    if (approved.disposal.state === 'refused') return;
    const { units } = approved;
    const { reader, party } = this.deps;
    try {
      await reader.as(units, (manager) => publishInCustody(manager, approved));
    } catch (error) {
      const code = refusalOf(error);
      if (code === null) throw error;
      return this.refused(approved, code);
    }
    await reader.as(units, (manager) =>
      manager.query(
        `update ${party}.disposal set published_at = directory.record_now()
         where id = $1 and published_at is null`,
        [decisionId],
      ),
    );
  }

  /** Erases some of those who are left; passes over who became current after the decision. */
  async eraseSome({ decisionId }: Decision): Promise<{ left: number }> {
    const approved = await this.approved(decisionId);
    if (approved.disposal.state === 'refused') return { left: 0 };
    const left = () => this.left(approved);
    for (const item of await left()) {
      const part = await this.disposeInCustody(approved, item.subjectId);
      if (part === 'STILL_CURRENT') await this.passOver(approved, item.subjectId, part);
      else await this.erase(approved, item.subjectId, part);
    }
    const { disposal, units } = approved;
    return {
      left: await this.deps.reader.as(units, (manager) =>
        manager.countBy(DisposalItemEntity, { disposalId: disposal.id, verdict: 'goes', state: 'listed' }),
      ),
    };
  }

  /** Tries to open every content it made unreadable, erases again what would open, and signs what was done. */
  async prove({ decisionId }: Decision): Promise<void> {
    const approved = await this.approved(decisionId);
    if (approved.disposal.state === 'approved') await this.proofs.sign(approved);
  }

  private async approved(id: string): Promise<ApprovedDisposal> {
    const { reader, database, party } = this.deps;
    const disposal = await reader.as(await this.deps.units(), (manager) =>
      manager.findOneBy(DisposalEntity, { id }),
    );
    const isDecided = disposal !== null && CARRIED_OUT.includes(disposal.state);
    const { decidedBy, decidedAt } = disposal ?? {};
    if (!disposal || !isDecided || !decidedBy || !decidedAt)
      throw new Error(`disposal ${id} is not approved`);
    return {
      disposal: Object.assign(disposal, { decidedBy, decidedAt }),
      units: await unitsOfAuthority(database, party, disposal.authority),
    };
  }

  /** Ends it: who may dispose reads why. With its leaf in the same transaction (C7). */
  private async refused({ disposal, units }: ApprovedDisposal, code: RefusalCode): Promise<void> {
    await this.deps.reader.as(units, async (manager) => {
      const at = await recordNow(manager);
      const ended = await manager.update(
        DisposalEntity,
        { id: disposal.id, state: 'approved' },
        { state: 'refused', refusedCode: code, refusedAt: at },
      );
      if (ended.affected !== 1)
        throw new Error(`disposal ${disposal.id} was refused (${code}) and is not ended`);
      await manager.insert(AuditLeafEntity, leafOf(disposal, at, 'publish-disposal', code));
      await manager.query(
        `update ${this.deps.party}.stream set open = false, relayed = wanted where kind = $1 and id = $2`,
        [ERASURE_STREAM, disposal.id],
      );
    });
  }

  private left({ disposal, units }: ApprovedDisposal): Promise<DisposalItemEntity[]> {
    return this.deps.reader.as(units, (manager) =>
      manager.find(DisposalItemEntity, {
        where: { disposalId: disposal.id, verdict: 'goes', state: 'listed' },
        order: { subjectId: 'ASC' },
        take: PERSONS_AT_ONCE,
      }),
    );
  }

  private async disposeInCustody(
    { disposal, units }: ApprovedDisposal,
    subjectId: string,
  ): Promise<Part | 'STILL_CURRENT'> {
    try {
      return await this.deps.reader.as(units, async (manager) => {
        const at = await recordNow(manager);
        const rows: { part: unknown }[] = await manager.query(
          'select custody.dispose_subject($1, $2, $3) as part',
          [disposal.id, subjectId, JSON.stringify(leafOf(disposal, at, ERASE_AUDIT_PERSON))],
        );
        return PartSchema.parse(rows[0]?.part);
      });
    } catch (error) {
      if (error instanceof Error && error.message === 'STILL_CURRENT') return 'STILL_CURRENT';
      throw error;
    }
  }

  private async erase(approved: ApprovedDisposal, subjectId: string, part: Part): Promise<void> {
    const { disposal, units } = approved;
    const { reader, party, sealing } = this.deps;
    const { matters, handoffs, incidentDone, incidentId: incident } = part;
    const ofPerson = JSON.stringify({ subject: subjectId, matters, handoffs, incidentDone, incident });
    const contents = await reader.as(units, async (manager) => {
      const own = ContentsSchema.parse(
        await manager.query(
          `select content_id as id, unit_id as unit, digest from ${party}.sealed_of_person($1)`,
          [ofPerson],
        ),
      );
      // Written down before the wraps go: what was readable stays known by its id, whatever happens in between.
      const all = [...part.contents, ...own].map(({ id, unit, digest }) => ({
        contentId: id,
        unitId: unit,
        digest,
        disposalId: disposal.id,
        authority: disposal.authority,
      }));
      for (let start = 0; start < all.length; start += CONTENTS_AT_ONCE) {
        await manager
          .createQueryBuilder()
          .insert()
          .into(DisposalContentEntity)
          .values(all.slice(start, start + CONTENTS_AT_ONCE))
          .orIgnore()
          .execute();
      }
      return all;
    });
    const wraps = await sealing.unitKeys.dispose(contents, disposal.id);
    await reader.as(units, async (manager) => {
      const at = await recordNow(manager);
      const [row]: { erased: unknown }[] = await manager.query(
        `select ${party}.erase_person($1, $2, $3) as erased`,
        [disposal.id, ofPerson, JSON.stringify(leafOf(disposal, at, ERASE_AUDIT_PERSON))],
      );
      const { rows, leaves } = ErasedSchema.parse(row?.erased);
      await manager.update(
        DisposalItemEntity,
        { disposalId: disposal.id, subjectId, state: 'listed' },
        {
          state: 'erased',
          erasedAt: at,
          contents: contents.length,
          wraps,
          rows,
          leaves: leaves + part.leaves,
        },
      );
    });
  }

  private async passOver(
    { disposal, units }: ApprovedDisposal,
    subjectId: string,
    code: string,
  ): Promise<void> {
    await this.deps.reader.as(units, (manager) =>
      manager.update(
        DisposalItemEntity,
        { disposalId: disposal.id, subjectId, state: 'listed' },
        { state: 'skipped', skippedCode: code },
      ),
    );
  }
}

async function publishInCustody(manager: EntityManager, { disposal }: ApprovedDisposal): Promise<void> {
  const at = await recordNow(manager);
  await manager.query('select custody.publish_disposal($1, $2)', [
    JSON.stringify({
      id: disposal.id,
      authority: disposal.authority,
      unit: disposal.unitId,
      rule: disposal.rule,
      listDigest: disposal.listDigest,
      entriesBefore: disposal.entriesBefore.toISOString(),
      proposedBy: disposal.proposedBy,
      proposedAt: disposal.proposedAt?.toISOString(),
      approvedBy: disposal.decidedBy,
      approvedAt: disposal.decidedAt.toISOString(),
    }),
    JSON.stringify(leafOf(disposal, at, 'publish-disposal')),
  ]);
}

/** What custody says once and for all; null for what another try may mend, the audit that was away included. */
function refusalOf(error: unknown): RefusalCode | null {
  // The guard's word for what no honest service writes; people are told it in theirs.
  if (error instanceof Error && error.message === 'ILLEGAL_WRITE') return 'DISPOSAL_NOT_AS_RECORDED';
  const code = refusalOfDatabase(error)?.code ?? null;
  return code === 'AUDIT_UNAVAILABLE' ? null : code;
}
