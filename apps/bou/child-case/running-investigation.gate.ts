import { childCaseOf, type MatterActionDefinition, type MatterFacts } from '#domain';
import { type CustodyReader, type MatterAct, type MatterGate, refuseAtDoor, unitsOf } from '#party';
import { ChildCaseEntity } from './child-case.entities.js';
import { childRecord } from './child-records.js';

/** A report is not closed under a running investigation: that ends by decision, even if the child moves (old SoL 11:4). */
export class RunningInvestigationGate implements MatterGate {
  constructor(private readonly reader: CustodyReader) {}

  /** Refuses INVESTIGATION_RUNNING. */
  async check({ name }: MatterActionDefinition, { caller }: MatterAct, matter: MatterFacts): Promise<void> {
    const { holderUnit: unitId, id: matterId } = matter;
    if (name !== 'close' || matter.kind !== 'child-protection' || !unitsOf(caller).includes(unitId)) return;
    const isRunning = await this.reader.as([unitId], async (manager) => {
      const theCase = await manager.findOneBy(ChildCaseEntity, { matterId, unitId });
      return theCase !== null && childCaseOf(await childRecord(manager, theCase)).phase === 'running';
    });
    if (isRunning) refuseAtDoor('INVESTIGATION_RUNNING');
  }
}
