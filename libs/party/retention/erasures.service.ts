import { createHash } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { z } from 'zod';
import { AuditLeafEntity, canonicalJson, ERASE_AUDIT_PERSON, makeLeaf } from '#audit';
import { addDays, localDateOfInstant } from '#calendar';
import { recordNow } from '#directory';
import { KEY_STORE_BACKUP_DAYS } from '#domain';
import { digestOf, signErasure } from '#sealing';
import type { PartyName } from '../party.port.js';
import type { CustodyReader } from '../record/custody-reader.js';
import type { PartySealing } from '../sealing/party-sealing.js';
import { unitsOfAuthority } from './authority-units.js';
import { DisposalEntity, type ErasureProof } from './disposal.entity.js';
import { DisposalContentEntity, DisposalItemEntity } from './disposal-item.entity.js';
import { ERASURE_STREAM } from './disposals.service.js';

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

/** A disposal that is being carried out, and the party's units of its authority. */
interface Approved {
  readonly disposal: DisposalEntity & { readonly decidedBy: string; readonly decidedAt: Date };
  readonly units: readonly string[];
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

const PERSONS_AT_ONCE = 20;
const CONTENTS_AT_ONCE = 500;
const EMPTY = Buffer.alloc(0);

/**
 * Carries out what two persons decided, and proves it. Every step can be repeated, and killed between any two: the record says what
 * is done. Each store is written in a transaction of its own, custody first, the party's own row last.
 */
export class Erasures {
  constructor(private readonly deps: ErasuresDeps) {}

  /** Makes the decision known to custody; its guarded functions check both persons' mandates again. */
  async publish({ decisionId }: Decision): Promise<void> {
    const { disposal, units } = await this.approved(decisionId);
    const { reader } = this.deps;
    await reader.as(units, async (manager) => {
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
    });
    await reader.as(units, (manager) =>
      manager.query(
        `update ${this.deps.party}.disposal set published_at = directory.record_now()
         where id = $1 and published_at is null`,
        [decisionId],
      ),
    );
  }

  /** Erases some of those who are left; passes over who became current after the decision. */
  async eraseSome({ decisionId }: Decision): Promise<{ left: number }> {
    const approved = await this.approved(decisionId);
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
    const { disposal, units } = await this.approved(decisionId);
    if (disposal.state === 'erased') return;
    const tried = await this.tryToOpen(disposal.id, units);
    if (tried.stillOpened > 0)
      throw new Error(`${tried.stillOpened} erased contents still open: tried again`);
    const signing = await this.deps.sealing.unitKeys.signingKey(disposal.unitId);
    if (signing === null) throw new Error(`${disposal.unitId} has no signing key`);
    await this.deps.reader.as(units, async (manager) => {
      const at = await recordNow(manager);
      const counted = await this.counted(manager, disposal.id);
      const { skipped, ...done } = counted;
      const proof: ErasureProof = { ...done, ...tried };
      const backupsGoneBy = addDays(localDateOfInstant(at), KEY_STORE_BACKUP_DAYS);
      const receipt = await signErasure(signing, {
        kind: 'erasure',
        iss: disposal.unitId,
        authority: disposal.authority,
        disposalId: disposal.id,
        rule: disposal.rule,
        ruleVersion: disposal.ruleVersion,
        cutOff: disposal.cutOff,
        listDigest: disposal.listDigest,
        proposedAt: (disposal.proposedAt ?? disposal.decidedAt).toISOString(),
        approvedAt: disposal.decidedAt.toISOString(),
        erasedAt: at.toISOString(),
        backupsGoneBy,
        ...done,
        skipped,
        before: tried.before,
        after: tried.after,
      });
      const closed = await manager.update(
        DisposalEntity,
        { id: disposal.id, state: 'approved' },
        { state: 'erased', erasedAt: at, backupsGoneBy, proof, receipt },
      );
      if (closed.affected !== 1) return;
      await manager.insert(AuditLeafEntity, leafOf(disposal, at, 'perform-disposal'));
      await manager.query(
        `update ${this.deps.party}.stream set open = false, relayed = wanted where kind = $1 and id = $2`,
        [ERASURE_STREAM, disposal.id],
      );
    });
  }

