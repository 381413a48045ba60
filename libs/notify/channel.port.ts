import type { Label } from '#domain';
import type { Notice } from './notice.js';

/** The ways to a function. */
export const CHANNELS = ['email', 'sms', 'webhook'] as const;
export type ChannelName = (typeof CHANNELS)[number];

interface FailureDefinition {
  /** Trying again cannot help: a person has to look. */
  readonly isFinal: boolean;
  readonly label: Label;
}

/** Why a notice did not arrive: codes only, since what a mail server or a gateway answers may quote anything. */
export const DELIVERY_FAILURES = {
  UNREACHABLE: {
    isFinal: false,
    label: { sv: 'Mottagarens system svarar inte.', en: "The receiver's system does not answer." },
  },
  TIMED_OUT: {
    isFinal: false,
    label: {
      sv: 'Mottagarens system svarade inte i tid.',
      en: "The receiver's system did not answer in time.",
    },
  },
  BUSY: {
    isFinal: false,
    label: {
      sv: 'Mottagarens system kunde inte just då.',
      en: "The receiver's system could not at that time.",
    },
  },
  NOT_LET_IN: {
    isFinal: false,
    label: {
      sv: 'Mottagarens system släpper inte in Handslag: se över nyckeln.',
      en: "The receiver's system does not let Handslag in: look at the key.",
    },
  },
  REFUSED: {
    isFinal: true,
    label: {
      sv: 'Mottagarens system tar inte emot meddelandet: se över adressen.',
      en: "The receiver's system does not take the notice: look at the address.",
    },
  },
  REDIRECTED: {
    isFinal: true,
    label: {
      sv: 'Adressen hänvisar vidare, och det följs aldrig: registrera den rätta.',
      en: 'The address redirects, which is never followed: register the right one.',
    },
  },
  NOT_PUBLIC: {
    isFinal: true,
    label: {
      sv: 'Adressen leder till ett inre nät, dit inget skickas.',
      en: 'The address leads to an inner network, where nothing is sent.',
    },
  },
  NO_ADDRESS: {
    isFinal: true,
    label: { sv: 'Enheten har ingen sådan adress längre.', en: 'The unit has no such address any more.' },
  },
} as const satisfies Record<string, FailureDefinition>;
export type DeliveryFailure = keyof typeof DELIVERY_FAILURES;

export type DeliveryOutcome =
  | { readonly delivered: true }
  | { readonly delivered: false; readonly code: DeliveryFailure };

/** One way to a function. Never throws for what the other side does; the same notice twice carries the same id. */
export interface NoticeChannel {
  readonly name: ChannelName;
  send(notice: Notice): Promise<DeliveryOutcome>;
}

export const DELIVERED: DeliveryOutcome = { delivered: true };

/** A stored code; one that this version does not know is told as unreachable. */
export function deliveryFailure(code: string): DeliveryFailure {
  return isDeliveryFailure(code) ? code : 'UNREACHABLE';
}

function isDeliveryFailure(code: string): code is DeliveryFailure {
  return Object.hasOwn(DELIVERY_FAILURES, code);
}

/** A failure, by its code. */
export function undelivered(code: DeliveryFailure): DeliveryOutcome {
  return { delivered: false, code };
}
