import { type ContactMannerInput, ContactMannerSchema } from '#contracts';
import { recordNow } from '#directory';
import {
  brokenBy,
  type ContactManner,
  type MatterAction,
  type MatterActionDefinition,
  type MatterFacts,
  SAFE_CONTACT_RULES,
  type SafeContactRule,
} from '#domain';
import { type ActRecorder, notInFuture, said } from '../acts/act-recorder.js';
import { refuseAtDoor } from '../http/refused.exception.js';
import { unitsOf } from '../identity/caller.js';
import type { MatterAct } from '../matters/matter-actions.service.js';
import type { MatterGate } from '../matters/matter-gates.js';
import { SafeContactOverrideEntity } from './safe-contact.entities.js';
import type { SafeContacts } from './safe-contacts.service.js';

export interface SafeContactGateDeps {
  readonly recorder: ActRecorder;
  readonly contacts: SafeContacts;
}

/** The steps in which somebody reached out, and whether the person was reached. */
const REACHES: Readonly<Partial<Record<MatterAction, boolean>>> = {
  'contact-attempt': false,
  'contact-made': true,
  schedule: true,
};

/**
 * Before a contact step: where a safe contact is known it was read, and the step keeps to it, or says why it does not.
 * An override is recorded with its reason sealed, audited, before the step; the step itself is the log of the attempt.
 */
export class SafeContactGate implements MatterGate {
  constructor(private readonly deps: SafeContactGateDeps) {}

  /** Refuses SAFE_CONTACT_FIRST when it was not read, or is newer than what was; SAFE_CONTACT_BROKEN with each rule. */
  async check({ name }: MatterActionDefinition, act: MatterAct, matter: MatterFacts): Promise<void> {
    const reached = REACHES[name];
    // Whose matter it is not is refused by the record.
    if (reached === undefined || !unitsOf(act.caller).includes(matter.holderUnit)) return;
    const given = contactOf(act.body);
    const known = await this.deps.contacts.known(act.caller, matter);
    if (given === null) return known === null ? undefined : refuseAtDoor('SAFE_CONTACT_FIRST');
    if (known !== null && given.seen !== known.version) return refuseAtDoor('SAFE_CONTACT_FIRST');
    const manner = await this.manner(given, act.body, matter.holderUnit);
    const broken = brokenBy(known?.card ?? null, manner, reached);
    if (broken.length === 0) return;
    if (given.override === undefined) {
      return refuseAtDoor('SAFE_CONTACT_BROKEN', {
        errors: broken.map((rule) => ({
          field: `contact.${SAFE_CONTACT_RULES[rule].field}`,
          message: `${rule}: ${SAFE_CONTACT_RULES[rule].label.sv} ${SAFE_CONTACT_RULES[rule].label.en}`,
        })),
      });
    }
    await this.override(act, matter, { name, broken, reason: given.override.reason });
  }

  private async manner(given: ContactMannerInput, body: unknown, unit: string): Promise<ContactManner> {
    const now = await this.deps.recorder.as(unit, (manager) => recordNow(manager));
    return {
      channel: given.channel,
      at: given.at === undefined ? now : notInFuture(given.at, now, 'contact.at'),
      leftMessage: given.leftMessage || isVoicemail(body),
      saidWhoWeAre: given.saidWhoWeAre,
      interpreter: given.interpreter,
      withinTimes: given.withinTimes,
    };
  }

  private async override(
    { caller, idempotency }: MatterAct,
    { id: matterId, incidentId, subjectId, holderUnit: unit }: MatterFacts,
    { name, broken, reason }: { name: string; broken: readonly SafeContactRule[]; reason: string },
  ): Promise<void> {
    const { recorder } = this.deps;
    const act = { caller, idempotency, unit, action: 'override-safe-contact' };
    await recorder.record(act, async ({ manager, id, at }) => {
      const sealed = await recorder.seal({ id, incidentId, subjectId, unit }, [
        said('safe-contact.override', { rules: broken, reason }, subjectId),
      ]);
      await manager.insert(SafeContactOverrideEntity, {
        ...sealed,
        id,
        incidentId,
        unitId: unit,
        version: 1,
        recordedAt: at,
        recordedBy: caller.person,
        subjectId,
        matterId,
        action: name,
        rules: broken.join(' '),
      });
      return { version: 1, target: { kind: 'matter', id: matterId } };
    });
  }
}

function contactOf(body: unknown): ContactMannerInput | null {
  if (typeof body !== 'object' || body === null || !('contact' in body) || body.contact === undefined)
    return null;
  return ContactMannerSchema.parse(body.contact);
}

/** The outcome of an attempt says it too. */
function isVoicemail(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'outcome' in body && body.outcome === 'voicemail-left';
}
