import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { localDateOfInstant } from '#calendar';
import {
  ageOnDay,
  type ConsentPathEvaluated,
  type ConsentPathView,
  type EvaluateConsentPath,
  isKnown,
  type RecordConsent,
} from '#contracts';
import {
  type AgeBand,
  ageBandOf,
  CHILD_MEASURES,
  type ChildConsentFacts,
  type ChildConsentPath,
  CONSENT_PATH_VERSION,
  CONSENT_PATHS,
  childConsentPath,
  decideUndelegable,
  type Guardian,
  type KeptFrom,
  PATH_DECIDERS,
} from '#domain';
import type { ActRecorder, ActScope } from '../acts/act-recorder.js';
import { lockFor, said } from '../acts/act-recorder.js';
import type { PartySubjects, SubjectOfIncident } from '../acts/party-subjects.js';
import type { ReadingAudit } from '../audit/reading-audit.js';
import type { Idempotency } from '../http/headers.decorator.js';
import { refuseAtDoor, valueOrRefuse } from '../http/refused.exception.js';
import { type Caller, unitsOf } from '../identity/caller.js';
import type { CustodyReader } from '../record/custody-reader.js';
import type { SafetyGate } from '../safety-gate/safety-gate.service.js';
import type { SafetyGateDecisions } from '../safety-gate/safety-gate-decisions.service.js';
import type { ConsentGuard } from './consent-guard.port.js';
import { ConsentPathEntity } from './consent-path.entity.js';

export interface ChildConsentPathsDeps {
  readonly recorder: ActRecorder;
  readonly subjects: PartySubjects;
  readonly gate: SafetyGate;
  readonly persons: SafetyGateDecisions;
  readonly reader: CustodyReader;
  readonly audit: ReadingAudit;
}

interface KnownGuardian extends Guardian {
  readonly personId: string;
}

/** What a child said of a guardian, and what one guardian said, is weighed before another reads it. OSL 12:3 */
const KEPT_FROM: readonly KeptFrom[] = ['alleged-perpetrator', 'guardians'];

/** Said to have been asked: he was reached. */
const WAS_ASKED: readonly Guardian['stand'][] = ['consents', 'refuses'];

/** Who may consent for a child (domain.md B4, forms.md 5), evaluated by the table and recorded. */
export class ChildConsentPaths implements ConsentGuard {
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

  /** What one was made of, for the unit that made it; audited before it is opened (C7). Refuses NOT_FOUND. */
  async view(caller: Caller, recordId: string): Promise<ConsentPathView> {
    const found = await this.deps.reader.as(unitsOf(caller), async (manager) => {
      const path = await manager.findOneBy(ConsentPathEntity, { id: recordId });
      return path === null ? null : { path, isNewest: await isNewest(manager, path) };
    });
    if (found === null) return refuseAtDoor('NOT_FOUND');
    const { path } = found;
    const { id, incidentId, subjectId, unitId: unit } = path;
    await this.deps.audit.record({
      caller,
      unit,
      action: 'read-consent-path',
      target: { kind: 'consent-path', id },
    });
    const [opened] = await this.deps.recorder.open({ id, incidentId, subjectId, unit }, path.ciphertext);
    return {
      recordId: id,
      actingUnit: unit,
      recordedAt: path.recordedAt.toISOString(),
      version: path.version,
      isNewest: found.isNewest,
      measure: { code: path.measure, label: CHILD_MEASURES[path.measure] },
      path: { code: path.path, label: CONSENT_PATHS[path.path] },
      rule: path.rowId,
      tableVersion: path.tableVersion,
      facts: z.json().parse(opened?.value ?? null),
    };
  }

  async mayBeRecorded(
    scope: ActScope,
    caller: Caller,
    subject: SubjectOfIncident,
    body: RecordConsent,
  ): Promise<void> {
    // A no is always a no, whoever may say yes and whether or not it was safe to ask.
    if (body.answer !== 'GIVEN') return;
    const unit = body.actingUnit;
    if (subject.role === 'alleged-perpetrator') {
      const { id: personId, incidentId } = subject;
      const asked = { unit, incidentId, personId, contact: 'consent-request', isAutomatic: false } as const;
      valueOrRefuse(await this.deps.gate.mayReachAlleged(asked, 'answer', scope.manager));
    }
    if (subject.role !== 'child') return;
    if (body.guardian !== undefined) {
      const { id } = await this.deps.persons.find(scope, caller, subject, unit, body.guardian);
      await this.refuseUnsafe(scope, subject, unit, id, 'guardian');
    }
    const path =
      body.consentPathId === undefined
        ? null
        : await scope.manager.findOneBy(ConsentPathEntity, {
            id: body.consentPathId,
            subjectId: subject.id,
            unitId: unit,
          });
    // One guardian's yes beside another's no is the committee's to weigh, and no officer's, whatever her mandate.
    if (path?.path === 'propose-to-committee' && (await isNewest(scope.manager, path))) {
      valueOrRefuse(decideUndelegable('measure-despite-one-custodian', { officer: scope.mandate.role }));
    }
    if (path === null || path.allows !== (body.saidBy === 'SELF' ? 'child' : 'guardians')) {
      return refuseAtDoor('CONSENT_PATH_FIRST');
    }
    if (!(await isNewest(scope.manager, path))) refuseAtDoor('CONSENT_PATH_FIRST');
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
      [
        {
          ...said('consent-path', { ...facts, birthDate: body.birthDate }, child.id),
          keepFrom: [...KEPT_FROM],
        },
      ],
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

async function isNewest(manager: EntityManager, path: ConsentPathEntity): Promise<boolean> {
  const { subjectId, unitId, measure, version } = path;
  return (
    (await manager.countBy(ConsentPathEntity, { subjectId, unitId, measure, version: version + 1 })) === 0
  );
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
