import type { EntityManager } from 'typeorm';
import type { ChangeOffered, OfferChange } from '#contracts';
import type { CustodyCommands } from '#custody';
import { type MatterFacts, type SubjectId, unitId } from '#domain';
import { type ActRecorder, lockFor, said } from '../acts/act-recorder.js';
import type { Idempotency } from '../http/headers.decorator.js';
import { refuseAtDoor, valueOrRefuse } from '../http/refused.exception.js';
import { type Caller, unitsOf } from '../identity/caller.js';
import { asCustodyCaller } from '../record/custody-caller.js';
import type { CustodyReader } from '../record/custody-reader.js';
import { matterFacts } from '../record/facts-reader.js';
import type { Outward } from '../record/outward.js';
import { ChangeOfferEntity } from './change-offer.entity.js';

export interface ChangeOffersDeps {
  readonly reader: CustodyReader;
  readonly recorder: ActRecorder;
  readonly commands: CustodyCommands;
  readonly outward: Outward;
}

/** The newest word of each person of the incident who was told of help, as the police published it. */
const NEWEST_WORDS_SQL = `
select distinct on (f.subject_id) f.subject_id as "subjectId", f.code = 'suspect-agrees-to-contact' as agrees
from custody.published_fact f
where f.incident_id = $1 and f.code in ('suspect-agrees-to-contact', 'suspect-declines-contact')
order by f.subject_id, f.published_at desc, f.id desc`;

/**
 * An offer of change work to the alleged perpetrator: a matter of his own, opened by the unit that answers for her, once the
 * police have told him, he agrees to contact, and her side has set from when it is safe (DESIGN 6.2, R-020). Nothing of hers
 * goes into it.
 */
export class ChangeOffers {
  constructor(private readonly deps: ChangeOffersDeps) {}

  /**
   * Sets from when it is safe; when that has come, his matter is opened and held here until another unit takes it. Refuses
   * NOT_FOUND, SUBJECT_NOT_OF_KIND for another kind of matter, NOT_RESPONSIBLE, MATTER_CLOSED, and CHANGE_CONDITIONS_UNMET
   * while nobody is known to agree, or more than one and none is named.
   */
  async offer(
    caller: Caller,
    idempotency: Idempotency,
    matterId: string,
    body: OfferChange,
  ): Promise<ChangeOffered> {
    const { reader, recorder, commands } = this.deps;
    const units = unitsOf(caller);
    const matter = await this.held(caller, matterId);
    const { incidentId, holderUnit: unit } = matter;
    const him = await reader.as(units, (manager) =>
      this.whoAgrees(manager, caller, incidentId, body.subjectId),
    );
    const safeFrom = new Date(body.safeFrom);
    const act = { caller, idempotency, unit, action: 'set-safe-from' };
    const recorded = await recorder.record(act, async ({ manager, id, at }) => {
      await lockFor(manager, `change-offer ${matterId}`);
      const version = 1 + (await manager.countBy(ChangeOfferEntity, { matterId, subjectId: him }));
      const sealed = await recorder.seal({ id, incidentId, subjectId: matter.subjectId, unit }, [
        said('change.safe-from', body.reasons, matter.subjectId),
      ]);
      await manager.insert(ChangeOfferEntity, {
        ...sealed,
        ...{ id, incidentId, unitId: unit, version, recordedAt: at, recordedBy: caller.person },
        ...{ matterId, subjectId: him, safeFrom },
      });
      return { version, target: { kind: 'matter', id: matterId } };
    });
    if (safeFrom > new Date(recorded.recordedAt)) return { ...recorded, matterId: null };
    // A second command, keyed by its cause (ADR 0002): killed between the two, the same request opens it.
    const { reply } = valueOrRefuse(
      await commands.openMatter(
        asCustodyCaller(caller, { ...idempotency, scope: `${idempotency.scope}/change-offer` }),
        {
          actingUnit: unitId(unit),
          subjectId: him as SubjectId,
          kind: 'perpetrator-change',
          continuesId: null,
        },
      ),
    );
    return { ...recorded, matterId: reply.matterId };
  }

  private async whoAgrees(
    manager: EntityManager,
    caller: Caller,
    incidentId: string,
    named: string | undefined,
  ): Promise<string> {
    const words: { subjectId: string; agrees: boolean }[] = await manager.query(NEWEST_WORDS_SQL, [
      incidentId,
    ]);
    const candidates = named === undefined ? null : this.deps.outward.candidates(named, caller);
    const agreeing = words.filter(
      ({ agrees, subjectId }) => agrees && (candidates === null || candidates.includes(subjectId)),
    );
    const [him, another] = agreeing;
    return him === undefined || another !== undefined
      ? refuseAtDoor('CHANGE_CONDITIONS_UNMET')
      : him.subjectId;
  }

  private async held(caller: Caller, matterId: string): Promise<MatterFacts> {
    const units = unitsOf(caller);
    const [matter] = await this.deps.reader.as(units, (manager) => matterFacts(manager, [matterId]));
    if (matter === undefined) return refuseAtDoor('NOT_FOUND');
    if (matter.kind !== 'adult-safety') return refuseAtDoor('SUBJECT_NOT_OF_KIND');
    if (!units.includes(matter.holderUnit)) return refuseAtDoor('NOT_RESPONSIBLE');
    return matter.closedAt === null ? matter : refuseAtDoor('MATTER_CLOSED');
  }
}