  private async approved(id: string): Promise<Approved> {
    const { reader, database, party } = this.deps;
    const disposal = await reader.as(await this.deps.units(), (manager) =>
      manager.findOneBy(DisposalEntity, { id }),
    );
    const isDecided = disposal?.state === 'approved' || disposal?.state === 'erased';
    const { decidedBy, decidedAt } = disposal ?? {};
    if (!disposal || !isDecided || !decidedBy || !decidedAt)
      throw new Error(`disposal ${id} is not approved`);
    return {
      disposal: Object.assign(disposal, { decidedBy, decidedAt }),
      units: await unitsOfAuthority(database, party, disposal.authority),
    };
  }

  private left({ disposal, units }: Approved): Promise<DisposalItemEntity[]> {
    return this.deps.reader.as(units, (manager) =>
      manager.find(DisposalItemEntity, {
        where: { disposalId: disposal.id, verdict: 'goes', state: 'listed' },
        order: { subjectId: 'ASC' },
        take: PERSONS_AT_ONCE,
      }),
    );
  }

  private async disposeInCustody(
    { disposal, units }: Approved,
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

  private async erase(approved: Approved, subjectId: string, part: Part): Promise<void> {
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

  private async passOver({ disposal, units }: Approved, subjectId: string, code: string): Promise<void> {
    await this.deps.reader.as(units, (manager) =>
      manager.update(
        DisposalItemEntity,
        { disposalId: disposal.id, subjectId, state: 'listed' },
        { state: 'skipped', skippedCode: code },
      ),
    );
  }

  private async tryToOpen(
    disposalId: string,
    units: readonly string[],
  ): Promise<Pick<ErasureProof, 'stillOpened' | 'before' | 'after'>> {
    const { reader, sealing } = this.deps;
    const [before, after] = [createHash('sha256'), createHash('sha256')];
    let stillOpened = 0;
    for (let skip = 0; ; skip += CONTENTS_AT_ONCE) {
      const page = await reader.as(units, (manager) =>
        manager.find(DisposalContentEntity, {
          where: { disposalId },
          order: { contentId: 'ASC', unitId: 'ASC' },
          skip,
          take: CONTENTS_AT_ONCE,
        }),
      );
      for (const { contentId, unitId, digest } of page) {
        // Nothing is decrypted: the wrap alone says whether the unit could.
        const opened = await sealing.sealing.verifyEnvelope({
          contentId,
          unitId,
          ciphertext: EMPTY,
          digest: digestOf(EMPTY),
        });
        const state = opened.ok ? 'OPENS' : opened.code;
        if (state !== 'ERASED') {
          stillOpened += 1;
          await sealing.unitKeys.dispose([{ contentId, unitId }], disposalId);
        }
        before.update(canonicalJson([contentId, unitId, digest]));
        after.update(canonicalJson([contentId, unitId, state]));
      }
      if (page.length < CONTENTS_AT_ONCE) break;
    }
    return { stillOpened, before: before.digest('hex'), after: after.digest('hex') };
  }

  private async counted(manager: EntityManager, disposalId: string) {
    const rows: {
      persons: number;
      skipped: number;
      contents: number;
      wraps: number;
      rows: number;
      leaves: number;
    }[] = await manager.query(
      `select count(*) filter (where state = 'erased')::int as persons,
         count(*) filter (where state = 'skipped')::int as skipped,
         (select count(*)::int from ${this.deps.party}.disposal_content c where c.disposal_id = $1) as contents,
         coalesce(sum(wraps), 0)::int as wraps, coalesce(sum(rows), 0)::int as rows,
         coalesce(sum(leaves), 0)::int as leaves
       from ${this.deps.party}.disposal_item where disposal_id = $1 and verdict = 'goes'`,
      [disposalId],
    );
    return rows[0] ?? { persons: 0, skipped: 0, contents: 0, wraps: 0, rows: 0, leaves: 0 };
  }
}

/** What is done by a decision carries the person who decided, as the last of the two. */
function leafOf({ authority, unitId, decidedBy, id }: Approved['disposal'], at: Date, action: string) {
  return makeLeaf({
    at,
    authority,
    unitId,
    person: decidedBy,
    kind: 'command',
    action,
    target: { kind: 'disposal', id },
    code: 'OK',
  });
}
