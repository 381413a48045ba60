import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import type { RegisterExtract } from '#contracts';
import {
  accessInWords,
  BASES,
  type DirectorySnapshot,
  type ExtractAsker,
  functionInWords,
  isBasisId,
  isStaffFunction,
  keysOf,
  type Label,
  MATTER_KINDS,
  type MatterKind,
  unitInWords,
  unitWithId,
} from '#domain';

const FunctionSchema = z.string().refine(isStaffFunction);
const AccessRowsSchema = z.array(
  z.object({
    at: z.date(),
    kind: z.enum(['command', 'reading']),
    action: z.string(),
    unit_id: z.string().nullable(),
    by_function: FunctionSchema,
  }),
);
const DisclosureRowsSchema = z.array(
  z.object({
    disclosed_at: z.date(),
    to_unit: z.string(),
    purpose: z.string(),
    basis: z.string(),
    from_unit: z.string(),
    by_function: FunctionSchema,
  }),
);

export interface ExtractAsked {
  readonly unit: string;
  readonly subjectId: string;
  readonly until: Date;
  readonly askedBy: ExtractAsker;
}

/**
 * Every access and disclosure of a person's own matters that the unit's authority has in its audit, oldest first. Staff come
 * from the record as functions; nothing here ever held a person's id.
 */
export async function accessesOfSubject(
  manager: EntityManager,
  snapshot: DirectorySnapshot,
  { unit, subjectId, until, askedBy }: ExtractAsked,
): Promise<Pick<RegisterExtract, 'accesses' | 'disclosures'>> {
  const accesses: unknown = await manager.query(
    'select * from custody.accesses_of_subject($1, $2, $3) a order by a.at, a.action',
    [unit, subjectId, until],
  );
  const disclosures: unknown = await manager.query(
    'select * from custody.disclosures_of_subject($1, $2, $3) d order by d.disclosed_at',
    [unit, subjectId, until],
  );
  const named = (id: string | null, purpose: MatterKind | null): Label => {
    const known = id === null ? undefined : unitWithId(snapshot, id);
    return known === undefined ? UNKNOWN_UNIT : unitInWords(known, askedBy, purpose);
  };
  return {
    accesses: AccessRowsSchema.parse(accesses).map(({ at, kind, action, unit_id, by_function }) => ({
      at: at.toISOString(),
      kind,
      what: accessInWords(kind, action),
      byFunction: functionInWords(by_function),
      unit: named(unit_id, null),
    })),
    disclosures: DisclosureRowsSchema.parse(disclosures).map((row) => {
      const purpose = keysOf(MATTER_KINDS).find((kind) => kind === row.purpose) ?? null;
      const basis = isBasisId(row.basis) ? BASES[row.basis] : null;
      return {
        at: row.disclosed_at.toISOString(),
        toUnit: named(row.to_unit, purpose),
        purpose: purpose === null ? OTHER_PURPOSE : MATTER_KINDS[purpose].label,
        basis: basis?.label ?? { sv: row.basis, en: row.basis },
        source: basis?.source ?? '',
        byFunction: functionInWords(row.by_function),
        unit: named(row.from_unit, null),
      };
    }),
  };
}

const UNKNOWN_UNIT: Label = { sv: 'En verksamhet', en: 'A service' };
const OTHER_PURPOSE: Label = { sv: 'Annat ändamål', en: 'Another purpose' };
