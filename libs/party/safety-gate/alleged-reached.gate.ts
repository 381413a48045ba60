import type { GatedContact, MatterAction, MatterActionDefinition, MatterFacts } from '#domain';
import { valueOrRefuse } from '../http/refused.exception.js';
import { unitsOf } from '../identity/caller.js';
import type { MatterAct } from '../matters/matter-actions.service.js';
import type { MatterGate } from '../matters/matter-gates.js';
import type { CustodyReader } from '../record/custody-reader.js';
import type { SafetyGate } from './safety-gate.service.js';

/** Steps that reach the person of the matter. That he was spoken to is a fact, and is always logged. */
const REACHES: Readonly<Partial<Record<MatterAction, GatedContact>>> = {
  'contact-attempt': 'notice',
  schedule: 'appointment',
};

/** In an alleged perpetrator's own matter: nobody tries to reach him, or books him, past a closed gate. */
export class AllegedReachedGate implements MatterGate {
  constructor(
    private readonly gate: SafetyGate,
    private readonly reader: CustodyReader,
  ) {}

  /** Refuses SAFETY_GATE_CLOSED and PROTECTION_ASSESSMENT_FIRST. */
  async check({ name }: MatterActionDefinition, { caller }: MatterAct, matter: MatterFacts): Promise<void> {
    const contact = REACHES[name];
    const { holderUnit: unit, incidentId, subjectId: personId, subjectRole } = matter;
    // Whose matter it is not is refused by the record.
    if (contact === undefined || subjectRole !== 'alleged-perpetrator' || !unitsOf(caller).includes(unit))
      return;
    const asked = { unit, incidentId, personId, contact, isAutomatic: false };
    valueOrRefuse(
      await this.reader.as([unit], (manager) => this.gate.mayReachAlleged(asked, 'matter', manager)),
    );
  }
}
