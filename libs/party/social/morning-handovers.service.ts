import type { DataSource } from 'typeorm';
import type { MorningHandover } from '#contracts';
import { recordNow } from '#directory';
import { BASES, fieldOf, unitWithId } from '#domain';
import type { ContentVault } from '../content/content-vault.js';
import { basisFor } from '../content/envelope-content.js';
import { morningAnswers } from '../content/morning-answers.js';
import { receiverOf } from '../dispatches/receiver-of.js';
import { whereaboutsOf } from '../dispatches/residence-of.js';
import { refuseAtDoor } from '../http/refused.exception.js';
import { type Caller, mandateAt, unitsOf } from '../identity/caller.js';
import type { IncidentViews } from '../incidents/incident-views.service.js';
import type { PartyName } from '../party.port.js';
import type { CustodyReader } from '../record/custody-reader.js';
import { matterFacts } from '../record/facts-reader.js';
import { type Outward, sideOf } from '../record/outward.js';
import { type PartyDirectory, wireReason } from '../units/party-directory.js';

export interface MorningHandoversDeps {
  readonly party: PartyName;
  readonly database: DataSource;
  readonly incidents: IncidentViews;
  readonly reader: CustodyReader;
  readonly vault: ContentVault;
  readonly directory: PartyDirectory;
  readonly outward: Outward;
}

/** The morning dispatch, prepared: whom each person goes to and why, what is known and what still has to be answered. */
export class MorningHandovers {
  constructor(private readonly deps: MorningHandoversDeps) {}

  async view(caller: Caller, outwardId: string): Promise<MorningHandover> {
    const { incidents, reader, directory } = this.deps;
    const units = unitsOf(caller);
    const { id: incident } = await incidents.resolve(caller, outwardId);
    const snapshot = await directory.snapshot();
    const { now, matters } = await reader.as(units, async (manager) => {
      const rows: { id: string }[] = await manager.query(
        `select m.id from custody.matter m
         where m.incident_id = $1 and m.closed_at = 'infinity' and m.holder_unit = any ($2::text[])`,
        [incident, units],
      );
      return {
        now: await recordNow(manager),
        matters: await matterFacts(
          manager,
          rows.map(({ id }) => id),
        ),
      };
    });
    const items: MorningHandover['items'] = [];
    for (const matter of matters) {
      const from = unitWithId(snapshot, matter.holderUnit);
      if (from === undefined) continue;
      const subject = { id: matter.subjectId, role: matter.subjectRole };
      const known = await this.deps.vault.knownTo(caller, matter.holderUnit, incident, subject.id);
      const { residence } = whereaboutsOf(known, subject);
      const found = receiverOf(snapshot, {
        kind: matter.kind,
        from,
        chosen: null,
        residence,
        at: now,
        field: 'toUnit',
      });
      const route = found.ok ? found.value.route : null;
      const answers = new Set(morningAnswers(known, subject).map(({ field }) => field));
      const lines = (fields: readonly string[]) =>
        fields.flatMap((field) => {
          const label = route === null ? undefined : fieldOf(route.form, field)?.label;
          return label === undefined ? [] : [{ field, label }];
        });
      const authority = mandateAt(caller, matter.holderUnit)?.authority ?? refuseAtDoor('NOT_FOUND');
      items.push({
        matterId: matter.id,
        kind: matter.kind,
        subjectId: this.deps.outward.out(subject.id, { authority, side: sideOf(subject.role) }),
        toUnit: found.ok ? found.value.unit.id : null,
        toUnitName: found.ok ? found.value.unit.name : null,
        because: found.ok ? found.value.found.map(wireReason) : (found.refusal.errors ?? []).map(notFound),
        needsBasis: route !== null && needsRecord(basisFor(route, undefined)),
        basisRecords: await this.basisRecords(matter.holderUnit, subject.id),
        filled: lines((route?.permittedFields ?? []).filter((field) => answers.has(field))),
        lacks: lines((route?.requiredFields ?? []).filter((field) => !answers.has(field))),
      });
    }
    return { items, next: null };
  }

  private async basisRecords(unit: string, subject: string): Promise<string[]> {
    const rows = await this.deps.reader.as(
      [unit],
      (manager): Promise<{ id: string }[]> =>
        manager.query(
          `select b.id from ${this.deps.party}.basis_record b where b.subject_id = $1 order by b.recorded_at desc`,
          [subject],
        ),
    );
    return rows.map(({ id }) => id);
  }
}

function needsRecord(basis: keyof typeof BASES | null): boolean {
  return basis === null || BASES[basis].kind === 'consent' || BASES[basis].kind === 'individual-decision';
}

function notFound({ message }: { message: string }) {
  return { code: 'NOT_FOUND', text: { sv: message, en: message }, source: null };
}
