import { localDateOfInstant } from '#calendar';
import { type FormId, fieldsOf } from '../forms/index.js';
import type { SubjectRole } from '../matter/index.js';
import type { Route } from '../routes/index.js';
import { type DirectorySnapshot, isInForce, unitId, unitWithId } from '../routing/index.js';
import { keysOf } from '../wording/index.js';
import type { AskedField, DisclosureQuestion } from './disclosure-question.js';
import type { DisclosureSide } from './disclosure-side.js';
import { partsInEnvelope } from './envelope.js';
import { type FieldSetId, itemsOfSet } from './field-sets.js';

type Circumstances = Pick<DisclosureQuestion, 'surface' | 'at' | 'from' | 'to' | 'subject'> &
  Partial<Pick<DisclosureQuestion, 'records' | 'receiverMustCall' | 'disclosed'>>;

/**
 * A unit of the directory as a side of a disclosure at the instant; undefined for a unit that the directory does not
 * know. The authority is the one that answers for the unit on that day.
 */
export function sideOfUnit(snapshot: DirectorySnapshot, unit: string, at: Date): DisclosureSide | undefined {
  const found = unitWithId(snapshot, unitId(unit));
  if (found === undefined) return undefined;
  const day = localDateOfInstant(at);
  const authority = found.authorities.find((one) => isInForce(one, day)) ?? found.authorities.at(-1);
  return {
    is: 'unit',
    unit: found.id,
    kind: found.kind,
    authority: authority?.authority ?? found.id,
    inForce: isInForce(found, day),
  };
}

/** Asks about every field of the route's form: preview, send and read of an offer. */
export function questionOfRoute(route: Route, given: Circumstances): DisclosureQuestion {
  return {
    ...defaults,
    ...given,
    purpose: route.matterKind,
    audience: route.audience,
    route: { validFrom: route.validFrom, validUntil: null },
    fields: fieldsOf(route.form).map(([id, definition]) => ({
      id,
      definition,
      permitted: route.permittedFields.includes(id),
      required: route.requiredFields.includes(id),
    })),
  };
}

/**
 * Asks about every field of a form outside a route: own work, export to the authority's own case file, insight. What
 * lies in another person's file is not in this one's; a child's file never holds the parent's safe contact.
 */
export function questionOfForm(
  form: FormId,
  given: Circumstances & Pick<DisclosureQuestion, 'purpose'>,
): DisclosureQuestion {
  return {
    ...defaults,
    ...given,
    audience: null,
    route: null,
    fields: fieldsOf(form).map(([id, definition]) => ({
      id,
      definition,
      permitted: isInFile(definition, given.subject.role),
      required: false,
    })),
  };
}

/** Asks about pieces that no form carries: an outcome to a reporter, a risk to the police, the state of a handover. */
export function questionOfPieces(
  set: FieldSetId,
  given: Circumstances & Pick<DisclosureQuestion, 'purpose'>,
): DisclosureQuestion {
  const items = itemsOfSet(set) ?? {};
  return {
    ...defaults,
    ...given,
    audience: null,
    route: null,
    fields: keysOf(items).flatMap((id): AskedField[] => {
      const definition = items[id];
      return definition === undefined ? [] : [{ id, definition, permitted: true, required: false }];
    }),
  };
}

const defaults = { records: [], receiverMustCall: false, disclosed: null } as const;

function isInFile({ concerns, sealedApart }: AskedField['definition'], subject: SubjectRole): boolean {
  if (sealedApart && !concerns.some((whom) => whom === subject)) return false;
  return partsInEnvelope(concerns, subject).length > 0;
}
