import { type FieldDefinition, type FormDefinition, field } from './field.js';

const OURS = { source: 'social-service' } as const satisfies Partial<FieldDefinition>;

/** Socialjouren reads what it wrote when a matter is handed back to it. */
const B = { 'child-unit': 'whole', socialjouren: 'whole' } as const;
const B_V = { 'child-unit': 'whole', 'victim-unit': 'whole', socialjouren: 'whole' } as const;
const OWN_PART = {
  'child-unit': 'own-recipient',
  'victim-unit': 'own-recipient',
  socialjouren: 'own-recipient',
} as const;
/** What an executor that is commissioned with support needs beside its own part (R-005, REC-8). */
const SUPPORT = { 'support-unit': 'own-recipient' } as const;

/** forms.md 2: the morning handover, one per person; also what a hand-back or hand-on between social units carries. */
export const MORNING_HANDOVER = {
  label: { sv: 'Morgonöverlämning', en: 'Morning handover' },
  version: 1,
  validFrom: '2026-01-01',
  fields: {
    'assessment.outcome': field({
      ...OURS,
      label: { sv: 'Skyddsbedömning: utfall', en: 'Protection assessment: outcome' },
      concerns: ['child'],
      visibleTo: B,
      type: 'code',
      codes: 'protection-outcome',
      required: true,
    }),
    'assessment.reasons': field({
      ...OURS,
      label: { sv: 'Skyddsbedömning: skäl', en: 'Protection assessment: reasons' },
      concerns: ['child'],
      visibleTo: B,
      type: 'text',
      maxLength: 2000,
      required: true,
    }),
    'assessment.child-heard': field({
      ...OURS,
      label: { sv: 'Har barnet fått komma till tals?', en: 'Child heard?' },
      concerns: ['child'],
      visibleTo: B,
      type: 'code',
      codes: 'yes-no',
      required: true,
    }),
    'assessment.assessor': field({
      ...OURS,
      label: { sv: 'Bedömt av (funktion)', en: 'Assessor (function)' },
      // Part of the child's assessment: an adult's handover has none, and is not asked for one.
      concerns: ['child'],
      visibleTo: B,
      type: 'function',
      required: true,
    }),
    'assessment.time': field({
      ...OURS,
      label: { sv: 'Tid för bedömningen', en: 'Time of assessment' },
      concerns: ['child'],
      visibleTo: B,
      type: 'instant',
      required: true,
    }),
    'subject.identity': field({
      ...OURS,
      label: { sv: 'Personen', en: 'The person' },
      concerns: ['victim', 'child'],
      visibleTo: { ...B_V, ...SUPPORT },
      type: 'person',
      required: true,
    }),
    'done-decided-promised': field({
      ...OURS,
      label: { sv: 'Gjort, beslutat, lovat', en: 'Done, decided, promised' },
      concerns: ['victim', 'child'],
      visibleTo: { ...OWN_PART, ...SUPPORT },
      type: 'text',
      maxLength: 2000,
      repeats: 'per-recipient',
      keepFrom: ['alleged-perpetrator'],
    }),
    whereabouts: field({
      ...OURS,
      label: { sv: 'Vistelseort, hur länge, hemlig för', en: 'Whereabouts, until when, kept from whom' },
      concerns: ['victim', 'child'],
      visibleTo: B_V,
      type: 'text',
      sealedApart: true,
      tellsWhere: true,
      keepFrom: ['alleged-perpetrator', 'guardians', 'region'],
    }),
    'running-deadlines': field({
      ...OURS,
      label: { sv: 'Löpande tider, förfallodag, domstol', en: 'Running deadlines, lapse day, court' },
      concerns: ['victim', 'child'],
      visibleTo: B_V,
      type: 'list',
    }),
    'needed-before': field({
      ...OURS,
      label: { sv: 'Före vilket klockslag i dag', en: 'Before what hour today' },
      concerns: ['victim', 'child'],
      visibleTo: B_V,
      type: 'instant',
    }),
    'told.who-what': field({
      ...OURS,
      label: { sv: 'Underrättad / inte / får inte underrättas', en: 'Told / not told / must not be told' },
      concerns: ['incident'],
      visibleTo: { ...B_V, ...SUPPORT },
      type: 'list',
      keepFrom: ['alleged-perpetrator'],
      required: true,
    }),
    'consent-and-basis': field({
      ...OURS,
      label: { sv: 'Samtycke och grund per mottagare', en: 'Consent and basis per recipient' },
      concerns: ['victim', 'child'],
      visibleTo: { ...OWN_PART, ...SUPPORT },
      type: 'list',
      repeats: 'per-recipient',
      required: true,
    }),
    'guardianship-and-residence': field({
      ...OURS,
      label: { sv: 'Vårdnad; grund för boendet', en: 'Guardianship; basis of residence' },
      concerns: ['child'],
      visibleTo: B,
      type: 'code',
      codes: 'residence-basis',
    }),
    'suspect.status': field({
      ...OURS,
      label: { sv: 'Misstänkts status, nästa beslut', en: "Suspect's status, next decision time" },
      concerns: ['alleged-perpetrator'],
      visibleTo: B_V,
      type: 'text',
      maxLength: 200,
    }),
    'open-questions': field({
      ...OURS,
      label: { sv: 'Obekräftat, öppna frågor', en: 'Unverified, open questions' },
      concerns: ['victim', 'child'],
      visibleTo: OWN_PART,
      type: 'text',
      repeats: 'per-recipient',
      keepFrom: ['alleged-perpetrator'],
    }),
    'safe-contact.card': field({
      ...OURS,
      label: { sv: 'Säker kontakt', en: 'Safe contact' },
      concerns: ['victim'],
      visibleTo: {
        'victim-unit': 'whole',
        socialjouren: 'whole',
        'support-unit': 'whole',
        'child-unit': 'when-it-must-call',
      },
      type: 'list',
      source: 'victim',
      sealedApart: true,
      keepFrom: ['alleged-perpetrator', 'guardians'],
    }),
    'siblings.units': field({
      ...OURS,
      label: { sv: 'Syskons BoU', en: "Siblings' BoU" },
      concerns: ['child'],
      visibleTo: { 'child-unit': 'whole', socialjouren: 'whole' },
      type: 'list',
      keepFrom: ['alleged-perpetrator', 'guardians'],
    }),
    callbacks: field({
      ...OURS,
      label: { sv: 'Att ringa dagtid: socialjouren, polisen', en: 'Callbacks by day: socialjouren, police' },
      concerns: ['staff'],
      visibleTo: { ...B_V, ...SUPPORT },
      type: 'list',
    }),
  },
} as const satisfies FormDefinition;
export type MorningHandoverField = keyof typeof MORNING_HANDOVER.fields;
