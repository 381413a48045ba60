import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { RepeatIncidents } from '#contracts';
import { recordNow } from '#directory';
import {
  factsOfRisk,
  isRiskEvent,
  keysOf,
  PUBLISHED_FACTS,
  REPEATS_WITHIN_MONTHS,
  repeatIncidents,
} from '#domain';
import {
  type AcceptanceObservers,
  type Caller,
  type CustodyReader,
  matterFacts,
  type PublishedFacts,
  type SamePersons,
  unitsOf,
} from '#party';
import { asCaseMatter, RISK_MATTERS } from './held-matters.js';
import { RiskCaseEntity, RiskToldEntity } from './risk.entities.js';
import type { RiskSteps } from './risk-steps.js';

export interface RiskCasesDeps {
  readonly reader: CustodyReader;
  readonly steps: RiskSteps;
  readonly samePersons: SamePersons;
  readonly units: () => Promise<readonly string[]>;
}

type Told = Pick<RiskToldEntity, 'event' | 'eventAt'> & { readonly now: Date };

/** RVT's cases begin when it takes a matter, and are told what bears on the risk (forms 4). */
export class RiskCases {
  constructor(private readonly deps: RiskCasesDeps) {}

  /** From now on: acceptances open cases and show repeated incidents; what others publish asks for reviews. */
  listen(acceptances: AcceptanceObservers, facts: PublishedFacts): void {
    acceptances.add(({ caller, unit, matterIds }) => this.taken(caller, unit, matterIds));
    facts.on(factsOfRisk(keysOf(PUBLISHED_FACTS)), async (manager, fact) => {
      if (!isRiskEvent(fact.code)) return;
      const cases = await manager.findBy(RiskCaseEntity, { incidentId: fact.incidentId, unitId: fact.unit });
      for (const of of cases) {
        await this.told(manager, of, { event: fact.code, eventAt: fact.effectiveAt, now: fact.now });
      }
    });
  }

  /** Cases that a crash between taking and opening left out. How many were opened. */
  async sweep(): Promise<number> {
    const units = await this.deps.units();
    return this.deps.reader.as([...units], async (manager) => {
      const missing: { id: string }[] = await manager.query(
        `select m.id from custody.matter m where m.kind = any ($1::text[]) and m.closed_at = 'infinity'
           and m.holder_unit = any ($2::text[])
           and not exists (select 1 from rvt.risk_case c where c.matter_id = m.id and c.unit_id = m.holder_unit)
         order by m.id limit 200`,
        [RISK_MATTERS, units],
      );
      const matters = await matterFacts(
        manager,
        missing.map(({ id }) => id),
      );
      for (const matter of matters) {
        await this.deps.steps.ensureCase(manager, asCaseMatter(matter), matter.heldSince);
      }
      return matters.length;
    });
  }

  /**
   * Other incidents of the same person in the unit within twelve months, by the number in the blind index. Reading who she is is
   * audited; nobody outside the unit is asked or told. What is under protection, or may be, counts for the entitled function only.
   */
  async repeats(caller: Caller, matterId: string): Promise<RepeatIncidents> {
    const { items, isIdentityKnown } = await this.deps.samePersons.of(caller, matterId);
    const now = await this.deps.reader.as(unitsOf(caller), recordNow);
    const others = items
      .filter(({ by }) => by === 'number')
      .map(({ incidentId, openedAt }) => ({ incidentId, at: new Date(openedAt) }));
    const dates = repeatIncidents(others, now).map((at) => at.toISOString());
    return { count: dates.length, dates, isIdentityKnown, withinMonths: REPEATS_WITHIN_MONTHS };
  }

  private async taken(caller: Caller, unit: string, matterIds: readonly string[]): Promise<void> {
    const { reader, steps, samePersons } = this.deps;
    const matters = await reader.as([unit], async (manager) => {
      const all = await matterFacts(manager, matterIds);
      const own = all.filter(({ kind }) => RISK_MATTERS.includes(kind));
      for (const matter of own) await steps.ensureCase(manager, asCaseMatter(matter), matter.heldSince);
      return own;
    });
    for (const matter of matters) {
      const { items } = await samePersons.ofForService(caller, matter.id);
      const before = items.filter(({ by, isOpen, holds }) => by === 'number' && isOpen && holds);
      await reader.as([unit], async (manager) => {
        const now = await recordNow(manager);
        for (const { matterId } of before) {
          const of = await manager.findOneBy(RiskCaseEntity, { matterId, unitId: unit });
          if (of === null) continue;
          await this.told(manager, of, { event: 'new-incident', eventAt: matter.openedAt, now });
        }
      });
    }
  }

  private async told(
    manager: EntityManager,
    of: RiskCaseEntity,
    { event, eventAt, now }: Told,
  ): Promise<void> {
    const { matterId, subjectId, unitId } = of;
    const [matter] = await matterFacts(manager, [matterId]);
    // Whoever let go of her, or has closed, has nothing to look at anew.
    if (matter === undefined || matter.closedAt !== null || matter.holderUnit !== unitId) return;
    const id = randomUUID();
    await manager.insert(RiskToldEntity, { id, matterId, subjectId, unitId, event, eventAt });
    await this.deps.steps.happened(manager, of, { id, event, at: now });
  }
}
