import { z } from 'zod';
import { PersonRefSchema } from '../persons/index.js';
import {
  InstantSchema,
  LabelSchema,
  OutwardIdSchema,
  UnitIdSchema,
  UuidSchema,
  VersionSchema,
} from '../wire/index.js';
import { INCIDENT_KINDS } from './report-incident.schema.js';

/** What was kept although it does not hold: the sender reads it in the answer and may correct it later. */
export const ReportNoticeSchema = z
  .object({
    code: z.enum(['NUMBER_UNVERIFIED', 'ADULT_REPORTED_AS_CHILD', 'PLACE_NOT_FOUND']),
    ref: PersonRefSchema.nullable(),
    text: LabelSchema,
  })
  .meta({ id: 'ReportNotice' });
export type ReportNotice = z.infer<typeof ReportNoticeSchema>;

/** A number to ring, always on the screen (forms.md 1). */
export const RingSchema = z
  .object({ unit: UnitIdSchema, number: z.string(), isPlaceholder: z.boolean() })
  .meta({ id: 'Ring' });

const OpenedMatterSchema = z
  .object({
    matterId: UuidSchema,
    kind: z.string(),
    version: VersionSchema,
    subjectId: OutwardIdSchema,
    ref: PersonRefSchema,
    sendBy: InstantSchema.nullable().meta({ description: 'When the handoff must have been sent' }),
  })
  .meta({ id: 'OpenedMatter' });

/** The answer to a report: committed, and nobody can lose it. */
export const ReportedIncidentSchema = z
  .object({
    incidentId: OutwardIdSchema,
    recordedAt: InstantSchema,
    matters: z.array(OpenedMatterSchema),
    subjects: z.array(z.object({ ref: PersonRefSchema, role: z.string(), subjectId: OutwardIdSchema })),
    notices: z.array(ReportNoticeSchema),
    ring: RingSchema.nullable(),
  })
  .meta({ id: 'ReportedIncident' });
export type ReportedIncident = z.infer<typeof ReportedIncidentSchema>;

/** An incident as the unit that reads it may see it; content is read by its own door. */
export const IncidentViewSchema = z
  .object({
    incidentId: OutwardIdSchema,
    kind: z.enum(INCIDENT_KINDS),
    recordedAt: InstantSchema,
    matters: z.array(
      z.object({
        matterId: UuidSchema,
        kind: z.string(),
        phase: z.string(),
        version: VersionSchema,
        subjectId: OutwardIdSchema,
        holds: z.boolean().meta({ description: 'Your unit answers for it now' }),
      }),
    ),
  })
  .meta({ id: 'IncidentView' });
export type IncidentView = z.infer<typeof IncidentViewSchema>;
