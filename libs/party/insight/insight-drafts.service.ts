import type { EntityManager } from 'typeorm';
import { recordNow } from '#directory';
import {
  answerKey,
  type InsightPerson,
  type InsightReader,
  type MaskedAnswer,
  maskForReader,
  withChanges,
} from '#domain';
import type { ActRecorder } from '../acts/act-recorder.js';
import type { ContentVault } from '../content/content-vault.js';
import type { KnownAnswer } from '../content/known-answer.js';
import { refuseAtDoor } from '../http/refused.exception.js';
import { type Caller, unitsOf } from '../identity/caller.js';
import { subjectRoles } from '../record/facts-reader.js';
import { InsightMaskEntity, InsightRequestEntity } from './insight.entities.js';
import { draftDigest, insightPersons, wireKey } from './insight-file.js';

export interface InsightDraftsDeps {
  readonly recorder: ActRecorder;
  readonly vault: ContentVault;
}

/** A draft as it stands: what the unit knows, and what the reader would get of it. */
export interface Draft {
  readonly request: InsightRequestEntity;
  readonly answers: readonly KnownAnswer[];
  readonly persons: readonly InsightPerson[];
  readonly masked: readonly MaskedAnswer[];
  /** Keys of fields that a person changed. */
  readonly changed: ReadonlySet<string>;
  readonly digest: string;
}

/** Computes the masked draft of a request, each time anew from what the unit knows then; nothing of it is kept. */
export class InsightDrafts {
  constructor(private readonly deps: InsightDraftsDeps) {}

  /** Of a request of the caller's units; the reading is audited. Refuses NOT_FOUND. */
  async draft(caller: Caller, requestId: string): Promise<Draft> {
    const request = await this.request(caller, requestId);
    const { unitId: unit, incidentId, subjectId } = request;
    const answers = await this.deps.vault.knownTo(caller, unit, incidentId, subjectId);
    const { now, persons, changes } = await this.deps.recorder.as(unit, async (manager) => {
      const now = await recordNow(manager);
      return {
        now,
        persons: insightPersons(await subjectRoles(manager, incidentId), answers, now),
        changes: await this.changesOf(manager, requestId),
      };
    });
    const reader: InsightReader = {
      capacity: request.capacity,
      fileOf: subjectId,
      isPerson: request.capacity === 'guardian' ? request.isPerson : subjectId,
    };
    const keyed = new Map(answers.map((answer) => [wireKey(answer), answerKey(answer)] as const));
    const masked = withChanges(
      maskForReader(answers, persons, reader, now),
      answers,
      changes.flatMap(({ fieldKey, shows }) => {
        const key = keyed.get(fieldKey);
        return key === undefined ? [] : [{ key, to: shows ? 'shown' : 'masked' } as const];
      }),
    );
    return {
      request,
      answers,
      persons,
      masked,
      changed: new Set(changes.map(({ fieldKey }) => fieldKey)),
      digest: draftDigest(answers, masked),
    };
  }

  /** The request, where it is of one of the caller's units. */
  async request(caller: Caller, id: string): Promise<InsightRequestEntity> {
    for (const unit of unitsOf(caller)) {
      const request = await this.deps.recorder.as(unit, (manager) =>
        manager.findOneBy(InsightRequestEntity, { id, unitId: unit }),
      );
      if (request !== null) return request;
    }
    return refuseAtDoor('NOT_FOUND');
  }

  private changesOf(manager: EntityManager, requestId: string): Promise<InsightMaskEntity[]> {
    return manager.find(InsightMaskEntity, { where: { requestId }, order: { version: 'ASC' } });
  }
}
