import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { FhirConsentSchema } from './fhir-consent.schema.js';

const published = async (name: string): Promise<unknown> =>
  JSON.parse(await readFile(new URL(`./fixtures/${name}.json`, import.meta.url), 'utf8'));

describe('the shape of a FHIR R4 Consent', () => {
  it.each(['bser-consent', 'sdohcc-consent'])('takes the published %s as it is', async (name) => {
    const resource = await published(name);
    expect(FhirConsentSchema.parse(resource)).toEqual(resource);
  });

  it.each([
    ['a status that R4 does not have', { status: 'given' }],
    ['a kind of provision that R4 does not have', { provision: { type: 'allow' } }],
    ['no scope', { scope: undefined }],
    ['no category', { category: [] }],
    ['no policy (ppc-1)', { policyRule: undefined }],
    ['an actor without a reference', { provision: { type: 'permit', actor: [{ role: { text: 'x' } }] } }],
    ['an empty reference (ele-1)', { patient: {} }],
    ['an element that R4 does not have', { reason: 'x' }],
    ['a day that is none', { dateTime: 'i går' }],
  ])('refuses %s', async (_, some) => {
    const resource = await published('bser-consent');
    if (typeof resource !== 'object') throw new Error('not an object');
    expect(FhirConsentSchema.safeParse({ ...resource, ...some }).success).toBe(false);
  });
});
