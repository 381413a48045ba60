import { createHash } from 'node:crypto';
import type { LocalDate } from '#calendar';
import type { DirectorySnapshot, Label, PartyName, Role, Unit, UnitForm, UnitId } from '#domain';
import { ROLES } from '#domain';

/** One role at one unit, generated from the directory: not an invented person (DESIGN 12). */
export interface Persona {
  /** Such as `police-liaison-globen` or `rvt-case-worker-2-sydvast`; what `POST /dev/token` takes. */
  readonly name: string;
  /** Opaque and stable: the subject of its tokens and the `person_id` of its mandate. */
  readonly personId: string;
  readonly party: PartyName;
  readonly unit: UnitId;
  readonly role: Role;
  readonly label: Label;
  readonly validFrom: LocalDate | null;
  readonly validUntil: LocalDate | null;
}

interface Post {
  readonly role: Role;
  /** How many people hold the role, so that a decision that needs two finds two. */
  readonly count: number;
}

/** Who watches over a unit and who administers it; neither reads a matter there (DESIGN 8). */
const WATCH: readonly Post[] = [
  { role: 'auditor', count: 1 },
  { role: 'administrator', count: 1 },
];
const WORKING_UNIT: readonly Post[] = [
  { role: 'case-worker', count: 2 },
  { role: 'unit-head', count: 1 },
  ...WATCH,
];

const POSTS: { readonly [Party in PartyName]: readonly Post[] } = {
  police: [{ role: 'liaison', count: 1 }, { role: 'unit-head', count: 1 }, ...WATCH],
  socialjouren: WORKING_UNIT,
  rvt: WORKING_UNIT,
  bou: WORKING_UNIT,
  rvc: WORKING_UNIT,
  coordination: [{ role: 'coordinator', count: 1 }, ...WATCH],
  region: WORKING_UNIT,
  partner: WORKING_UNIT,
};

/** The form of unit whose prefix a persona's name leaves out: `police-liaison-globen`, not `…-lpo-globen`. */
const PLAIN_FORMS: readonly (readonly [UnitForm, RegExp])[] = [
  ['local-police-area', /^lpo-/],
  ['rvt', /^rvt-/],
  ['bou', /^bou-/],
  ['rvc', /^rvc-/],
];
/** Units that are alone in their party, so that the party's name is enough. */
const SOLE_UNITS: readonly string[] = ['socialjouren-stockholm', 'samordning-stockholm'];

/**
 * The personas of every unit that can hold a matter, or could if its service ran, and that is in force on the day
 * or later. A unit that is external for what the directory lacks has none.
 */
export function generatePersonas(snapshot: DirectorySnapshot, from: LocalDate): readonly Persona[] {
  return snapshot.units
    .filter((unit) => unit.validTo === null || unit.validTo >= from)
    .filter((unit) => unit.external.every(({ code }) => code === 'NO_RUNNING_SERVICE'))
    .flatMap((unit) => POSTS[unit.party].flatMap((post) => personasOf(unit, post)));
}

function personasOf(unit: Unit, { role, count }: Post): Persona[] {
  return Array.from({ length: count }, (_, index) => {
    const number = index === 0 ? '' : `-${index + 1}`;
    const place = placeOf(unit);
    const name = `${unit.party}-${role}${number}${place === '' ? '' : `-${place}`}`;
    const ordinal = index === 0 ? '' : ` ${index + 1}`;
    return {
      name,
      personId: `p-${createHash('sha256').update(`persona ${name}`).digest('hex').slice(0, 16)}`,
      party: unit.party,
      unit: unit.id,
      role,
      label: {
        sv: `${ROLES[role].sv}${ordinal}, ${unit.name}`,
        en: `${ROLES[role].en}${ordinal}, ${unit.name}`,
      },
      validFrom: unit.validFrom,
      validUntil: unit.validTo,
    };
  });
}

function placeOf(unit: Unit): string {
  if (SOLE_UNITS.includes(unit.id)) return '';
  const plain = PLAIN_FORMS.find(([form]) => form === unit.form);
  return plain === undefined ? unit.id : unit.id.replace(plain[1], '');
}
