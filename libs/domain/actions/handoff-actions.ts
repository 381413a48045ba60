import type { HandoffAction } from '../handoff/index.js';
import type { Role } from '../units/index.js';
import type { HandoffActionDefinition } from './action.js';

/** Who hands over and takes over at a unit; at the police it is the liaison. */
const WORKERS: readonly Role[] = ['case-worker', 'unit-head', 'liaison'];

const atTheDoor = { machine: 'handoff', atTheDoor: true, ifMatch: true, movesVersion: true } as const;
const byAnother = { machine: 'handoff', atTheDoor: false, ifMatch: false } as const;
const unconditional = { condition: null, whenForbidden: null, reasons: null } as const;

type Definitions = { readonly [Name in HandoffAction]: HandoffActionDefinition & { readonly name: Name } };

/** The actions on an offer (DESIGN 5, 12). */
export const HANDOFF_ACTION_DEFINITIONS: Definitions = {
  deliver: {
    ...byAnother,
    ...unconditional,
    name: 'deliver',
    label: { sv: 'Leverera', en: 'Deliver' },
    does: {
      sv: 'Mottagarens system har kontrollerat kuvertet.',
      en: "The receiver's system has verified the envelope.",
    },
    doers: [{ side: 'receiver-system', roles: [] }],
    movesVersion: false,
    input: 'Nothing',
  },
  open: {
    ...atTheDoor,
    ...unconditional,
    name: 'open',
    label: { sv: 'Öppna', en: 'Open' },
    does: { sv: 'En namngiven person har sett erbjudandet.', en: 'A named person has seen the offer.' },
    doers: [{ side: 'receiver', roles: WORKERS }],
    // Delivered and opened do not change the version that a sender withdraws with (DESIGN 4).
    ifMatch: false,
    movesVersion: false,
    input: 'Nothing',
  },
  accept: {
    ...atTheDoor,
    ...unconditional,
    name: 'accept',
    label: { sv: 'Ta emot', en: 'Accept' },
    does: {
      sv: 'Din enhet svarar för ärendet från och med nu.',
      en: 'Your unit answers for the matter from now.',
    },
    doers: [{ side: 'receiver', roles: WORKERS }],
    input: 'AcceptHandoff',
  },
  decline: {
    ...atTheDoor,
    name: 'decline',
    label: { sv: 'Avböj', en: 'Decline' },
    does: {
      sv: 'Avsändaren svarar fortsatt för ärendet.',
      en: 'The sender goes on answering for the matter.',
    },
    doers: [{ side: 'receiver', roles: WORKERS }],
    input: 'DeclineHandoff',
    reasons: 'decline',
    condition: 'declinable',
    whenForbidden: { report: 'CANNOT_DECLINE_REPORT', otherwise: 'NOT_DECLINABLE' },
  },
  redirect: {
    ...atTheDoor,
    name: 'redirect',
    label: { sv: 'Hänvisa vidare', en: 'Redirect' },
    does: {
      sv: 'Föreslår en annan enhet. Avsändaren bestämmer och svarar för ärendet.',
      en: 'Proposes another unit. The sender decides, and answers for the matter.',
    },
    doers: [{ side: 'receiver', roles: WORKERS }],
    input: 'RedirectHandoff',
    reasons: 'redirect',
    condition: 'redirectable',
    whenForbidden: { report: 'REASON_NOT_ALLOWED', otherwise: 'REASON_NOT_ALLOWED' },
  },
  'request-information': {
    ...atTheDoor,
    ...unconditional,
    name: 'request-information',
    label: { sv: 'Begär uppgifter', en: 'Ask for information' },
    does: { sv: 'Tiden för att ta emot står inte still.', en: 'The clock for accepting does not stop.' },
    doers: [{ side: 'receiver', roles: WORKERS }],
    input: 'RequestInformation',
  },
  answer: {
    ...atTheDoor,
    ...unconditional,
    name: 'answer',
    label: { sv: 'Svara', en: 'Answer' },
    does: { sv: 'Lämnar de uppgifter som begärdes.', en: 'Gives the information asked for.' },
    doers: [{ side: 'sender', roles: WORKERS }],
    input: 'AnswerInformation',
  },
  withdraw: {
    ...atTheDoor,
    name: 'withdraw',
    label: { sv: 'Ta tillbaka', en: 'Withdraw' },
    does: {
      sv: 'Erbjudandet upphör. Din enhet svarar för ärendet.',
      en: 'The offer ends. Your unit answers for the matter.',
    },
    doers: [{ side: 'sender', roles: WORKERS }],
    input: 'WithdrawHandoff',
    reasons: null,
    condition: 'withdrawable',
    whenForbidden: { report: 'CANNOT_WITHDRAW_REPORT', otherwise: 'NOT_WITHDRAWABLE' },
  },
  supersede: {
    ...byAnother,
    ...unconditional,
    name: 'supersede',
    label: { sv: 'Ersätt', en: 'Supersede' },
    does: {
      sv: 'Ett nytt erbjudande om samma ärende ersätter detta.',
      en: 'A new offer of the same matter takes its place.',
    },
    doers: [{ side: 'sender', roles: WORKERS }],
    movesVersion: true,
    input: 'Nothing',
  },
  'enter-in-error': {
    ...atTheDoor,
    name: 'enter-in-error',
    label: { sv: 'Markera som misstag', en: 'Mark as entered in error' },
    does: {
      sv: 'Inget försvinner. Efter mottagande flyttas inte ansvaret.',
      en: 'Nothing disappears. After acceptance responsibility does not move.',
    },
    doers: [{ side: 'sender', roles: WORKERS }],
    input: 'EnterInError',
    reasons: null,
    condition: 'errorEnterable',
    whenForbidden: { report: 'CANNOT_ERASE_REPORT', otherwise: 'ILLEGAL_TRANSITION' },
  },
  'request-cancellation': {
    ...atTheDoor,
    name: 'request-cancellation',
    label: { sv: 'Begär avbrott', en: 'Request cancellation' },
    does: { sv: 'Enheten som håller ärendet svarar.', en: 'The unit that holds the matter answers.' },
    doers: [{ side: 'sender', roles: WORKERS }],
    input: 'RequestCancellation',
    reasons: null,
    condition: 'cancellable',
    whenForbidden: { report: 'CANNOT_CANCEL_REPORT', otherwise: 'NOT_CANCELLABLE' },
  },
  attest: {
    ...atTheDoor,
    name: 'attest',
    label: { sv: 'Intyga mottagande', en: 'Attest' },
    does: {
      sv: 'Någon utanför Handslag tog emot. Din enhet svarar tills det har kontrollerats nästa kontorsdag.',
      en: 'Someone outside Handslag took it. Your unit answers until it was re-checked on the next office day.',
    },
    doers: [{ side: 'sender', roles: WORKERS }],
    input: 'AttestHandoff',
    reasons: null,
    condition: 'attestable',
    whenForbidden: { report: 'UNIT_NOT_EXTERNAL', otherwise: 'UNIT_NOT_EXTERNAL' },
  },
};
