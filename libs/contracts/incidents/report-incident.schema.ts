import { z } from 'zod';
import { CODE_SETS, keysOf } from '#domain';
import {
  PersonRefSchema,
  ReportedChildSchema,
  ReportedSuspectSchema,
  ReportedVictimSchema,
  SafeContactSchema,
} from '../persons/index.js';
import { InstantSchema, LocalDaySchema, orUnknown, shortText, UnitIdSchema } from '../wire/index.js';

export const INCIDENT_KINDS = ['call-out', 'concern-report', 'self-referral'] as const;

/** R time, place, municipality, on scene now? (forms.md 1). */
export const IncidentPlaceSchema = z
  .object({
    municipality: orUnknown(shortText(60)),
    subdistrict: orUnknown(shortText(60)).meta({
      description: 'Stadsdel or postal town',
      example: 'Johanneshov',
    }),
    address: orUnknown(shortText(200)),
    onSceneNow: orUnknown(z.boolean()),
  })
  .meta({ id: 'IncidentPlace' });

/** R danger: where the suspect is, and the five signs that raise the risk. */
export const DangerSchema = z
  .object({
    suspectIs: orUnknown(z.enum(keysOf(CODE_SETS['suspect-where']))),
    weapon: orUnknown(z.boolean()),
    strangulation: orUnknown(z.boolean()),
    deathThreat: orUnknown(z.boolean()),
    pregnancy: orUnknown(z.boolean()),
    separation: orUnknown(z.boolean()),
  })
  .meta({ id: 'Danger' });

/** R callback: a function, never a person's private number. */
export const CallbackSchema = z
  .object({ function: shortText(120), number: orUnknown(shortText(40)) })
  .meta({ id: 'Callback' });

/** Attendance by socialjouren as the police see the need for it. */
export const AttendanceNeedSchema = z
  .object({
    necessity: orUnknown(shortText(300)),
    ground: orUnknown(shortText(200)),
    hazards: orUnknown(shortText(300)),
  })
  .meta({ id: 'AttendanceNeed' });

/** R who was told what. */
export const ToldSchema = z
  .object({ person: PersonRefSchema, what: shortText(200), by: orUnknown(shortText(120)) })
  .meta({ id: 'Told' });

/** At most 500 characters, with the source named. */
export const FactsSchema = z.object({ text: shortText(500), source: shortText(120) }).meta({ id: 'Facts' });

/** The acute referral of forms.md 1. Every R key must be there; every one of them may be "unknown". */
export const ReportIncidentSchema = z
  .object({
    actingUnit: UnitIdSchema,
    kind: z.enum(INCIDENT_KINDS),
    occurredAt: orUnknown(InstantSchema),
    occurredOn: LocalDaySchema.optional().meta({ description: 'When only the day is known' }),
    takenByPhone: z
      .boolean()
      .default(false)
      .meta({ description: 'Registered by the receiver from a call; linked to the police report later' }),
    place: IncidentPlaceSchema,
    callback: orUnknown(CallbackSchema),
    policeReference: orUnknown(shortText(60)),
    danger: DangerSchema,
    violence: orUnknown(z.array(z.enum(keysOf(CODE_SETS.violence))).max(20)),
    children: z.array(ReportedChildSchema).max(20),
    victims: z.array(ReportedVictimSchema).max(10),
    suspects: z.array(ReportedSuspectSchema).max(10),
    safeContacts: z.array(SafeContactSchema).max(10).default([]),
    attendance: orUnknown(AttendanceNeedSchema).optional(),
    injuries: orUnknown(shortText(300)).optional(),
    careGiven: orUnknown(shortText(300)).optional(),
    contactBanRequested: orUnknown(z.boolean()).optional(),
    specialRepresentativeRequested: orUnknown(z.boolean()).optional(),
    told: orUnknown(z.array(ToldSchema).max(40)),
    facts: orUnknown(FactsSchema).optional(),
  })
  .superRefine((report, context) => {
    const people = [...report.children, ...report.victims, ...report.suspects].map(({ ref }) => ref);
    const complain = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    people.forEach((ref, index) => {
      if (people.indexOf(ref) !== index) complain(['children'], `two persons are called ${ref}`);
    });
    if (report.children.length + report.victims.length === 0) {
      complain(['victims'], 'name at least one victim or child; everything about them may be "unknown"');
    }
    const victims = report.victims.map(({ ref }) => ref);
    report.safeContacts.forEach(({ person }, index) => {
      if (!victims.includes(person))
        complain(['safeContacts', index, 'person'], 'is not a victim of this report');
    });
    if (report.told !== 'unknown') {
      report.told.forEach(({ person }, index) => {
        if (!people.includes(person)) complain(['told', index, 'person'], 'is not in this report');
      });
    }
    report.suspects.forEach(({ guardianOf }, index) => {
      if (guardianOf === 'unknown') return;
      const children = report.children.map(({ ref }) => ref);
      if (!guardianOf.every((ref) => children.includes(ref)))
        complain(['suspects', index, 'guardianOf'], 'names a child that is not in this report');
    });
  })
  .meta({ id: 'ReportIncident' });
export type ReportIncident = z.infer<typeof ReportIncidentSchema>;
