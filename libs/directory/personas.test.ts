import { beforeAll, describe, expect, it } from '@jest/globals';
import { localDateOf } from '#calendar';
import type { DirectorySnapshot } from '#domain';
import {
  formatRefusals,
  generatePersonas,
  type Persona,
  shippedDataFolder,
  snapshotFromFiles,
} from './index.js';

let directory: DirectorySnapshot;
let personas: readonly Persona[];

beforeAll(async () => {
  const read = await snapshotFromFiles(await shippedDataFolder());
  if (!read.ok) throw new Error(formatRefusals(read.refusals, 'en'));
  directory = read.value;
  personas = generatePersonas(directory, localDateOf(2026, 11, 22));
});

const named = (name: string) => personas.find((persona) => persona.name === name);

describe('the personas', () => {
  it.each([
    ['police-liaison-globen', 'lpo-globen', 'liaison'],
    ['socialjouren-case-worker', 'socialjouren-stockholm', 'case-worker'],
    ['socialjouren-unit-head', 'socialjouren-stockholm', 'unit-head'],
    ['rvt-case-worker-sydvast', 'rvt-sydvast', 'case-worker'],
    ['rvt-case-worker-2-sydvast', 'rvt-sydvast', 'case-worker'],
    ['rvc-case-worker-sydvast', 'rvc-sydvast', 'case-worker'],
    ['bou-unit-head-skarpnack', 'bou-skarpnack', 'unit-head'],
    ['region-case-worker-bup-oppenvard-soderort', 'bup-oppenvard-soderort', 'case-worker'],
    ['partner-case-worker-familjeratt-farsta', 'familjeratt-farsta', 'case-worker'],
    ['coordination-coordinator', 'samordning-stockholm', 'coordinator'],
    ['coordination-auditor', 'samordning-stockholm', 'auditor'],
    ['coordination-administrator', 'samordning-stockholm', 'administrator'],
  ])('have %s at %s as %s', (name, unit, role) => {
    expect(named(name)).toMatchObject({ unit, role });
  });

  it('have names and person ids of their own, and an id tells nothing', () => {
    expect(new Set(personas.map(({ name }) => name)).size).toBe(personas.length);
    expect(new Set(personas.map(({ personId }) => personId)).size).toBe(personas.length);
    for (const { personId } of personas) expect(personId).toMatch(/^p-[0-9a-f]{16}$/);
  });

  it('are the same at every start', () => {
    expect(generatePersonas(directory, localDateOf(2026, 11, 22))).toEqual(personas);
    expect(named('police-liaison-globen')?.personId).toBe('p-0ea932f0eb8e3226');
  });

  it('leave out ended units, other municipalities and units whose hours or stand-in nobody knows', () => {
    const units = new Set(personas.map(({ unit }): string => unit));
    for (const id of [
      'rvt-norrmalm',
      'lpo-norrmalm',
      'socialjouren-sodertalje',
      'socialtjanst-nacka',
      'kvinnojour-ideell',
      'manscentrum',
    ]) {
      expect(units).not.toContain(id);
    }
    expect(generatePersonas(directory, localDateOf(2021, 10, 1)).map(({ unit }): string => unit)).toContain(
      'rvt-norrmalm',
    );
  });
});
