import type { z } from 'zod';
import type { MORNING_GAPS, MorningHandover, MorningItemSchema } from '#contracts';
import { recordNow } from '#directory';
import {
  type DirectorySnapshot,
  fieldOf,
  type MatterFacts,
  type MORNING_HANDOVER,
  type Route,
  unitWithId,
} from '#domain';
import type { PartySubjects } from '../acts/party-subjects.js';
import type { BasisAnswers } from '../consents/basis-answers.service.js';
import type { ContentVault } from '../content/content-vault.js';
import type { KnownAnswer } from '../content/known-answer.js';
import { morningAnswers } from '../content/morning-answers.js';
import { DEADLINE_COLUMNS, type DeadlineRow, wireDeadline } from '../dispatches/deadline-view.js';
import type { ItemDisclosures } from '../dispatches/item-disclosures.js';
import { receiverOf } from '../dispatches/receiver-of.js';
import { ageOf, whereaboutsOf } from '../dispatches/residence-of.js';
import { refuseAtDoor } from '../http/refused.exception.js';
import { type Caller, mandateAt, unitsOf } from '../identity/caller.js';
import type { CustodyReader } from '../record/custody-reader.js';
import { matterFacts } from '../record/facts-reader.js';
import { type Outward, sideOf } from '../record/outward.js';
import { type PartyDirectory, wireReason } from '../units/party-directory.js';
import type { ProtectionAssessments } from './protection-assessments.service.js';

export interface MorningHandoversDeps {
  readonly subjects: PartySubjects;
  readonly reader: CustodyReader;
  readonly vault: ContentVault;
  readonly directory: PartyDirectory;
  readonly outward: Outward;
  readonly assessments: ProtectionAssessments;
  readonly bases: BasisAnswers;
  readonly disclosures: ItemDisclosures;
}

type Item = z.infer<typeof MorningItemSchema>;
type Gap = (typeof MORNING_GAPS)[number];

interface Held {
  readonly now: Date;
  readonly snapshot: DirectorySnapshot;
  readonly incidentId: string;
  readonly matter: MatterFacts;
  readonly deadlines: readonly (DeadlineRow & { readonly clock_id: string })[];
}

/** The needs that go to an ordinary unit in the morning. */
const CARRIED_OVER: readonly string[] = ['child-protection', 'adult-safety'];

/** The morning dispatch, prepared: whom each person goes to and why, what is known and what still has to be answered. */
export class MorningHandovers {
  constructor(private readonly deps: MorningHandoversDeps) {}

  /** One item for each child and adult victim that the caller's units still hold. Reading where they live is audited. */
  async view(caller: Caller, outwardId: string): Promise<MorningHandover> {
    const units = unitsOf(caller);
    const snapshot = await this.deps.directory.snapshot();
    const read = await this.deps.reader.as(units, async (manager) => {
      const incidentId = await this.deps.subjects.incident(manager, caller, outwardId);
      const rows: { id: string }[] = await manager.query(
        `select m.id from custody.matter m
         where m.incident_id = $1 and m.closed_at = 'infinity' and m.holder_unit = any ($2::text[])
           and m.kind = any ($3::text[]) order by m.opened_at, m.id`,
        [incidentId, units, CARRIED_OVER],
      );
      const ids = rows.map(({ id }) => id);
      const deadlines: Held['deadlines'] = await manager.query(
        `select d.clock_id, ${DEADLINE_COLUMNS} from custody.deadline d
         where d.clock_id = any ($1::uuid[]) and d.ended_at = 'infinity' order by d.due_at, d.id`,
        [ids],
      );
      const matters = await matterFacts(manager, ids);
      return { incidentId, deadlines, matters, now: await recordNow(manager) };
    });
    const { matters, ...shared } = read;
    const items: Item[] = [];
    for (const matter of matters) items.push(await this.item(caller, { ...shared, snapshot, matter }));
    return { items, next: null };
  }

