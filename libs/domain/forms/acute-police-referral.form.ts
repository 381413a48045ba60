import { PERSON_FIELDS } from './acute-police-referral-persons.js';
import { type FormDefinition, field } from './field.js';

const REQUIRED = { required: true } as const;

const J_B_V = { socialjouren: 'whole', 'child-unit': 'whole', 'victim-unit': 'whole' } as const;
const PLACE = {
  socialjouren: 'whole',
  'child-unit': 'district-only',
  'victim-unit': 'district-only',
} as const;

/** forms.md 1: the acute police referral. The coordinator sees none of it. */
export const ACUTE_POLICE_REFERRAL = {
  label: { sv: 'Akut ärende från polisen', en: 'Acute police referral' },
  version: 1,
  validFrom: '2026-01-01',
  fields: {
    'incident.time': field({
      ...REQUIRED,
      label: { sv: 'Tid', en: 'Time' },
      concerns: ['incident'],
      visibleTo: PLACE,
      type: 'instant',
    }),
    'incident.place': field({
      ...REQUIRED,
      label: { sv: 'Plats', en: 'Place' },
      concerns: ['incident'],
      visibleTo: PLACE,
      type: 'place',
      tellsWhere: true,
    }),
    'incident.municipality': field({
      ...REQUIRED,
      label: { sv: 'Kommun', en: 'Municipality' },
      concerns: ['incident'],
      visibleTo: PLACE,
      type: 'place',
    }),
    'incident.on-scene': field({
      ...REQUIRED,
      label: { sv: 'Polisen på plats nu?', en: 'On scene now?' },
      concerns: ['incident'],
      visibleTo: PLACE,
      type: 'code',
      codes: 'yes-no',
    }),
    'police.callback': field({
      ...REQUIRED,
      label: { sv: 'Funktion att ringa tillbaka', en: 'Callback function' },
      concerns: ['staff'],
      visibleTo: { socialjouren: 'whole', 'child-unit': 'whole' },
      type: 'function',
    }),
    'police.reference': field({
      ...REQUIRED,
      label: { sv: 'Polisens diarienummer', en: 'Police reference' },
      concerns: ['incident'],
      visibleTo: { socialjouren: 'whole', 'child-unit': 'whole' },
      type: 'text',
      maxLength: 40,
    }),
    'danger.suspect-where': field({
      ...REQUIRED,
      label: { sv: 'Var är den misstänkte?', en: 'Where is the suspect?' },
      // A fact about her danger before it is one about him: it leaves with her consent, and J, B and V need it.
      concerns: ['incident'],
      visibleTo: J_B_V,
      type: 'code',
      codes: 'suspect-where',
    }),
    'danger.signs': field({
      ...REQUIRED,
      label: { sv: 'Farlighetstecken', en: 'Signs of danger' },
      concerns: ['incident'],
      visibleTo: J_B_V,
      type: 'codes',
      codes: 'danger',
      keepFrom: ['alleged-perpetrator'],
    }),
    'violence.codes': field({
      ...REQUIRED,
      label: { sv: 'Slag av våld', en: 'Kinds of violence' },
      concerns: ['incident'],
      visibleTo: J_B_V,
      type: 'codes',
      codes: 'violence',
      keepFrom: ['alleged-perpetrator'],
    }),

    ...PERSON_FIELDS,
    'protected.status': field({
      ...REQUIRED,
      label: { sv: 'Skyddade personuppgifter', en: 'Protected status' },
      concerns: ['victim', 'child'],
      visibleTo: { socialjouren: 'whole', 'child-unit': 'masked', 'victim-unit': 'masked' },
      type: 'code',
      codes: 'protected-status',
      source: 'register',
      keepFrom: ['alleged-perpetrator', 'guardians'],
    }),
    'protected.asserted-district': field({
      ...REQUIRED,
      label: { sv: 'Angivet stadsdelsområde', en: 'Asserted district' },
      concerns: ['victim', 'child'],
      visibleTo: { socialjouren: 'whole', 'child-unit': 'masked', 'victim-unit': 'masked' },
      type: 'place',
      source: 'named-with-value',
      keepFrom: ['alleged-perpetrator', 'guardians'],
    }),
    'attendance.necessity-and-ground': field({
      label: { sv: 'Närvaro: nödvändighet och grund', en: 'Attendance: necessity and ground' },
      concerns: ['incident'],
      visibleTo: { socialjouren: 'whole' },
      type: 'text',
    }),
    'attendance.hazards': field({
      label: { sv: 'Faror på platsen', en: 'Hazards' },
      concerns: ['incident'],
      visibleTo: { socialjouren: 'whole' },
      type: 'text',
      maxLength: 200,
    }),
    'told.who-what': field({
      ...REQUIRED,
      label: { sv: 'Vem har fått veta vad', en: 'Who was told what' },
      concerns: ['incident'],
      visibleTo: J_B_V,
      type: 'list',
      keepFrom: ['alleged-perpetrator'],
    }),
    facts: field({
      label: { sv: 'Vad som hänt, med källa', en: 'Facts, source named' },
      concerns: ['incident', 'child'],
      visibleTo: { socialjouren: 'whole', 'child-unit': 'childs-part' },
      type: 'text',
      source: 'named-with-value',
      keepFrom: ['alleged-perpetrator'],
    }),
  },
} as const satisfies FormDefinition;
export type AcutePoliceReferralField = keyof typeof ACUTE_POLICE_REFERRAL.fields;
