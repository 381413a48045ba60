import type { Canaries } from '../stage/canaries.js';
import { type Patient, readPatient } from './patient.js';

export interface Adult {
  readonly ref: string;
  readonly name: string;
  readonly number: string;
  readonly birthDate: string;
  readonly address: string;
  readonly subdistrict: string;
}

export interface Child {
  readonly ref: string;
  readonly name: string;
  readonly birthDate: string;
  readonly subdistrict: string;
  readonly whereNow: string;
}

/** The people of the night. Everything that is written about them carries a word of this run. */
export interface Cast {
  readonly victim: Adult;
  readonly suspect: Adult;
  /** Lives with her in Älvsjö. */
  readonly younger: Child;
  /** Lives with a grandmother in Skarpnäck, and was there that night. */
  readonly elder: Child;
}

/** Two example patients of HL7 Sweden, and two children who have a birth date and no number. */
export async function makeCast(canaries: Canaries): Promise<Cast> {
  const [katja, andreas] = await Promise.all([
    readPatient('PatientExample200302022389'),
    readPatient('PatientExample199002222397'),
  ]);
  const adult = (ref: string, patient: Patient, subdistrict: string): Adult => ({
    ref,
    name: `${patient.givenName} ${patient.familyName} ${canaries.word(`${ref}.name`)}`,
    number: canaries.keep(`${ref}.number`, patient.personalNumber),
    birthDate: canaries.keep(`${ref}.birthDate`, patient.birthDate),
    address: `${canaries.word(`${ref}.address`)}gränd 3`,
    subdistrict,
  });
  const child = (ref: string, givenName: string, birthDate: string, subdistrict: string): Child => ({
    ref,
    name: `${givenName} ${katja.familyName} ${canaries.word(`${ref}.name`)}`,
    birthDate: canaries.keep(`${ref}.birthDate`, birthDate),
    subdistrict,
    whereNow: `hos en granne, ${canaries.word(`${ref}.whereNow`)}`,
  });
  return {
    victim: adult('mother', katja, 'Älvsjö'),
    suspect: adult('suspect', andreas, 'Farsta'),
    younger: child('child-1', 'Sam', '2024-04-17', 'Älvsjö'),
    elder: child('child-2', 'Alex', '2021-09-08', 'Skarpnäck'),
  };
}
