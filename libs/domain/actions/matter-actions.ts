import type { MatterAction } from '../matter/index.js';
import type { Role } from '../units/index.js';
import type { MatterActionDefinition } from './action.js';

const WORKERS: readonly Role[] = ['case-worker', 'unit-head', 'liaison'];

const byHolder = {
  machine: 'matter',
  atTheDoor: true,
  ifMatch: true,
  movesVersion: true,
  doers: [{ side: 'holder', roles: WORKERS }],
  reasons: null,
  condition: null,
  whenForbidden: null,
} as const satisfies Partial<MatterActionDefinition>;

type Definitions = { readonly [Name in MatterAction]: MatterActionDefinition & { readonly name: Name } };

/** The actions on a matter, done by the unit that answers for it (DESIGN 5, 12). */
export const MATTER_ACTION_DEFINITIONS: Definitions = {
  assign: {
    ...byHolder,
    name: 'assign',
    label: { sv: 'Tilldela', en: 'Assign' },
    does: {
      sv: 'En person arbetar med ärendet. Enheten svarar.',
      en: 'A person works on it. The unit answers for it.',
    },
    input: 'AssignMatter',
  },
  'take-over': {
    ...byHolder,
    name: 'take-over',
    label: { sv: 'Ta över', en: 'Take over' },
    does: { sv: 'Du arbetar med ärendet från och med nu.', en: 'You work on the matter from now.' },
    input: 'TakeOverMatter',
  },
  note: {
    ...byHolder,
    name: 'note',
    label: { sv: 'Anteckna', en: 'Note' },
    does: { sv: 'Lägger till en anteckning.', en: 'Adds a note.' },
    // A note is appended and changes nothing that another could have read.
    ifMatch: false,
    movesVersion: false,
    input: 'NoteMatter',
  },
  'contact-attempt': {
    ...byHolder,
    name: 'contact-attempt',
    label: { sv: 'Kontaktförsök', en: 'Contact attempt' },
    does: { sv: 'Ett försök som inte lyckades.', en: 'An attempt that did not succeed.' },
    input: 'ContactAttempt',
  },
  'contact-made': {
    ...byHolder,
    name: 'contact-made',
    label: { sv: 'Kontakt nådd', en: 'Contact made' },
    does: { sv: 'Personen är nådd.', en: 'The person was reached.' },
    input: 'ContactMade',
  },
  schedule: {
    ...byHolder,
    name: 'schedule',
    label: { sv: 'Boka', en: 'Schedule' },
    does: { sv: 'Bokar eller bokar om ett möte.', en: 'Books or re-books a meeting.' },
    input: 'ScheduleEvent',
  },
  attend: {
    ...byHolder,
    name: 'attend',
    label: { sv: 'Genomfört möte', en: 'Attended' },
    does: { sv: 'Mötet blev av.', en: 'The meeting took place.' },
    input: 'AttendEvent',
  },
  'no-show': {
    ...byHolder,
    name: 'no-show',
    label: { sv: 'Uteblev', en: 'No-show' },
    does: { sv: 'Personen kom inte.', en: 'The person did not come.' },
    input: 'EventNoShow',
  },
  'event-cancelled': {
    ...byHolder,
    name: 'event-cancelled',
    label: { sv: 'Inställt möte', en: 'Meeting cancelled' },
    does: { sv: 'Mötet ställdes in.', en: 'The meeting was called off.' },
    input: 'EventCancelled',
  },
  hold: {
    ...byHolder,
    name: 'hold',
    label: { sv: 'Lägg på vänt', en: 'Hold' },
    does: {
      sv: 'Vilar till ett granskningsdatum. Lagstadgade tider flyttas inte.',
      en: 'Rests until a review date. Statutory times do not move.',
    },
    // Lack of capacity is never a reason to decline; the unit head holds, never a report (forms.md 3).
    doers: [{ side: 'holder', roles: ['unit-head'] }],
    input: 'HoldMatter',
    condition: 'holdable',
    whenForbidden: { report: 'CANNOT_HOLD_REPORT', otherwise: 'CANNOT_HOLD_REPORT' },
  },
  resume: {
    ...byHolder,
    name: 'resume',
    label: { sv: 'Återuppta', en: 'Resume' },
    does: { sv: 'Arbetet fortsätter.', en: 'Work goes on.' },
    input: 'ResumeMatter',
  },
  'confirm-cancellation': {
    ...byHolder,
    name: 'confirm-cancellation',
    label: { sv: 'Godta avbrott', en: 'Confirm cancellation' },
    does: {
      sv: 'Avslutar med ett utfall eller lämnar tillbaka.',
      en: 'Closes with an outcome, or hands back.',
    },
    input: 'ConfirmCancellation',
  },
  'refuse-cancellation': {
    ...byHolder,
    name: 'refuse-cancellation',
    label: { sv: 'Avslå avbrott', en: 'Refuse cancellation' },
    does: { sv: 'Arbetet fortsätter hos din enhet.', en: 'Work goes on at your unit.' },
    input: 'RefuseCancellation',
  },
  close: {
    ...byHolder,
    name: 'close',
    label: { sv: 'Avsluta', en: 'Close' },
    does: { sv: 'Avslutar med ett utfall.', en: 'Closes with an outcome.' },
    input: 'CloseMatter',
  },
};
