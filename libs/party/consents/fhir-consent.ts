import type { ConsentLine, ConsentState, FhirConsent, WirePartyScope } from '#contracts';

// FHIR R4 (4.0.1): BSeR and Gravity SDOHCC, which Handslag adapts to, are of R4; http://hl7.org/fhir/R4/consent.html

const SCOPE = 'http://terminology.hl7.org/CodeSystem/consentscope';
const ACT_CODE = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';
const PARTICIPATION = 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType';
const CONSENT_ACTION = 'http://terminology.hl7.org/CodeSystem/consentaction';
const PURPOSE = 'urn:handslag:purpose';
const FIELD = 'urn:handslag:field';
const UNIT_KIND = 'urn:handslag:unit-kind';

/** A no is an active consent that denies; what no longer holds is inactive, and what was never asked is proposed. */
const STATUS = {
  given: 'active',
  refused: 'active',
  'not-asked': 'proposed',
  withdrawn: 'inactive',
  expired: 'inactive',
  replaced: 'inactive',
  'entered-in-error': 'entered-in-error',
} as const satisfies Record<ConsentState, FhirConsent['status']>;

/** A recorded answer as a FHIR R4 Consent: coded facts and outward ids alone, nothing that was sealed. */
export function fhirConsent(line: ConsentLine, patient: string): FhirConsent {
  const person = { reference: `Patient/${patient}` };
  const isYes = line.answer === 'GIVEN';
  const until = line.withdrawn?.at ?? line.validUntil;
  return {
    resourceType: 'Consent',
    id: line.recordId,
    meta: { versionId: String(line.version), lastUpdated: line.withdrawn?.recordedAt ?? line.recordedAt },
    status: STATUS[line.state],
    scope: { coding: [{ system: SCOPE, code: 'patient-privacy' }] },
    category: [{ coding: [{ system: ACT_CODE, code: 'IDSCL', display: 'information disclosure' }] }],
    patient: person,
    dateTime: line.saidAt,
    ...(line.saidBy === 'SELF' ? { performer: [person] } : {}),
    organization: [{ reference: `Organization/${line.actingUnit}` }],
    policyRule: {
      coding: [{ system: ACT_CODE, code: isYes ? 'OPTIN' : 'OPTOUT' }],
      text: line.basis.label.sv,
    },
    provision: {
      type: isYes ? 'permit' : 'deny',
      period: { start: line.saidAt, ...(until === null ? {} : { end: until }) },
      actor: [actor('CST', line.giver), actor('IRCP', line.recipient)],
      action: [{ coding: [{ system: CONSENT_ACTION, code: 'disclose' }] }],
      purpose: [{ system: PURPOSE, code: line.purpose.code, display: line.purpose.label.sv }],
      ...(line.fields === 'all'
        ? {}
        : { code: line.fields.map((code) => ({ coding: [{ system: FIELD, code }] })) }),
    },
  };
}

function actor(role: 'CST' | 'IRCP', scope: WirePartyScope) {
  return {
    role: { coding: [{ system: PARTICIPATION, code: role }] },
    reference:
      'unit' in scope
        ? { reference: `Organization/${scope.unit}` }
        : { type: 'Organization', identifier: { system: UNIT_KIND, value: scope.kind } },
  };
}
