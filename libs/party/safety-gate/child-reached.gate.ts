import { ContactAttemptSchema, ScheduleEventSchema } from '#contracts';
import type { GatedContact, MatterAction, MatterActionDefinition, MatterFacts } from '#domain';
import { refuseAtDoor, valueOrRefuse } from '../http/refused.exception.js';
import { unitsOf } from '../identity/caller.js';
import type { MatterAct } from '../matters/matter-actions.service.js';
import type { MatterGate } from '../matters/matter-gates.js';
import type { CustodyReader } from '../record/custody-reader.js';
import { assessmentIsDue, type SafetyGate } from './safety-gate.service.js';
import type { SafetyGateDecisions } from './safety-gate-decisions.service.js';

const REACHES: Readonly<Partial<Record<MatterAction, GatedContact>>> = {
  'contact-attempt': 'notice',
  schedule: 'appointment',
};

export interface ChildReachedGateDeps {
  readonly gate: SafetyGate;
  readonly decisions: SafetyGateDecisions;
  readonly reader: CustodyReader;
}

/**
 * In a child's matter: nobody contacts a guardian before the protection assessment (D-01, D-02), and nobody reaches one whose
 * gate is closed. The child itself may be met: that is how protection is assessed. Not said whom, it counts as a guardian.
 */
export class ChildReachedGate implements MatterGate {
  constructor(private readonly deps: ChildReachedGateDeps) {}

  /** Refuses PROTECTION_ASSESSMENT_FIRST, SAFETY_GATE_CLOSED and UNKNOWN_SUBJECT. */
  async check(
    { name }: MatterActionDefinition,
    { caller, body }: MatterAct,
    matter: MatterFacts,
  ): Promise<void> {
    const contact = REACHES[name];
    const { holderUnit: unit, subjectId, incidentId } = matter;
    if (contact === undefined || matter.subjectRole !== 'child' || !unitsOf(caller).includes(unit)) return;
    const schema = name === 'schedule' ? ScheduleEventSchema : ContactAttemptSchema;
    const reached = schema.safeParse(body).data?.reaches;
    if (reached === 'child') return;
    const { gate, decisions, reader } = this.deps;
    const outward = { id: subjectId, role: matter.subjectRole, incidentId };
    await reader.as([unit], async (manager) => {
      if (reached === undefined) {
        if (await assessmentIsDue(manager, subjectId)) refuseAtDoor('PROTECTION_ASSESSMENT_FIRST');
        return;
      }
      const { id: personId } = await decisions.find({ manager }, caller, outward, unit, reached);
      const asked = { unit, subjectId, personId, contact, isAutomatic: false };
      valueOrRefuse(await gate.mayReach(asked, 'reaches', manager));
    });
  }
}
