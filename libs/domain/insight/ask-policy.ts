import {
  type DisclosureSide,
  decideDisclosure,
  type FieldVerdict,
  type PersonCapacity,
  questionOfForm,
  type WithheldReason,
} from '../disclosure/index.js';
import { type FieldDefinition, FORMS, fieldOf } from '../forms/index.js';
import { keysOf } from '../wording/index.js';
import type { InsightCapacity, InsightPerson, InsightReader } from './insight-reader.js';

const CAPACITIES = {
  subject: 'the-person',
  guardian: 'guardian',
  counsel: 'counsel',
  public: 'public',
} as const satisfies Record<InsightCapacity, PersonCapacity>;

/** Insight is answered by whichever authority has the file; the matrix opens the same for each of them. */
const FROM: DisclosureSide = { is: 'authority', kind: 'social-board' };

/** A field, and the persons whom the answer at hand names; none where it is everybody of the field's roles. */
interface AskedAnswer {
  readonly field: string;
  readonly concerns: readonly string[];
}

/**
 * What the one policy of disclosure says of a field in this person's file for this reader: why it stays, or null where a
 * basis could open it. A field that no form has is not the policy's to know; what of it may be shown is said by the rules.
 */
export function policyWithholds(
  { field, concerns }: AskedAnswer,
  persons: readonly InsightPerson[],
  reader: InsightReader,
  at: Date,
): WithheldReason | null {
  const file = persons.find(({ id }) => id === reader.fileOf);
  const forms = keysOf(FORMS).filter((form) => fieldOf(form, field) !== undefined);
  if (forms.length === 0) return null;
  // Whose file it is nobody knows: nothing can be opened by whose it is.
  if (file === undefined) return 'NO_BASIS_FOR_CONCERNED';
  const verdicts = forms.flatMap((form): FieldVerdict[] => {
    const question = questionOfForm(form, {
      surface: 'insight',
      purpose: 'insight',
      at,
      from: FROM,
      to: sideOfReader(reader, persons),
      subject: { role: file.role, age: file.age, protectedIdentity: protectedAs(file) },
    });
    const fields = question.fields
      .filter(({ id }) => id === field)
      .map((asked) => ({ ...asked, definition: about(asked.definition, concerns, persons) }));
    return [...decideDisclosure({ ...question, fields }).fields];
  });
  // The same field in two forms keeps the secrecy of both.
  const stays = verdicts.flatMap((one) => (one.verdict === 'withheld' ? [one.why] : []));
  return (
    stays.find((why) => NEVER.includes(why)) ?? (stays.length === forms.length ? (stays[0] ?? null) : null)
  );
}

/** The field as this answer uses it: a field about mother and child is about her alone where it names her alone. */
function about(
  definition: FieldDefinition,
  concerns: readonly string[],
  persons: readonly InsightPerson[],
): FieldDefinition {
  const roles = persons.filter(({ id }) => concerns.includes(id)).map(({ role }) => role);
  const [first, ...others] = definition.concerns.filter((whom) => roles.some((role) => role === whom));
  return first === undefined ? definition : { ...definition, concerns: [first, ...others] };
}

/** What no decision lifts. */
const NEVER: readonly WithheldReason[] = ['KEPT_FROM_RECEIVER', 'OTHER_SIDE', 'PROTECTED_IDENTITY'];

/** Whether no decision about the field lifts it. */
export function isNeverLifted(why: WithheldReason): boolean {
  return NEVER.includes(why);
}

function sideOfReader(
  { capacity, isPerson }: InsightReader,
  persons: readonly InsightPerson[],
): DisclosureSide {
  const role = persons.find(({ id }) => id === isPerson)?.role;
  return {
    is: 'person',
    capacity: CAPACITIES[capacity],
    ...(capacity === 'guardian' && role !== undefined ? { isPerson: role } : {}),
  };
}

function protectedAs({ protectedStatus }: InsightPerson): 'no' | 'yes' | 'unreadable' {
  if (protectedStatus === 'NO') return 'no';
  return protectedStatus === 'YES' ? 'yes' : 'unreadable';
}
