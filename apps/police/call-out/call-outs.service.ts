import type { DataSource, EntityManager } from 'typeorm';
import { z } from 'zod';
import { localDateOfInstant } from '#calendar';
import { type DirectorySnapshot, isInForce, unitId, unitWithId } from '#domain';
import { type AwaitedHumanStep, CustodyReader, type PartyDirectory, type StepState } from '#party';
import { CallOutEntity } from './call-out.entity.js';

const MatterRowsSchema = z.array(
  z.object({
    matterId: z.string(),
    kind: z.string(),
    subjectId: z.string(),
    holderUnit: z.string(),
    closed: z.boolean(),
    heldSinceOpening: z.boolean(),
    openOfferTo: z.string().nullable(),
    firstSentTo: z.string().nullable(),
  }),
);
type MatterRow = z.infer<typeof MatterRowsSchema>[number];

interface IncidentRow {
  readonly opened_by_unit: string;
  readonly opened_at: Date;
  readonly kind: string;
  readonly children: number;
}

/** The police's record of call-outs, derived from the committed report and safe to derive again. */
export class CallOuts {
  private readonly reader: CustodyReader;

  constructor(
    database: DataSource,
    private readonly directory: PartyDirectory,
  ) {
    this.reader = new CustodyReader(database);
  }

  /** As every unit of the police: a story is asked about by its workflow, whoever opened it. */
  private async asPolice<Value>(act: (manager: EntityManager) => Promise<Value>): Promise<Value> {
    return this.reader.as(await this.directory.unitsOf('police'), act);
  }

  /** Makes sure that the call-out's row is there; another kind of incident has none. */
  async ensure(incidentId: string): Promise<CallOutEntity | null> {
    const known = await this.asPolice((manager) => manager.findOneBy(CallOutEntity, { incidentId }));
    if (known !== null) return known;
    const [incident] = await this.asPolice(
      (manager): Promise<IncidentRow[]> =>
        manager.query(
          `select i.opened_by_unit, i.opened_at, i.kind,
           (select count(*)::int from custody.subject s where s.incident_id = i.id and s.role = 'child') as children
         from custody.incident i where i.id = $1`,
          [incidentId],
        ),
    );
    if (incident === undefined || incident.kind !== 'call-out') return null;
    const snapshot = await this.directory.snapshot();
    const row = {
      incidentId,
      unitId: incident.opened_by_unit,
      programme: programmeAt(snapshot, incident.opened_by_unit, incident.opened_at),
      childCount: incident.children,
      // The report lists the children or says that there are none: that is the check (E-1).
      childCheckRecorded: true,
      childCheckAt: incident.opened_at,
      openedAt: incident.opened_at,
      closedAt: Number.POSITIVE_INFINITY,
    };
    await this.asPolice((manager) =>
      manager.createQueryBuilder().insert().into(CallOutEntity).values(row).orIgnore().execute(),
    );
    return row;
  }

  /** What the story may know: ids, kinds and states (C5). */
  async facts({ incidentId }: { incidentId: string }) {
    const callOut = await this.ensure(incidentId);
    const snapshot = await this.directory.snapshot();
    const { rows, subjects } = await this.asPolice(async (manager) => {
      const found: { matters: unknown }[] = await manager.query(
        'select custody.call_out_matters($1) as matters',
        [incidentId],
      );
      const people: { id: string; role: string }[] = await manager.query(
        'select s.id, s.role from custody.subject s where s.incident_id = $1 order by s.id',
        [incidentId],
      );
      return { rows: MatterRowsSchema.parse(found[0]?.matters ?? []), subjects: people };
    });
    const of = (role: string) => subjects.filter((one) => one.role === role).map(({ id }) => id);
    const first = rows.map(({ firstSentTo }) => firstSentTo).find((unit) => unit !== null) ?? null;
    return {
      programme: callOut?.programme ?? null,
      childCheckRecorded: callOut?.childCheckRecorded ?? false,
      firstSocialParty:
        first === null
          ? null
          : partyOf(snapshot, first) === 'socialjouren'
            ? ('socialjouren' as const)
            : ('ordinary' as const),
      children: of('child'),
      adultVictims: of('victim'),
      matters: rows.map((row) => ({
        matterId: row.matterId,
        kind: row.kind,
        subjectId: row.subjectId,
        state: stateOf(snapshot, row),
        responsibleParty: partyOf(snapshot, row.holderUnit),
      })),
    };
  }

  /** The story is told: its stream asks for no workflow any more. */
  async close({ incidentId }: { incidentId: string }): Promise<void> {
    // Custody first: a crash between the two leaves a story that is run again, and closes again.
    await this.asPolice((manager) => manager.query('select custody.close_story($1)', [incidentId]));
    await this.asPolice((manager) =>
      manager.query(
        `update police.call_out set closed_at = directory.record_now() where incident_id = $1 and closed_at = 'infinity'`,
        [incidentId],
      ),
    );
  }

  /** The child check is in the report, so it is met as soon as the call-out is known. */
  async ensureStep({ processId }: AwaitedHumanStep): Promise<StepState> {
    const callOut = await this.ensure(processId);
    if (callOut === null) return { met: false, outcome: null };
    if (!callOut.childCheckRecorded) return { met: false, outcome: null };
    return { met: true, outcome: callOut.childCount > 0 ? 'CHILDREN' : 'NO_CHILDREN' };
  }
}

function programmeAt(snapshot: DirectorySnapshot, unit: string, at: Date): string | null {
  const day = localDateOfInstant(at);
  const found = snapshot.programmes.find((one) => one.unit === unitId(unit) && isInForce(one, day));
  return found?.code ?? null;
}

function partyOf(snapshot: DirectorySnapshot, unit: string): string {
  return unitWithId(snapshot, unit)?.party ?? 'partner';
}

function stateOf(snapshot: DirectorySnapshot, row: MatterRow) {
  if (row.closed) return 'closed' as const;
  switch (partyOf(snapshot, row.holderUnit)) {
    case 'police':
      if (row.openOfferTo !== null) return 'offered' as const;
      return row.firstSentTo === null ? ('unsent' as const) : ('held-by-police' as const);
    case 'socialjouren':
      return 'held-by-socialjouren' as const;
    case 'rvt':
    case 'bou':
      return 'held-by-ordinary' as const;
    default:
      return 'held-elsewhere' as const;
  }
}
