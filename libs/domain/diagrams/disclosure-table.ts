import {
  AUTHORITY_KINDS,
  BASES,
  basisWithId,
  CONDITIONS,
  type Decider,
  DISCLOSURE_MATRIX,
  FIELD_SETS,
  NOT_USABLE,
  PERSON_CAPACITIES,
  PURPOSES,
  type SidePattern,
} from '../disclosure/index.js';
import { SUBJECT_ROLES } from '../matter/index.js';
import { ROLES, UNIT_KINDS } from '../units/index.js';
import { keysOf } from '../wording/index.js';

/** Who may tell whom what about whom, for what, on which basis: every row of the matrix. */
export function matrixTable(): string {
  return table(
    ['row', 'from', 'to', 'about', 'for', 'basis', 'how', 'opens', 'of whom'],
    DISCLOSURE_MATRIX.map(({ id, basis, from, to, subjects, purposes, opens }) => [
      `\`${id}\``,
      sideText(from),
      sideText(to),
      subjects.map((role) => SUBJECT_ROLES[role].en).join(', '),
      purposes.map((purpose) => PURPOSES[purpose].en).join(', '),
      basis,
      basisWithId(basis).kind,
      FIELD_SETS[opens.set].label.en,
      opens.concerns.join(', '),
    ]),
  );
}

/** The bases in words, with who may decide, what each asks and when it holds. */
export function basisTable(): string {
  return table(
    ['basis', 'in Swedish', 'in English', 'source', 'tag', 'who decides', 'asks', 'holds'],
    keysOf(BASES).map((id) => {
      const { label, text, source, tag, decidedBy, conditions, validFrom, validUntil } = basisWithId(id);
      return [
        `**${id}**`,
        `${label.sv}. ${text.sv}`,
        `${label.en}. ${text.en}`,
        source,
        tag,
        deciderText(decidedBy),
        conditions.map((one) => `${CONDITIONS[one].label.en} (${CONDITIONS[one].how})`).join('<br>') || '–',
        `${validFrom ?? '…'} – ${validUntil ?? '…'}`,
      ];
    }),
  );
}

/** What is no basis, by which rule, and what would make it lawful. */
export function notUsableTable(): string {
  return table(
    ['refusal', 'from', 'to', 'rule', 'lawful if', 'source', 'holds'],
    NOT_USABLE.map(({ id, from, to, rule, lawfulIf, source, validFrom, validUntil }) => [
      `\`${id}\``,
      sideText(from),
      sideText(to),
      rule.en,
      lawfulIf.en,
      source,
      `${validFrom ?? '…'} – ${validUntil ?? '…'}`,
    ]),
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function sideText({ authorities = [], units, persons = [] }: SidePattern): string {
  const named =
    units?.map((kind) => UNIT_KINDS[kind].label.en) ?? authorities.map((kind) => AUTHORITY_KINDS[kind].en);
  return [...named, ...persons.map((one) => PERSON_CAPACITIES[one].en)].join(', ');
}

function deciderText(decider: Decider): string {
  switch (decider.by) {
    case 'law':
      return 'nobody: by law';
    case 'the-person':
      return 'the person';
    case 'role':
      return decider.roles.map((role) => ROLES[role].en).join(', ');
  }
}
