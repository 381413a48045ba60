import type { EntityManager } from 'typeorm';
import type { STAYS_WITH_SOCIALJOUREN, UnitKind } from '#domain';
import type { Effects } from '../effects/effects.js';
import type { PartyDirectory } from '../units/party-directory.js';
import type { BasisRecordEntity } from './basis-record.entity.js';
import { askedUnit, wireScope } from './recorded-words.js';

export interface HandoverAnswersDeps {
  readonly effects: Effects;
  readonly directory: PartyDirectory;
}

/**
 * An adult who says no, or was not asked, stays with socialjouren: the morning handover is answered, and contact is to
 * be offered by noon on the first office day (DESIGN 6.2).
 */
const STAYS: Readonly<Partial<Record<string, (typeof STAYS_WITH_SOCIALJOUREN)[number]>>> = {
  REFUSED: 'CONSENT_REFUSED',
  NOT_ASKED: 'CONSENT_NOT_ASKED',
};
/** The units that would have taken her over in the morning. */
const DECIDES_FOR_HER: readonly UnitKind[] = ['rvt', 'other-municipality'];

/** What an answer about the morning handover does to the matter that waits for it. */
export class HandoverAnswers {
  constructor(private readonly deps: HandoverAnswersDeps) {}

  /** In the transaction of the answer; a yes, or an answer about anything else, does nothing. */
  async answered(
    manager: EntityManager,
    word: Pick<BasisRecordEntity, 'subjectId' | 'unitId' | 'giver' | 'recipient' | 'purpose'>,
    answer: BasisRecordEntity['answer'],
    told: { readonly id: string; readonly saidAt: Date; readonly at: Date },
  ): Promise<void> {
    const outcome = STAYS[answer ?? ''];
    if (outcome === undefined || word.purpose !== 'adult-safety') return;
    const recipient = wireScope(word.recipient);
    const kind =
      'kind' in recipient
        ? recipient.kind
        : askedUnit(await this.deps.directory.snapshot(), recipient.unit).kind;
    if (kind === null || !DECIDES_FOR_HER.includes(kind)) return;
    for (const matterId of await openSafetyOf(manager, word.subjectId, word.unitId)) {
      await this.deps.effects.record(manager, {
        causeId: told.id,
        matterId,
        unit: word.unitId,
        rules: ['D-18'],
        outcome,
        metAt: told.saidAt,
        recordedAt: told.at,
      });
    }
  }
}

async function openSafetyOf(manager: EntityManager, subjectId: string, unit: string): Promise<string[]> {
  const rows: { id: string }[] = await manager.query(
    `select m.id from custody.matter m where m.subject_id = $1 and m.kind = 'adult-safety'
       and m.holder_unit = $2 and m.closed_at = 'infinity' order by m.id`,
    [subjectId, unit],
  );
  return rows.map(({ id }) => id);
}
