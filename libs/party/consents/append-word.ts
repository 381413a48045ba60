import type { EntityManager } from 'typeorm';
import type { KeptFrom, SubjectRole } from '#domain';
import { type ActRecorder, type ActScope, said } from '../acts/act-recorder.js';
import type { Caller } from '../identity/caller.js';
import { BasisRecordEntity } from './basis-record.entity.js';

/** What a word says, in codes and instants. */
export type WordTerms = Pick<
  BasisRecordEntity,
  | 'basis'
  | 'giver'
  | 'recipient'
  | 'purpose'
  | 'answer'
  | 'fields'
  | 'way'
  | 'saidBy'
  | 'saidAt'
  | 'validUntil'
>;

/** Whose it is. */
type WordOf = Pick<BasisRecordEntity, 'subjectId' | 'unitId' | 'incidentId'>;

interface OwnWord extends Pick<BasisRecordEntity, 'id' | 'kind' | 'about'> {
  /** Sealed to the unit. */
  readonly words: Readonly<Record<string, string | undefined>>;
}

/** Appends a word, as the next version of the line of its terms, and answers that version. */
export async function appendWord(
  recorder: ActRecorder,
  caller: Caller,
  { manager, at, mandate }: ActScope,
  row: WordTerms & WordOf,
  { id, kind, about, words }: OwnWord,
): Promise<number> {
  const { subjectId, unitId: unit, incidentId, basis, giver, recipient, purpose } = row;
  const line = { subjectId, unitId: unit, basis, giver, recipient, purpose };
  const version = 1 + (await manager.countBy(BasisRecordEntity, line));
  const keepFrom = [...keptFrom(await roleOf(manager, subjectId))];
  const sealed = await recorder.seal({ id, incidentId, subjectId, unit }, [
    { ...said('consent-and-basis', words, subjectId), keepFrom },
  ]);
  await manager.insert(BasisRecordEntity, {
    ...line,
    ...sealed,
    id,
    kind,
    about,
    incidentId,
    version,
    answer: row.answer,
    fields: row.fields,
    way: row.way,
    saidBy: row.saidBy,
    saidAt: row.saidAt,
    validUntil: row.validUntil,
    recordedAt: at,
    recordedBy: caller.person,
    recordedAs: mandate.role,
  });
  return version;
}

/** Her words about telling are kept from whoever hurt her, if somebody asks to read; his own are not kept from him. OSL 26:1 */
function keptFrom(role: SubjectRole | null): readonly KeptFrom[] {
  return role === 'alleged-perpetrator' ? [] : ['alleged-perpetrator'];
}

async function roleOf(manager: EntityManager, subjectId: string): Promise<SubjectRole | null> {
  const rows: { role: SubjectRole }[] = await manager.query(
    'select s.role from custody.subject s where s.id = $1',
    [subjectId],
  );
  return rows[0]?.role ?? null;
}
