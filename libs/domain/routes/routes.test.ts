import { describe, expect, it } from '@jest/globals';
import { HANDOFF_PHASES } from '../handoff/index.js';
import { UNIT_KINDS } from '../units/index.js';
import { findRoute, ROUTES, routeById, routesFrom } from './routes.js';

describe('the routes', () => {
  it('ship the night, the office day, the morning, the ways back and out of the city, and what every process needs (REC-4, REC-5, REC-11)', () => {
    expect(ROUTES.map(({ id }) => id).toSorted()).toEqual([
      'adult-safety.district-service.rvt',
      'adult-safety.partner.rvt',
      'adult-safety.police.other-municipality',
      'adult-safety.police.rvt',
      'adult-safety.police.socialjouren',
      'adult-safety.rvc.rvt',
      'adult-safety.rvt.district-service',
      'adult-safety.rvt.other-municipality',
      'adult-safety.rvt.partner',
      'adult-safety.rvt.police',
      'adult-safety.rvt.rvc',
      'adult-safety.rvt.rvt',
      'adult-safety.rvt.socialjouren',
      'adult-safety.socialjouren.other-municipality',
      'adult-safety.socialjouren.police',
      'adult-safety.socialjouren.rvt',
      'adult-support.district-service.rvc',
      'adult-support.district-service.rvt',
      'adult-support.partner.rvc',
      'adult-support.partner.rvt',
      'adult-support.rvc.district-service',
      'adult-support.rvc.outside-partner',
      'adult-support.rvc.partner',
      'adult-support.rvc.rvc',
      'adult-support.rvc.rvt',
      'adult-support.rvt.district-service',
      'adult-support.rvt.other-municipality',
      'adult-support.rvt.outside-partner',
      'adult-support.rvt.partner',
      'adult-support.rvt.rvc',
      'child-protection.bou.bou',
      'child-protection.bou.other-municipality',
      'child-protection.bou.socialjouren',
      'child-protection.district-service.bou',
      'child-protection.district-service.socialjouren',
      'child-protection.partner.bou',
      'child-protection.partner.socialjouren',
      'child-protection.police.bou',
      'child-protection.police.other-municipality',
      'child-protection.police.socialjouren',
      'child-protection.region.bou',
      'child-protection.region.socialjouren',
      'child-protection.rvc.bou',
      'child-protection.rvc.socialjouren',
      'child-protection.rvt.bou',
      'child-protection.rvt.socialjouren',
      'child-protection.socialjouren.bou',
      'child-protection.socialjouren.other-municipality',
      'child-protection.youth-clinic.bou',
      'child-protection.youth-clinic.socialjouren',
      'child-support.bou.bou',
      'child-support.bou.district-service',
      'child-support.bou.other-municipality',
      'child-support.bou.rvc',
      'child-support.bou.youth-clinic',
      'child-support.district-service.bou',
      'child-support.rvc.bou',
      'child-support.youth-clinic.bou',
      'legal-process.partner.rvc',
      'legal-process.police.rvc',
      'legal-process.rvc.partner',
      'legal-process.rvc.police',
      'legal-process.rvc.rvt',
      'legal-process.rvt.rvc',
      'mental-health.bou.outside-care',
      'mental-health.bou.region',
      'mental-health.region.bou',
      'mental-health.region.region',
      'mental-health.region.rvc',
      'mental-health.region.rvt',
      'mental-health.rvc.outside-care',
      'mental-health.rvc.region',
      'mental-health.rvt.outside-care',
      'mental-health.rvt.region',
      'perpetrator-change.partner.rvc',
      'perpetrator-change.partner.rvt',
      'perpetrator-change.rvc.outside-partner',
      'perpetrator-change.rvc.partner',
      'perpetrator-change.rvc.rvc',
      'perpetrator-change.rvc.rvt',
      'perpetrator-change.rvt.other-municipality',
      'perpetrator-change.rvt.outside-partner',
      'perpetrator-change.rvt.partner',
      'perpetrator-change.rvt.rvc',
      'perpetrator-change.rvt.rvt',
      'perpetrator-change.rvt.socialjouren',
      'perpetrator-change.socialjouren.rvt',
      'protected-housing.bou.bou',
      'protected-housing.bou.other-municipality',
      'protected-housing.bou.outside-partner',
      'protected-housing.bou.partner',
      'protected-housing.bou.socialjouren',
      'protected-housing.partner.bou',
      'protected-housing.partner.rvt',
      'protected-housing.rvt.other-municipality',
      'protected-housing.rvt.outside-partner',
      'protected-housing.rvt.partner',
      'protected-housing.rvt.rvt',
      'protected-housing.rvt.socialjouren',
      'protected-housing.socialjouren.bou',
      'protected-housing.socialjouren.outside-partner',
      'protected-housing.socialjouren.rvt',
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
    expect(reports).toHaveLength(20);
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

  it('start them with a report from whoever does not take reports, the board’s own units too (X-02, REC-11)', () => {
    for (const from of ['region', 'youth-clinic', 'partner', 'district-service', 'rvt', 'rvc'] as const)
      for (const to of ['bou', 'socialjouren'] as const) {
        const route = findRoute('child-protection', from, to);
        expect([from, to, route?.statutory.opens]).toEqual([from, to, ['D-01', 'D-02', 'D-03', 'D-04']]);
        expect(route?.wayBack.kind).toBe('onward');
      }
  });

  it('wait for no morning with a report: what closes within half an hour is passed by for socialjouren', () => {
    expect(routeById('child-protection.region.bou')?.onlyWhileOpen).toEqual({
      minutesLeft: 30,
      otherwise: 'child-protection.region.socialjouren',
    });
  });

  it('carry nothing of hers to his side, whoever works with him (R-020, R-021)', () => {
    const his = ROUTES.filter(({ matterKind }) => matterKind === 'perpetrator-change');
    expect(his.map(({ to }) => to)).toEqual(expect.arrayContaining(['partner', 'outside-partner', 'rvc']));
    for (const { audience, subject, bases } of his) {
      expect([audience, subject, bases.victim, bases.child]).toEqual([
        'perpetrator-unit',
        'alleged-perpetrator',
        undefined,
        undefined,
      ]);
    }
  });

  it('send each person to protected housing by a form of its own, and no child by hers (D-12, B5)', () => {
    for (const { form, subject } of ROUTES.filter(({ matterKind }) => matterKind === 'protected-housing'))
      expect(form).toBe(subject === 'child' ? 'child-housing-referral' : 'housing-referral');
  });

  it('arm the Region’s times: acknowledged in a working day, decided in five, seen by kind of care (REC-5)', () => {
    const times = (id: string) => {
      const { opening, acceptance, ...rest } = routeById(id)?.deadlines ?? {};
      return [opening?.rule, acceptance?.rule, rest['first-contact']?.rule];
    };
    expect(times('mental-health.bou.region')).toEqual([
      'region-receipt',
      'region-decision',
      'first-visit-child-psychiatry',
    ]);
    expect(times('mental-health.rvt.region')).toEqual([
      'region-receipt',
      'region-decision',
      'first-visit-specialist',
    ]);
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
    for (const route of ROUTES.filter(({ to }) => UNIT_KINDS[to].isOutside)) {
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
