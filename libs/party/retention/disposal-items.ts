import type { EntityManager } from 'typeorm';
import { DisposalItemEntity } from './disposal-item.entity.js';
import type { DisposalList } from './disposal-list.js';

const INSERTED_AT_ONCE = 1000;

/** Keeps a list as it was made, in the transaction of its disposal. */
export async function insertItems(
  manager: EntityManager,
  disposalId: string,
  authority: string,
  { items }: DisposalList,
): Promise<void> {
  for (let start = 0; start < items.length; start += INSERTED_AT_ONCE) {
    await manager.insert(
      DisposalItemEntity,
      items.slice(start, start + INSERTED_AT_ONCE).map((item) => ({
        disposalId,
        authority,
        subjectId: item.subjectId,
        incidentId: item.incidentId,
        role: item.role,
        verdict: item.verdict,
        exemptions: item.exemptions.join(' '),
        arisesOn: item.arisesOn,
        finishBy: item.finishBy,
        because: [...item.because],
      })),
    );
  }
}
