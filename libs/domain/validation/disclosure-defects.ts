import { basesBetween, CONDITIONS, EVERYONE, type MatrixRow, PURPOSES } from '../disclosure/index.js';
import { isLabelled, keysOf } from '../wording/index.js';
import type { DomainData } from './domain-data.js';

const ISO_DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The disclosure matrix is whole: rows rest on bases, bases say who decides and what they ask, refusals say why. */
export function disclosureDefects(data: DomainData): string[] {
  return [...rowDefects(data), ...basisDefects(data), ...refusalDefects(data), ...routeDefects(data)];
}

function rowDefects({ matrix, bases }: DomainData): string[] {
  const ids = matrix.map(({ id }) => id);
  return [
    ...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `disclosure row ${id} exists twice`),
    ...matrix.flatMap((row) =>
      [
        ...(bases[row.basis] === undefined ? [`rests on ${row.basis}, which does not exist`] : []),
        ...(row.id.startsWith(`${row.basis}/`) ? [] : ['is not named after its basis']),
        ...(row.purposes.every((purpose) => Object.hasOwn(PURPOSES, purpose)) ? [] : ['has no such purpose']),
        ...(namesSomebody(row.from) && namesSomebody(row.to) ? [] : ['is a way between nobodies']),
        ...(row.opens.concerns.length > 0 ? [] : ['opens for nobody']),
        ...wallDefects(row),
      ].map((defect) => `disclosure row ${row.id}: ${defect}`),
    ),
  ];
}

/** His matter never opens hers, whatever it rests on (C6). */
function wallDefects({ subjects, opens, purposes }: MatrixRow): string[] {
  const isHisAlone = subjects.every((role) => role === 'alleged-perpetrator');
  const opensHers = opens.concerns.some((whom) => whom === 'victim' || whom === 'child');
  return isHisAlone && opensHers && purposes.includes('perpetrator-change')
    ? ["opens a victim's or a child's information in his matter"]
    : [];
}

function basisDefects({ bases, matrix }: DomainData): string[] {
  const asked = new Set(Object.values(bases).flatMap(({ conditions }) => conditions));
  return [
    ...Object.entries(bases).flatMap(([id, basis]) =>
      [
        ...(isLabelled(basis.text) ? [] : ['has no text in both languages']),
        ...(matrix.some((row) => row.basis === id) ? [] : ['opens nothing']),
        ...[basis.validFrom, basis.validUntil].flatMap((day) =>
          day === null || ISO_DAY.test(day) ? [] : [`holds from or until ${day}, which is no day`],
        ),
        ...(basis.kind === 'consent' && basis.decidedBy.by !== 'the-person'
          ? ['is a consent that others give']
          : []),
        ...(basis.kind === 'individual-decision' && basis.decidedBy.by !== 'role'
          ? ['is a decision that nobody may make']
          : []),
        ...((basis.isUnclear || basis.tag === 'U') && basis.kind !== 'individual-decision'
          ? ['is unclear in law and no recorded decision']
          : []),
      ].map((defect) => `basis ${id} ${defect}`),
    ),
    ...keysOf(CONDITIONS)
      .filter((id) => !asked.has(id))
      .map((id) => `condition ${id} is asked by no basis`),
    ...keysOf(CONDITIONS)
      .filter((id) => !isLabelled(CONDITIONS[id].label))
      .map((id) => `condition ${id} is not labelled in both languages`),
  ];
}

function refusalDefects({ notUsable }: DomainData): string[] {
  return notUsable.flatMap(({ id, rule, lawfulIf, source }) =>
    isLabelled(rule) && isLabelled(lawfulIf) && source !== ''
      ? []
      : [`disclosure refusal ${id} does not say which rule, or what would make it lawful`],
  );
}

/** What opens on a route is said by the matrix and nowhere else. */
function routeDefects({ routes }: DomainData): string[] {
  return routes.flatMap(({ id, bases, from, to, subject, matterKind }) => {
    const said = basesBetween(from, to, subject, matterKind);
    const differs = EVERYONE.some(
      (whom) => JSON.stringify(bases[whom] ?? []) !== JSON.stringify(said[whom] ?? []),
    );
    return differs ? [`route ${id}: its bases are not those of the disclosure matrix`] : [];
  });
}

function namesSomebody({ authorities = [], units = [], persons = [] }: MatrixRow['from']): boolean {
  return authorities.length + units.length + persons.length > 0;
}
