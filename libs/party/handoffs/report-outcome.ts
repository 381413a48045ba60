import type { EntityManager } from 'typeorm';
import {
  type DirectorySnapshot,
  type HandoffFacts,
  leaves,
  PUBLISHED_FACTS,
  REPORT_OUTCOMES,
  type ReportOutcome,
  type Route,
  sideOfUnit,
  tellSenderAfterwards,
} from '#domain';

interface ToldRow {
  readonly id: string;
  readonly code: ReportOutcome;
  readonly from_unit: string;
  readonly told_at: Date;
}

/** What BoU has told the reporter of a report that it sent: which of the three, and since when it is told. */
export interface ToldOutcome {
  readonly outcome: ReportOutcome;
  readonly label: { readonly sv: string; readonly en: string };
  readonly toldAt: string;
}

/**
 * Of a report about a child, what its sender was told of it afterwards (OSL 26:9 a); null where nothing was, and for every
 * other offer. The newest counts. Asked of the one policy, with the decision that the telling rests on.
 */
export async function reportOutcomeFor(
  manager: EntityManager,
  snapshot: DirectorySnapshot,
  { handoff, route, at }: { readonly handoff: HandoffFacts; readonly route: Route; readonly at: Date },
): Promise<ToldOutcome | null> {
  if (route.senderView.afterAcceptance.tells !== 'concern-report-outcome') return null;
  const [told]: ToldRow[] = await manager.query(
    `select f.id, f.code, f.from_unit, r.told_at
     from custody.published_fact f join custody.published_fact_recipient r on r.fact_id = f.id and r.unit_id = $2
     where f.matter_id = $1 and f.code = any ($3::text[]) order by f.published_at desc, f.id desc limit 1`,
    [handoff.matterId, handoff.fromUnit, REPORT_OUTCOMES],
  );
  if (told === undefined) return null;
  const receiver = sideOfUnit(snapshot, told.from_unit, at);
  const sender = sideOfUnit(snapshot, handoff.fromUnit, at);
  if (receiver === undefined || sender === undefined) return null;
  const decision = tellSenderAfterwards({
    ...{ route, phase: handoff.phase, at, receiver, sender, surface: 'sender-view' },
    records: [
      {
        recordId: told.id,
        basis: 'X-13',
        answer: 'given',
        source: 'recorded',
        unit: told.from_unit,
        recipient: handoff.fromUnit,
        purpose: 'feedback-to-reporter',
        fields: 'all',
        givenAt: told.told_at,
        until: null,
        withdrawnAt: null,
        // That it was decided, and not found unsuitable, is what the telling unit recorded (apps/bou/feedback).
        conditions: ['decided-or-running', 'not-unsuitable'],
        deciderRoles: ['case-worker'],
      },
    ],
  });
  if (!leaves(decision, 'report-outcome')) return null;
  const { sv, en } = PUBLISHED_FACTS[told.code].label;
  return { outcome: told.code, label: { sv, en }, toldAt: told.told_at.toISOString() };
}
