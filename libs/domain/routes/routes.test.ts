import { describe, expect, it } from '@jest/globals';
import { HANDOFF_PHASES } from '../handoff/index.js';
import { findRoute, ROUTES, routeById, routesFrom } from './routes.js';

describe('the routes', () => {
  it('ship the night, the office day, the morning, the ways back, the ways out of the city, support, change and care', () => {
    expect(ROUTES.map(({ id }) => id).toSorted()).toEqual([
      'adult-safety.police.other-municipality',
      'adult-safety.police.rvt',
      'adult-safety.police.socialjouren',
      'adult-safety.rvt.other-municipality',
      'adult-safety.rvt.police',
      'adult-safety.rvt.rvt',
      'adult-safety.rvt.socialjouren',
      'adult-safety.socialjouren.other-municipality',
      'adult-safety.socialjouren.police',
      'adult-safety.socialjouren.rvt',
      'adult-support.rvc.rvc',
      'adult-support.rvc.rvt',
      'adult-support.rvt.rvc',
      'child-protection.bou.bou',
      'child-protection.bou.other-municipality',
      'child-protection.bou.socialjouren',
      'child-protection.police.bou',
      'child-protection.police.other-municipality',
      'child-protection.police.socialjouren',
      'child-protection.socialjouren.bou',
      'child-protection.socialjouren.other-municipality',
      'child-support.bou.bou',
      'child-support.bou.rvc',
      'child-support.rvc.bou',
      'mental-health.bou.region',
      'mental-health.region.bou',
      'mental-health.region.rvc',
      'mental-health.region.rvt',
      'mental-health.rvc.region',
      'mental-health.rvt.region',
      'perpetrator-change.rvc.rvc',
      'perpetrator-change.rvc.rvt',
      'perpetrator-change.rvt.rvc',
      'perpetrator-change.rvt.rvt',
      'perpetrator-change.rvt.socialjouren',
      'perpetrator-change.socialjouren.rvt',
    ]);
  });

  it('are found by id and by contract, and a pair without a route has none', () => {
    expect(routeById('adult-safety.police.rvt')?.to).toBe('rvt');
    expect(routeById('adult-safety.police.bou')).toBeUndefined();
    expect(findRoute('child-protection', 'socialjouren', 'bou')?.id).toBe(
      'child-protection.socialjouren.bou',
    );
    expect(findRoute('child-protection', 'socialjouren', 'rvt')).toBeUndefined();
    expect(routesFrom('child-protection', 'bou').map(({ to }) => to)).toEqual([
      'socialjouren',
      'bou',
      'other-municipality',
    ]);
  });

  it('never let a concern report be declined, withdrawn, cancelled or entered in error, at any hop (C9)', () => {
    const reports = ROUTES.filter(({ matterKind }) => matterKind === 'child-protection');
    expect(reports).toHaveLength(8);
    for (const route of reports) {
      expect([route.declinable, route.withdrawable, route.cancellable, route.errorEnterable]).toEqual([
        false,
        false,
        false,
        false,
      ]);
    }
  });

  it('start the statutory duties with the report only, and pass D-03 and D-04 on unbroken', () => {
    expect(routeById('child-protection.police.bou')?.statutory.opens).toEqual([
      'D-01',
      'D-02',
      'D-03',
      'D-04',
    ]);
    for (const id of [
      'child-protection.socialjouren.bou',
      'child-protection.bou.bou',
      'child-protection.bou.socialjouren',
    ]) {
      expect(routeById(id)?.statutory).toEqual({ opens: [], passes: ['D-03', 'D-04'] });
    }
  });

  it('do not hand a report back to its reporter', () => {
    expect(routeById('child-protection.socialjouren.police')).toBeUndefined();
    expect(routeById('child-protection.police.socialjouren')?.wayBack.kind).toBe('onward');
  });

  it('go to socialjouren when the ordinary unit closes within half an hour', () => {
    expect(routeById('child-protection.police.bou')?.onlyWhileOpen).toEqual({
      minutesLeft: 30,
      otherwise: 'child-protection.police.socialjouren',
    });
  });

  it('leave responsibility with the sender where the receiver is outside Handslag', () => {
    for (const route of ROUTES.filter(({ to }) => to === 'other-municipality')) {
      expect([route.custody, route.attestable, route.wayBack.kind]).toEqual(['attested', true, 'never-left']);
      expect(route.deadlines.recheck?.dutyHolder).toBe('sending-unit');
    }
  });

  it('call the sender to ring when an acute offer is not opened', () => {
    expect(routeById('adult-safety.police.socialjouren')?.deadlines.opening).toMatchObject({
      askedOf: 'sending-unit',
      ladder: 'acute-ring',
    });
  });
});

describe('what the sender sees afterwards', () => {
  it('is in every phase the phase and instants, never who', () => {
    for (const { senderView } of ROUTES) {
      for (const phase of HANDOFF_PHASES) expect(senderView.byPhase[phase]).toContain('phase');
      expect(senderView.byPhase.accepted).toContain('taken-by-function');
    }
  });

  it('ends with acceptance: an adult’s by consent, a report’s by what BoU decides to tell', () => {
    expect(routeById('adult-safety.police.socialjouren')?.senderView.afterAcceptance.tells).toBe(
      'nothing-without-consent',
    );
    expect(routeById('child-protection.police.socialjouren')?.senderView.afterAcceptance).toEqual({
      tells: 'concern-report-outcome',
      basis: 'X-13',
    });
  });
});
