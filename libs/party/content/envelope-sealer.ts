import { randomUUID } from 'node:crypto';
import type { SealedContent } from '#custody';
import {
  type ContentId,
  FORMS,
  type FormId,
  type HandoffId,
  type IncidentId,
  type SubjectId,
  unitId,
} from '#domain';
import { refuseAtDoor } from '../http/refused.exception.js';
import type { PartySealing } from '../sealing/party-sealing.js';
import type { KnownAnswer } from './known-answer.js';

export interface ToSeal {
  /** Where something must name it before it is sealed. */
  readonly contentId?: string;
  readonly incidentId: string;
  readonly subjectId: string | null;
  readonly handoffId: string | null;
  readonly kind: SealedContent['kind'];
  readonly form: FormId | 'text';
  readonly answers: readonly KnownAnswer[];
  readonly toUnit: string;
  /** Who can open it: sender and receiver, or the writer alone. */
  readonly forUnits: readonly string[];
}

/** Seals answers for units and gives what custody stores. The wraps are durable before this returns. */
export class EnvelopeSealer {
  constructor(private readonly party: PartySealing) {}

  async seal(wanted: readonly ToSeal[]): Promise<SealedContent[]> {
    const named = wanted.map((one) => ({ ...one, contentId: one.contentId ?? randomUUID() }));
    const sealed = await this.party.sealing.sealAll(
      named.map(({ contentId, incidentId, subjectId, form, answers, forUnits }) => ({
        contentId,
        incidentId,
        subjectId,
        content: { form, version: form === 'text' ? 1 : FORMS[form].version, fields: [...answers] },
        forUnits,
      })),
    );
    // A unit of Handslag whose service was never up has no key yet: that passes, and the same command is tried again.
    if (!sealed.ok) return refuseAtDoor('DEPENDENCY_UNAVAILABLE');
    return named.map(({ contentId, incidentId, subjectId, handoffId, kind, toUnit }) => {
      const envelope = sealed.value.find((one) => one.contentId === contentId);
      if (envelope === undefined) throw new Error('an envelope was not sealed');
      return {
        id: contentId as ContentId,
        incidentId: incidentId as IncidentId,
        subjectId: subjectId as SubjectId | null,
        handoffId: handoffId as HandoffId | null,
        kind,
        toUnit: unitId(toUnit),
        ciphertext: envelope.ciphertext,
        digest: envelope.digest,
      };
    });
  }
}

/** Words of a person, as the only answer of an envelope. */
export function textAnswer(field: string, text: unknown, source: string): KnownAnswer {
  return { field, value: JSON.parse(JSON.stringify(text)), concerns: [], source, keepFrom: [] };
}
