import type { EntityManager } from 'typeorm';
import type { MatterView, ResponsibilityLine } from '#contracts';
import { recordNow } from '#directory';
import { explainMatterActions, matterAction, REFUSALS } from '#domain';
import { DEADLINE_COLUMNS, type DeadlineRow, wireDeadline } from '../dispatches/deadline-view.js';
import { refuseAtDoor } from '../http/refused.exception.js';
import { type Caller, mandateAt, unitsOf } from '../identity/caller.js';
import type { CustodyReader } from '../record/custody-reader.js';
import { matterFacts } from '../record/facts-reader.js';
import { type Outward, sideOf } from '../record/outward.js';
import { flagsOf } from './matter-actions.service.js';

interface SpellRow {
  readonly unit_id: string;
  readonly starts_at: Date;
  readonly ends_at: Date | number;
  readonly handoff_id: string | null;
  readonly succession_id: string | null;
}

/** A version that moves would tell a former holder that work goes on, and how much (C6). */
const NOT_YOURS_VERSION = 1;

/** Matters as their holder and former holders may see them. */
export class MatterViews {
  constructor(
    private readonly reader: CustodyReader,
    private readonly outward: Outward,
  ) {}

  async view(caller: Caller, id: string): Promise<MatterView> {
    const units = unitsOf(caller);
    return this.reader.as(units, async (manager) => {
      const [matter] = await matterFacts(manager, [id]);
      if (matter === undefined) return refuseAtDoor('NOT_FOUND');
      const now = await recordNow(manager);
      const isHolder = units.includes(matter.holderUnit);
      const rows: DeadlineRow[] = isHolder
        ? await manager.query(
            `select ${DEADLINE_COLUMNS} from custody.deadline d where d.clock_id = $1 order by d.due_at, d.id`,
            [id],
          )
        : [];
      const roles = caller.mandates.filter(({ unit }) => unit === matter.holderUnit).map(({ role }) => role);
      const authority = authorityFor(caller, await ownUnit(manager, id, units));
      const side = sideOf(matter.subjectRole);
      const flags = flagsOf(matter);
      return {
        matterId: id,
        kind: matter.kind,
        incidentId: this.outward.out(matter.incidentId, { authority, side }),
        subjectId: this.outward.out(matter.subjectId, { authority, side }),
        phase: isHolder ? matter.phase : 'not-yours',
        flags: isHolder ? flags : [],
        version: isHolder ? matter.version : NOT_YOURS_VERSION,
        responsibleUnit: isHolder ? matter.holderUnit : null,
        assignedTo: isHolder ? matter.assignedTo : null,
        openedAt: matter.openedAt.toISOString(),
        closedAt: isHolder ? (matter.closedAt?.toISOString() ?? null) : null,
        outcome: isHolder ? matter.outcome : null,
        openHandoff: isHolder ? matter.openHandoffId : null,
        actions: explainMatterActions({
          phase: matter.phase,
          kind: matter.kind,
          flags: new Set(flags),
          roles,
          hasOpenOffer: matter.openHandoffId !== null,
        }).map((one) => ({
          action: one.action,
          label: matterAction(one.action).label,
          allowed: one.allowed,
          whyNot: one.allowed ? null : { sv: REFUSALS[one.refusal].sv, en: REFUSALS[one.refusal].en },
          needsReason: matterAction(one.action).reasons !== null,
        })),
        deadlines: rows.map((row) => wireDeadline(row, now)),
      };
    });
  }

  /** The holder sees all spells; a former holder those up to its own end, and which function took it (DESIGN 12). */
  async responsibility(caller: Caller, id: string): Promise<ResponsibilityLine> {
    const units = unitsOf(caller);
    return this.reader.as(units, async (manager) => {
      const [matter] = await matterFacts(manager, [id]);
      if (matter === undefined) return refuseAtDoor('NOT_FOUND');
      const spells: SpellRow[] = await manager.query(
        `select r.unit_id, r.starts_at, r.ends_at, r.handoff_id, r.succession_id
         from custody.responsibility r where r.matter_id = $1 order by r.starts_at`,
        [id],
      );
      const mine = spells.findLastIndex(({ unit_id }) => units.includes(unit_id));
      if (mine === -1) return refuseAtDoor('NOT_FOUND');
      const isHolder = units.includes(matter.holderUnit);
      const shown = isHolder ? spells : spells.slice(0, mine + 1);
      const next = isHolder ? undefined : spells[mine + 1];
      return {
        matterId: id,
        spells: shown.map((spell, index) => ({
          unit: spell.unit_id,
          from: spell.starts_at.toISOString(),
          until: spell.ends_at instanceof Date ? spell.ends_at.toISOString() : null,
          endedBy: endOf(spell, spells[index + 1]),
          handoffId: spell.handoff_id,
        })),
        thenTakenBy: next?.handoff_id ? await takenBy(manager, next.handoff_id) : null,
      };
    });
  }
}

function endOf(spell: SpellRow, next: SpellRow | undefined): string | null {
  if (!(spell.ends_at instanceof Date)) return null;
  if (next === undefined) return 'closed';
  return next.succession_id === null ? 'accepted' : 'succession';
}

async function takenBy(manager: EntityManager, handoffId: string): Promise<string | null> {
  const rows: { function: string | null }[] = await manager.query(
    `select e.function from custody.event e where e.chain_id = $1 and e.kind = 'accept' order by e.seq desc limit 1`,
    [handoffId],
  );
  return rows[0]?.function ?? null;
}

/** Which of the caller's units has a part in the matter: its authority derives the ids. */
async function ownUnit(manager: EntityManager, matter: string, units: readonly string[]): Promise<string> {
  const rows: { unit: string }[] = await manager.query(
    `select r.unit_id as unit from custody.responsibility r where r.matter_id = $1 and r.unit_id = any ($2::text[])
     union all
     select h.to_unit from custody.handoff h where h.matter_id = $1 and h.to_unit = any ($2::text[]) limit 1`,
    [matter, units],
  );
  return rows[0]?.unit ?? refuseAtDoor('NOT_FOUND');
}

function authorityFor(caller: Caller, unit: string): string {
  return mandateAt(caller, unit)?.authority ?? refuseAtDoor('NOT_FOUND');
}
