import type { Persona } from './front-door.js';

const FORMS: readonly (readonly [RegExp, string])[] = [
  [/^lpo-/, 'LPO'],
  [/^rvt-/, 'RVT'],
  [/^bou-/, 'BoU'],
];

/** A unit as people say it: `BoU Skarpnäck`. The place is taken from the directory's name, since ids have no å, ä and ö. */
export function shortName({ unitId, unit }: Pick<Persona, 'unitId' | 'unit'>): string {
  const form = FORMS.find(([start]) => start.test(unitId));
  if (form === undefined) return unit.split(' ')[0] ?? unit;
  const place = unitId.replace(form[0], '');
  const words = unit.replaceAll(/[(),]/g, '').split(/\s+/);
  const said = words.find((word) => plain(word) === place);
  return `${form[1]} ${said ?? place}`;
}

function plain(word: string): string {
  return word.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
