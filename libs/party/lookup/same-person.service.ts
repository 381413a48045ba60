import { localDateOfInstant } from '#calendar';
import type { SamePerson } from '#contracts';
import { recordNow } from '#directory';
import type { SubjectRole } from '#domain';
import type { ContentVault } from '../content/content-vault.js';
import { refuseAtDoor } from '../http/refused.exception.js';
import { type Caller, mandateAt, unitsOf } from '../identity/caller.js';
import type { EntitledFunction } from '../protected-identity/entitled-function.js';
import type { CustodyReader } from '../record/custody-reader.js';
import { identityValues, knownIdentity, soughtValue } from './identity-values.js';
import type { Lookups } from './lookups.service.js';

export interface SamePersonsDeps {
  readonly reader: CustodyReader;
  readonly vault: ContentVault;
  readonly entitled: EntitledFunction;
  readonly lookups: Lookups;
}

interface HeldMatter {
  readonly incident_id: string;
  readonly subject_id: string;
  readonly role: SubjectRole;
  readonly holder_unit: string;
}

/** Whether the unit has other matters that may be about the same person: what a second report is compared by. */
export class SamePersons {
  constructor(private readonly deps: SamePersonsDeps) {}

  /** Of a matter that one of the caller's units holds; its content is opened, and audited as her reading first. */
  of(caller: Caller, matterId: string): Promise<SamePerson> {
    return this.find(caller, matterId, false);
  }

  /**
   * The same with what is under protection too, for what the service does by itself (work asked of the unit on its own case):
   * never for an answer to the caller, who may not be entitled to know of it.
   */
  ofForService(caller: Caller, matterId: string): Promise<SamePerson> {
    return this.find(caller, matterId, true);
  }

  private async find(caller: Caller, matterId: string, asService: boolean): Promise<SamePerson> {
    const { reader, vault, entitled, lookups } = this.deps;
    const units = unitsOf(caller);
    const matter = await reader.as(units, async (manager) => {
      const rows: HeldMatter[] = await manager.query(
        `select m.incident_id, m.subject_id, s.role, m.holder_unit
         from custody.matter m join custody.subject s on s.id = m.subject_id where m.id = $1`,
        [matterId],
      );
      return rows.find(({ holder_unit }) => units.includes(holder_unit));
    });
    if (matter === undefined) return refuseAtDoor('NOT_FOUND');
    const unit = matter.holder_unit;
    const authority = mandateAt(caller, unit)?.authority ?? refuseAtDoor('NOT_FOUND');
    const known = await vault.knownTo(caller, unit, matter.incident_id, matter.subject_id);
    const identity = knownIdentity(known, { id: matter.subject_id, role: matter.role });
    const { today, isEntitled } = await reader.as([unit], async (manager) => {
      const at = await recordNow(manager);
      return {
        today: localDateOfInstant(at),
        isEntitled: asService || (await entitled.isEntitled(manager, caller, unit, at)),
      };
    });
    const items: SamePerson['items'] = [];
    for (const by of ['number', 'name'] as const) {
      const typed = identity[by];
      const value = typed === null ? null : soughtValue(by, typed, today);
      if (value === null) continue;
      const found = await lookups.search({ unit, authority, isEntitled, by: { kind: by, value } });
      for (const item of lookups.shown(found, unit, authority)) {
        if (item.matterId === matterId || items.some((one) => one.matterId === item.matterId)) continue;
        items.push({ ...item, by });
      }
    }
    return { matterId, items, isIdentityKnown: identityValues(identity, today).length > 0 };
  }
}
