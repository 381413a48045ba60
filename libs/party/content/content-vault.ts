import { recordNow } from '#directory';
import { type DirectorySnapshot, ownFile, sideOfUnit } from '#domain';
import type { ReadingAudit } from '../audit/reading-audit.js';
import { refuseAtDoor } from '../http/refused.exception.js';
import type { Caller } from '../identity/caller.js';
import { withStrictestProtection } from '../protected-identity/known-protection.js';
import type { CustodyReader } from '../record/custody-reader.js';
import { subjectRoles } from '../record/facts-reader.js';
import type { PartySealing } from '../sealing/party-sealing.js';
import type { KnownAnswer } from './known-answer.js';

interface ContentRow {
  readonly id: string;
  readonly incident_id: string;
  readonly subject_id: string | null;
  readonly ciphertext: Buffer;
}

/** More answers that a unit knows about a subject, from a party's own feature (its assessments). */
export interface KnownAnswersSource {
  answersFor(unit: string, incidentId: string, subjectId: string): Promise<readonly KnownAnswer[]>;
}

/** Opens what is sealed for a unit. Each opening is audited first, in a transaction of its own (C7). */
export class ContentVault {
  readonly #sources: KnownAnswersSource[] = [];

  constructor(
    private readonly reader: CustodyReader,
    private readonly sealing: PartySealing,
    private readonly audit: ReadingAudit,
    private readonly snapshot: () => Promise<DirectorySnapshot>,
  ) {}

  /** Features add what they know. */
  addSource(source: KnownAnswersSource): void {
    this.#sources.push(source);
  }

  /**
   * Everything the unit knows about an incident and one subject of it: what it was told, what it was sent and took,
   * and what its own features recorded. The newest answer to a question about a person counts.
   * Of each person's protection it tells the strictest that is known, and of the protected not where they are registered (B8).
   */
  async knownTo(
    caller: Caller,
    unit: string,
    incidentId: string,
    subjectId: string,
    brokenGlass?: { readonly id: string },
  ): Promise<KnownAnswer[]> {
    if (await this.isDisposedOf(unit, subjectId)) return refuseAtDoor('CONTENT_ERASED');
    const rows = await this.reader.as(
      [unit],
      (manager): Promise<ContentRow[]> =>
        manager.query(
          `select c.id, c.incident_id, c.subject_id, c.ciphertext from custody.content c
         where c.incident_id = $1 and (c.subject_id is null or c.subject_id = $2)
           and c.kind in ('facts', 'referral', 'sealed-apart')
           and (c.to_unit = any ((select custody.line_of(array[$3]))::text[]) and (c.kind = 'facts' or exists (
             select 1 from custody.handoff h where h.id = c.handoff_id and h.phase = 'accepted')))
         order by c.created_at desc, c.id`,
          [incidentId, subjectId, unit],
        ),
    );
    await this.audit.record({
      caller,
      unit,
      action: brokenGlass === undefined ? 'read-known' : 'break-glass-read',
      target: { kind: 'subject', id: subjectId },
      ...(brokenGlass === undefined ? {} : { restsOn: 'broken-glass' }),
    });
    const answers: KnownAnswer[] = [];
    for (const source of this.#sources)
      answers.push(...(await source.answersFor(unit, incidentId, subjectId)));
    for (const row of rows) answers.push(...(await this.open(unit, row)));
    return withStrictestProtection(newest(answers), subjectId);
  }

  /**
   * Of what {@link knownTo} tells, what is this person's own at the unit: what somebody who works on her matter is shown.
   * The one policy decides (surface `read`, purpose `own-work`); the reading is audited first.
   */
  async ownTo(
    caller: Caller,
    unit: string,
    incidentId: string,
    subjectId: string,
    brokenGlass?: { readonly id: string },
  ): Promise<KnownAnswer[]> {
    const answers = await this.knownTo(caller, unit, incidentId, subjectId, brokenGlass);
    const snapshot = await this.snapshot();
    return this.reader.as([unit], async (manager) => {
      const at = await recordNow(manager);
      const persons = [...(await subjectRoles(manager, incidentId))].map(([id, role]) => ({ id, role }));
      return ownFile(answers, {
        surface: 'read',
        persons,
        fileOf: subjectId,
        unit: sideOfUnit(snapshot, unit, at),
        at,
      });
    });
  }

  /** The content of one kind that belongs to a handoff, for a unit that is one of its sides. */
  async ofHandoff(
    caller: Caller,
    unit: string,
    handoffId: string,
    kind: 'referral' | 'sealed-apart',
  ): Promise<KnownAnswer[] | null> {
    const rows = await this.reader.as(
      [unit],
      (manager): Promise<ContentRow[]> =>
        manager.query(
          `select c.id, c.incident_id, c.subject_id, c.ciphertext from custody.content c
         where c.handoff_id = $1 and c.kind = $2
           and array[c.from_unit, c.to_unit] && (select custody.line_of(array[$3]))::text[]`,
          [handoffId, kind, unit],
        ),
    );
    const action = kind === 'referral' ? 'read-content' : 'read-safe-contact';
    await this.audit.record({ caller, unit, action, target: { kind: 'handoff', id: handoffId } });
    const [row] = rows;
    return row === undefined ? null : this.open(unit, row);
  }

  /** Her file is gone though an envelope that also tells of others may still open: it is theirs, until she comes back. */
  private async isDisposedOf(unit: string, subjectId: string): Promise<boolean> {
    const rows: unknown[] = await this.reader.as([unit], (manager) =>
      manager.query(
        `select 1 from custody.disposed_subject d where d.subject_id = $1 and not exists (
           select 1 from custody.content c where c.subject_id = $1 and c.created_at > d.disposed_at)`,
        [subjectId],
      ),
    );
    return rows.length > 0;
  }

  private async open(unit: string, row: ContentRow): Promise<KnownAnswer[]> {
    const opened = await this.sealing.sealing.open({
      contentId: row.id,
      incidentId: row.incident_id,
      subjectId: row.subject_id,
      ciphertext: row.ciphertext,
      unitId: unit,
    });
    if (opened.ok) return [...opened.value.fields];
    switch (opened.code) {
      case 'ERASED':
        return refuseAtDoor('CONTENT_ERASED');
      case 'WRAP_MISSING':
      case 'NOT_FOR_THIS_UNIT':
      case 'UNIT_HAS_NO_KEY':
        return refuseAtDoor('CONTENT_NOT_FOR_UNIT');
      case 'DIGEST_DIFFERS':
      case 'ENVELOPE_SWAPPED':
        throw new Error(`envelope ${row.id} does not open: ${opened.code}`);
    }
  }
}

function newest(answers: readonly KnownAnswer[]): KnownAnswer[] {
  const seen = new Set<string>();
  return answers.filter(({ field, concerns }) => {
    const key = JSON.stringify([field, [...concerns].sort()]);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
