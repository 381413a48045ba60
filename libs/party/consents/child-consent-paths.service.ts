import { localDateOfInstant } from '#calendar';
import {
  ageOnDay,
  type ConsentPathEvaluated,
  type EvaluateConsentPath,
  isKnown,
  type RecordConsent,
} from '#contracts';
import {
  type AgeBand,
  ageBandOf,
  type ChildConsentFacts,
  type ChildConsentPath,
  CONSENT_PATH_VERSION,
  CONSENT_PATHS,
  childConsentPath,
  type Guardian,
  PATH_DECIDERS,
} from '#domain';
import type { ActRecorder, ActScope } from '../acts/act-recorder.js';
import { lockFor, said } from '../acts/act-recorder.js';
import type { PartySubjects, SubjectOfIncident } from '../acts/party-subjects.js';
import type { Idempotency } from '../http/headers.decorator.js';
import { refuseAtDoor, valueOrRefuse } from '../http/refused.exception.js';
import type { Caller } from '../identity/caller.js';
import type { SafetyGate } from '../safety-gate/safety-gate.service.js';
import type { SafetyGateDecisions } from '../safety-gate/safety-gate-decisions.service.js';
import type { ChildConsents } from './child-consents.port.js';
import { ConsentPathEntity } from './consent-path.entity.js';

export interface ChildConsentPathsDeps {
  readonly recorder: ActRecorder;
  readonly subjects: PartySubjects;
  readonly gate: SafetyGate;
  readonly persons: SafetyGateDecisions;
}

interface KnownGuardian extends Guardian {
  readonly personId: string;
}

/** Said to have been asked: he was reached. */
const WAS_ASKED: readonly Guardian['stand'][] = ['consents', 'refuses'];

/** Who may consent for a child (domain.md B4, forms.md 5), evaluated by the table and recorded. */
export class ChildConsentPaths implements ChildConsents {
  constructor(private readonly deps: ChildConsentPathsDeps) {}

  /**
   * Evaluates and records it; a later one of the same measure stands above it. A guardian who is an alleged perpetrator
   * and was not asked stays one who is not to be asked. Refuses SUBJECT_NOT_OF_KIND for an adult, SUBJECT_NOT_A_CHILD from
   * 18 on, and SAFETY_GATE_CLOSED for a guardian who is said to have been asked and whom it was not safe to ask.
   */
  async evaluate(
    caller: Caller,
    idempotency: Idempotency,
    outwardSubject: string,
    body: EvaluateConsentPath,
  ): Promise<ConsentPathEvaluated> {
    const { recorder, subjects } = this.deps;
    const unit = body.actingUnit;
    const recorded = await recorder.record(
      { caller, idempotency, unit, action: 'evaluate-consent-path' },
      async (scope) => {
        const { manager, at } = scope;
        const child = await subjects.known(manager, caller, outwardSubject);
        const { facts, guardians } = await this.facts(scope, caller, child, body, at);
        for (const [index, guardian] of guardians.entries()) {
          if (WAS_ASKED.includes(guardian.stand)) {
            await this.refuseUnsafe(scope, child, unit, guardian.personId, `guardians.${index}`);
          }
        }
        await lockFor(manager, `consent-path ${child.id} ${unit}`);
        const version = await this.write(scope, caller, child, body, facts);
        return { version, target: { kind: 'subject', id: child.id } };
      },
    );
    // What the table says follows from the facts and the day, so a repeat is answered the same; the gate is as of now.
    return recorder.as(unit, async (manager) => {
      const child = await subjects.known(manager, caller, outwardSubject);
      const at = new Date(recorded.recordedAt);
      const { facts, guardians } = await this.facts({ manager }, caller, child, body, at);
      const path = childConsentPath(facts);
      const toAsk: ConsentPathEvaluated['toAsk'] = [];
      for (const index of path.toAsk) {
        const personId = guardians[index]?.personId;
        if (personId === undefined) continue;
        const answer = await this.deps.gate.answer(
          { unit, subjectId: child.id, personId, contact: 'consent-request', isAutomatic: true },
          manager,
        );
        toAsk.push({
          guardian: index,
          gate: { open: answer.open, because: answer.open ? null : answer.because },
        });
      }
      return { ...recorded, ...view(path), toAsk };
    });
  }

