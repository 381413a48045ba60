import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { projectRoot } from '../../local/state-folder.js';

const PERSONAL_NUMBER = 'http://electronichealth.se/identifier/personnummer';

const PatientSchema = z.object({
  resourceType: z.literal('Patient'),
  identifier: z.array(z.object({ system: z.string().optional(), value: z.string() })),
  name: z.array(z.object({ given: z.array(z.string()), family: z.string() })).min(1),
  birthDate: z.iso.date(),
});

/** An example patient of HL7 Sweden, as far as the story needs one. */
export interface Patient {
  readonly givenName: string;
  readonly familyName: string;
  readonly personalNumber: string;
  readonly birthDate: string;
}

/** Reads one of the copied example patients. Throws when the file is not what it was when it was copied. */
export async function readPatient(id: string): Promise<Patient> {
  const file = path.join(projectRoot(), 'infra', 'story', 'cast', 'patients', `Patient-${id}.json`);
  const { identifier, name, birthDate } = PatientSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  const personalNumber = identifier.find(({ system }) => system === PERSONAL_NUMBER)?.value;
  const [first] = name;
  if (personalNumber === undefined || first === undefined) throw new Error(`${id} has no number or no name`);
  return {
    givenName: first.given[0] ?? '',
    familyName: first.family,
    personalNumber,
    birthDate,
  };
}
