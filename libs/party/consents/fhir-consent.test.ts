import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CONSENT_STATES, type ConsentLine, FhirConsentSchema } from '#contracts';
import { fhirConsent } from './fhir-consent.js';

const LABEL = { sv: 'Samtycke', en: 'Consent' };
const LINE: ConsentLine = {
  recordId: '0192f3a0-8d2e-4c55-9f3e-3a4d3c1b2a10',
  kind: 'answer',
  state: 'given',
  version: 2,
  basis: { code: 'X-01', label: LABEL },
  actingUnit: 'socialjouren-stockholm',
  giver: { unit: 'socialjouren-stockholm' },
  recipient: { kind: 'rvt' },
  purpose: { code: 'adult-safety', label: LABEL },
  fields: ['subject.identity'],
  answer: 'GIVEN',
  way: 'BY_PHONE',
  saidBy: 'SELF',
  saidAt: '2026-06-05T23:30:00.000Z',
  takenBy: { role: 'case-worker', unit: 'socialjouren-stockholm' },
  recordedAt: '2026-06-05T23:31:00.000Z',
  validUntil: null,
  withdrawn: null,
};
const PATIENT = '0192f3a0-8d2e-4c55-9f3e-3a4d3c1b2a11';
const TAKEN_BACK = {
  at: '2026-06-06T08:00:00.000Z',
  recordedAt: '2026-06-06T08:05:00.000Z',
  way: 'BY_PHONE',
  saidBy: 'SELF',
};

describe('a recorded answer as FHIR R4 Consent', () => {
  it('is a valid Consent whatever was answered, of whom and for how long', () => {
    const anyLine = fc
      .record({
        state: fc.constantFrom(...CONSENT_STATES),
        answer: fc.constantFrom('GIVEN' as const, 'REFUSED' as const, 'NOT_ASKED' as const),
        recipient: fc.constantFrom({ unit: 'rvt-sydvast' }, { kind: 'rvt' as const }),
        fields: fc.constantFrom('all' as const, ['subject.identity', 'told.who-what']),
        saidBy: fc.constantFrom('SELF', 'GUARDIAN', 'REPRESENTATIVE'),
        validUntil: fc.constantFrom(null, '2026-07-01T00:00:00.000Z'),
        withdrawn: fc.constantFrom(null, TAKEN_BACK),
      })
      .map((some): ConsentLine => ({ ...LINE, ...some }));
    fc.assert(
      fc.property(anyLine, (line) => {
        const resource = fhirConsent(line, PATIENT);
        expect(FhirConsentSchema.parse(JSON.parse(JSON.stringify(resource)))).toEqual(resource);
      }),
    );
  });

  it('permits only what was given, and is active only while that stands or a no does', () => {
    const of = (some: Partial<ConsentLine>) => {
      const { status, provision } = fhirConsent({ ...LINE, ...some }, PATIENT);
      return [status, provision?.type, provision?.period?.end];
    };
    expect(of({})).toEqual(['active', 'permit', undefined]);
    expect(of({ state: 'refused', answer: 'REFUSED' })).toEqual(['active', 'deny', undefined]);
    expect(of({ state: 'not-asked', answer: 'NOT_ASKED' })).toEqual(['proposed', 'deny', undefined]);
    expect(of({ state: 'withdrawn', withdrawn: TAKEN_BACK })).toEqual(['inactive', 'permit', TAKEN_BACK.at]);
    expect(of({ state: 'expired', validUntil: '2026-06-06T00:00:00.000Z' })).toEqual([
      'inactive',
      'permit',
      '2026-06-06T00:00:00.000Z',
    ]);
    expect(of({ state: 'replaced' })[0]).toBe('inactive');
    expect(of({ state: 'entered-in-error' })[0]).toBe('entered-in-error');
  });

  it('names giver, receiver, purpose and fields in the published codes', () => {
    expect(fhirConsent(LINE, PATIENT)).toMatchObject({
      id: LINE.recordId,
      meta: { versionId: '2' },
      scope: {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'patient-privacy' }],
      },
      category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'IDSCL' }] }],
      patient: { reference: `Patient/${PATIENT}` },
      performer: [{ reference: `Patient/${PATIENT}` }],
      provision: {
        actor: [
          {
            role: { coding: [{ code: 'CST' }] },
            reference: { reference: 'Organization/socialjouren-stockholm' },
          },
          { role: { coding: [{ code: 'IRCP' }] }, reference: { identifier: { value: 'rvt' } } },
        ],
        action: [
          { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentaction', code: 'disclose' }] },
        ],
        purpose: [{ code: 'adult-safety' }],
        code: [{ coding: [{ code: 'subject.identity' }] }],
      },
    });
  });
});