  async mayBeRecorded(
    scope: ActScope,
    caller: Caller,
    child: SubjectOfIncident,
    body: RecordConsent,
  ): Promise<void> {
    if (child.role !== 'child') return;
    const unit = body.actingUnit;
    if (body.guardian !== undefined && body.answer !== 'NOT_ASKED') {
      const { id } = await this.deps.persons.find(scope, caller, child, unit, body.guardian);
      await this.refuseUnsafe(scope, child, unit, id, 'guardian');
    }
    // A no is always a no, whoever may say yes.
    if (body.answer !== 'GIVEN') return;
    const path =
      body.consentPathId === undefined
        ? null
        : await scope.manager.findOneBy(ConsentPathEntity, {
            id: body.consentPathId,
            subjectId: child.id,
            unitId: unit,
          });
    if (path === null || path.allows !== (body.saidBy === 'SELF' ? 'child' : 'guardians')) {
      return refuseAtDoor('CONSENT_PATH_FIRST');
    }
    const later = await scope.manager.countBy(ConsentPathEntity, {
      subjectId: child.id,
      unitId: unit,
      measure: path.measure,
      version: path.version + 1,
    });
    if (later > 0) refuseAtDoor('CONSENT_PATH_FIRST');
  }

  private async refuseUnsafe(
    { manager }: ActScope,
    child: SubjectOfIncident,
    unit: string,
    personId: string,
    field: string,
  ): Promise<void> {
    valueOrRefuse(
      await this.deps.gate.mayReach(
        { unit, subjectId: child.id, personId, contact: 'consent-request', isAutomatic: false },
        field,
        manager,
      ),
    );
  }

  private async facts(
    scope: Pick<ActScope, 'manager'>,
    caller: Caller,
    child: SubjectOfIncident,
    body: EvaluateConsentPath,
    at: Date,
  ): Promise<{ facts: ChildConsentFacts; guardians: readonly KnownGuardian[] }> {
    if (child.role !== 'child') return refuseAtDoor('SUBJECT_NOT_OF_KIND');
    const guardians: KnownGuardian[] = [];
    for (const { person, stand, accompaniesInProtectedHousing } of body.guardians) {
      const { id } = await this.deps.persons.find(scope, caller, child, body.actingUnit, person);
      const asked = { unit: body.actingUnit, subjectId: child.id, personId: id };
      const isPerpetrator = (await this.deps.gate.relation(scope.manager, asked)) === 'alleged-perpetrator';
      guardians.push({
        personId: id,
        stand: isPerpetrator && stand === 'not-asked' ? 'alleged-perpetrator' : stand,
        accompaniesInProtectedHousing,
      });
    }
    const { measure, representative, view: ofChild, suitability } = body;
    const facts = { age: bandOn(body, at), guardians, measure, representative, view: ofChild, suitability };
    return { facts, guardians };
  }

  private async write(
    { manager, id, at }: ActScope,
    caller: Caller,
    child: SubjectOfIncident,
    body: EvaluateConsentPath,
    facts: ChildConsentFacts,
  ): Promise<number> {
    const unit = body.actingUnit;
    const of = { subjectId: child.id, unitId: unit, measure: facts.measure };
    const version = 1 + (await manager.countBy(ConsentPathEntity, of));
    const { row, allowsConsentOf } = childConsentPath(facts);
    const sealed = await this.deps.recorder.seal(
      { id, incidentId: child.incidentId, subjectId: child.id, unit },
      [said('consent-path', { ...facts, birthDate: body.birthDate }, child.id)],
    );
    await manager.insert(ConsentPathEntity, {
      ...of,
      ...sealed,
      id,
      incidentId: child.incidentId,
      version,
      recordedAt: at,
      recordedBy: caller.person,
      ageBand: facts.age,
      path: row.leadsTo,
      rowId: row.id,
      tableVersion: CONSENT_PATH_VERSION,
      allows: allowsConsentOf,
    });
    return version;
  }
}

/** The age on the day in Stockholm. Refuses SUBJECT_NOT_A_CHILD: who has turned 18 is asked as an adult. */
function bandOn({ birthDate, age }: EvaluateConsentPath, at: Date): AgeBand {
  const years = isKnown(birthDate) ? ageOnDay(birthDate, localDateOfInstant(at)) : (age ?? null);
  return ageBandOf(years) ?? refuseAtDoor('SUBJECT_NOT_A_CHILD');
}

function view({ row, isDelegable, allowsConsentOf }: ChildConsentPath) {
  return {
    path: { code: row.leadsTo, label: CONSENT_PATHS[row.leadsTo] },
    rule: { id: row.id, text: row.rule, source: row.source },
    decides: { code: row.decides, label: PATH_DECIDERS[row.decides].label, isDelegable },
    allowsConsentOf,
  };
}