  private async item(caller: Caller, held: Held): Promise<Item> {
    const { now, snapshot, matter, incidentId } = held;
    const subject = { id: matter.subjectId, role: matter.subjectRole };
    const from = unitWithId(snapshot, matter.holderUnit) ?? refuseAtDoor('UNKNOWN_UNIT');
    const known = await this.deps.vault.knownTo(caller, matter.holderUnit, incidentId, subject.id);
    const { residence, protectedIdentity } = whereaboutsOf(known, subject);
    const found = receiverOf(snapshot, {
      kind: matter.kind,
      subject: subject.role,
      from,
      chosen: null,
      residence,
      at: now,
      field: 'toUnit',
    });
    const receiver = found.ok ? found.value : null;
    const carried = morningAnswers(known, subject);
    const { filled, lacks } = fieldsOfForm(receiver?.route ?? null, carried);
    // Nothing leaves by itself: somebody must have said or decided something.
    const needsBasis =
      receiver !== null &&
      !(
        await this.deps.disclosures.decide({
          surface: 'preview',
          snapshot,
          at: now,
          route: receiver.route,
          fromUnit: matter.holderUnit,
          toUnit: receiver.unit.id,
          subject: { ...subject, age: ageOf(known, subject, now), protectedIdentity },
          named: [],
          deciderRoles: [],
          receiverMustCall: false,
        })
      ).decision.fields.some(({ verdict }) => verdict === 'leaves');
    const basisRecords =
      receiver === null || subject.role === 'child'
        ? []
        : await this.deps.bases.standingFor(
            {
              unit: matter.holderUnit,
              subjectId: subject.id,
              recipient: receiver.unit.id,
              purpose: matter.kind,
              at: now,
            },
            receiver.route.bases[receiver.route.subject] ?? [],
          );
    const isAssessed =
      subject.role !== 'child' || (await this.deps.assessments.isAssessed(matter.holderUnit, subject.id));
    const gaps: [Gap, boolean][] = [
      ['receiver', receiver === null],
      ['protection-assessment', !isAssessed],
      ['basis', needsBasis && basisRecords.length === 0],
      ['required-fields', lacks.length > 0],
    ];
    const authority = mandateAt(caller, matter.holderUnit)?.authority ?? refuseAtDoor('NOT_FOUND');
    return {
      matterId: matter.id,
      kind: matter.kind,
      subjectId: this.deps.outward.out(subject.id, { authority, side: sideOf(subject.role) }),
      isOffered: matter.openHandoffId !== null,
      toUnit: receiver?.unit.id ?? null,
      toUnitName: receiver?.unit.name ?? null,
      because: found.ok ? found.value.found.map(wireReason) : (found.refusal.errors ?? []).map(notFound),
      missing: gaps.flatMap(([gap, isOpen]) => (isOpen ? [gap] : [])),
      needsBasis,
      basisRecords,
      filled,
      lacks,
      neededBefore: neededBeforeOf(carried, subject.id),
      deadlines: held.deadlines
        .filter(({ clock_id }) => clock_id === matter.id)
        .map((row) => wireDeadline(row, now))
        .map(({ rule, dueAt, isBreached, because }) => ({ rule, dueAt, isPast: isBreached, because })),
    };
  }
}

function fieldsOfForm(route: Route | null, carried: readonly KnownAnswer[]): Pick<Item, 'filled' | 'lacks'> {
  const answered = new Set(carried.map(({ field }) => field));
  const named = (fields: readonly string[]) =>
    fields.flatMap((field) => {
      const label = route === null ? undefined : fieldOf(route.form, field)?.label;
      return label === undefined ? [] : [{ field, label }];
    });
  return {
    filled: named((route?.permittedFields ?? []).filter((field) => answered.has(field))),
    lacks: named((route?.requiredFields ?? []).filter((field) => !answered.has(field))),
  };
}

const NEEDED_BEFORE = 'needed-before' satisfies keyof typeof MORNING_HANDOVER.fields;

/** The hour of the day before which somebody must be there, where it is known already. */
function neededBeforeOf(carried: readonly KnownAnswer[], subjectId: string): string | null {
  const answer = carried.find(
    ({ field, concerns }) =>
      field === NEEDED_BEFORE && (concerns.length === 0 || concerns.includes(subjectId)),
  );
  if (typeof answer?.value !== 'string') return null;
  const at = new Date(answer.value);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}

function notFound({ message }: { message: string }) {
  return { code: 'NOT_FOUND', text: { sv: message, en: message }, source: null };
}
