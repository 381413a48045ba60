import type { HandoffAction, HandoffPhase, MatterAction } from '#domain';

/**
 * What a walk expects, by rules written down anew from DESIGN 3 and 5: nothing here asks the decisions of `#domain`,
 * so that a mistake there is not made twice.
 */
export interface ModelMatter {
  readonly id: string;
  readonly incidentId: string;
  readonly subjectId: string;
  readonly isChild: boolean;
  readonly holder: string;
  readonly version: number;
  readonly isClosed: boolean;
  readonly isAskedToCancel: boolean;
  readonly isOnHold: boolean;
  readonly takenBy: { readonly id: string; readonly from: string; readonly fromKind: string } | null;
  readonly duties: 'none yet' | 'running' | 'met';
  readonly offers: readonly ModelOffer[];
}
export interface ModelOffer {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly phase: HandoffPhase;
  readonly version: number;
}

export type WalkCommand =
  | {
      readonly do: 'offer';
      readonly unit: string;
      readonly offer: string;
      readonly action: HandoffAction;
      readonly version: number | null;
    }
  | {
      readonly do: 'work';
      readonly unit: string;
      readonly isHead: boolean;
      readonly action: MatterAction;
      readonly outcome: string | null;
      readonly version: number | null;
    }
  | {
      readonly do: 'send';
      readonly unit: string;
      readonly to: string;
      readonly id: string;
      readonly version: number;
    }
  | { readonly do: 'meet'; readonly unit: string };

/** The matter after the command; null when the command is refused. */
export type Prediction = ModelMatter | null;

const OPEN_PHASES: readonly HandoffPhase[] = ['sent', 'delivered', 'opened', 'awaiting-information'];
const ANSWERABLE: readonly HandoffPhase[] = ['opened', 'awaiting-information'];
export const kindOf = (unit: string): string =>
  unit.startsWith('socialtjanst') ? 'other-municipality' : (unit.split('-')[0] ?? '');
const sideKind = (unit: string) => (kindOf(unit) === 'lpo' ? 'police' : kindOf(unit));

/** Ways out of a unit, by the kind of the receiver: forward, on, or back to where it came from. */
const WAYS: Readonly<Record<'adult' | 'child', Readonly<Record<string, 'forward' | 'on' | 'back'>>>> = {
  adult: {
    'police>socialjouren': 'forward',
    'police>other-municipality': 'forward',
    'socialjouren>rvt': 'forward',
    'socialjouren>other-municipality': 'forward',
    'rvt>other-municipality': 'forward',
    'rvt>rvt': 'on',
    'rvt>socialjouren': 'back',
    'socialjouren>police': 'back',
  },
  child: {
    'police>socialjouren': 'forward',
    'police>other-municipality': 'forward',
    'socialjouren>bou': 'forward',
    'socialjouren>other-municipality': 'forward',
    'bou>other-municipality': 'forward',
    'bou>bou': 'on',
    'bou>socialjouren': 'back',
  },
};

export const wayOf = (matter: ModelMatter, from: string, to: string) =>
  WAYS[matter.isChild ? 'child' : 'adult'][`${sideKind(from)}>${sideKind(to)}`];

const withOffer = (matter: ModelMatter, id: string, change: Partial<ModelOffer>): ModelMatter => ({
  ...matter,
  offers: matter.offers.map((one) => (one.id === id ? { ...one, ...change } : one)),
});
export const openOffer = (matter: ModelMatter) =>
  matter.offers.find(({ phase }) => OPEN_PHASES.includes(phase));

export function predict(matter: ModelMatter, command: WalkCommand): Prediction {
  switch (command.do) {
    case 'offer':
      return offerAfter(matter, command);
    case 'work':
      return workAfter(matter, command);
    case 'send':
      return sentAfter(matter, command);
    case 'meet': {
      // The holder records an act; where no duty runs that changes nothing, and is no refusal.
      if (matter.duties !== 'running') return seesMatter(matter, command.unit) ? matter : null;
      return mayMeet(matter, command.unit) ? { ...matter, duties: 'met' } : null;
    }
  }
}

function seesMatter(matter: ModelMatter, unit: string): boolean {
  return matter.holder === unit || matter.offers.some(({ from, to }) => from === unit || to === unit);
}

function offerAfter(matter: ModelMatter, command: Extract<WalkCommand, { do: 'offer' }>): Prediction {
  const offer = matter.offers.find(({ id }) => id === command.offer);
  if (offer === undefined) return null;
  const { action, unit } = command;
  const [isSender, isReceiver] = [offer.from === unit, offer.to === unit];
  const isOutside = kindOf(offer.to) === 'other-municipality';
  if (action === 'open') {
    if (!isReceiver) return null;
    if (ANSWERABLE.includes(offer.phase)) return matter;
    return offer.phase === 'sent' || offer.phase === 'delivered'
      ? withOffer(matter, offer.id, { phase: 'opened' })
      : null;
  }
  if (command.version !== null && command.version !== offer.version) return null;
  const becomes = (phase: HandoffPhase) => withOffer(matter, offer.id, { phase, version: offer.version + 1 });
  const isOpen = OPEN_PHASES.includes(offer.phase);
  switch (action) {
    case 'accept': {
      if (!isReceiver || !ANSWERABLE.includes(offer.phase)) return null;
      return {
        ...becomes('accepted'),
        holder: offer.to,
        version: matter.version + 1,
        isAskedToCancel: false,
        isOnHold: false,
        takenBy: { id: offer.id, from: offer.from, fromKind: sideKind(offer.from) },
      };
    }
    case 'decline':
      return isReceiver && !matter.isChild && ANSWERABLE.includes(offer.phase) ? becomes('declined') : null;
    case 'redirect':
      return isReceiver && ANSWERABLE.includes(offer.phase) ? becomes('redirected') : null;
    case 'request-information':
      return isReceiver && offer.phase === 'opened' ? becomes('awaiting-information') : null;
    case 'answer':
      return isSender && offer.phase === 'awaiting-information' ? becomes('opened') : null;
    case 'withdraw':
      return isSender && !matter.isChild && isOpen ? becomes('withdrawn') : null;
    case 'enter-in-error': {
      if (!isSender || matter.isChild) return null;
      if (isOpen) return becomes('entered-in-error');
      return offer.phase === 'accepted' ? becomes('accepted') : null;
    }
    case 'request-cancellation': {
      const mayAsk =
        isSender &&
        !matter.isChild &&
        !isOutside &&
        offer.phase === 'accepted' &&
        !matter.isClosed &&
        matter.holder === offer.to &&
        matter.takenBy?.id === offer.id &&
        !matter.isAskedToCancel;
      return mayAsk ? { ...becomes('accepted'), isAskedToCancel: true, version: matter.version + 1 } : null;
    }
    case 'attest':
      return isSender && isOutside && offer.phase === 'sent' ? becomes('accepted') : null;
    case 'deliver':
    case 'supersede':
      // Never asked for by name.
      return null;
  }
}

function workAfter(matter: ModelMatter, command: Extract<WalkCommand, { do: 'work' }>): Prediction {
  const { action, unit, outcome, version, isHead } = command;
  if (matter.isClosed || matter.holder !== unit) return null;
  if (version !== null && version !== matter.version) return null;
  const next = { ...matter, version: matter.version + 1 };
  switch (action) {
    case 'note':
      return matter;
    case 'hold':
      return isHead && !matter.isChild && !matter.isOnHold ? { ...next, isOnHold: true } : null;
    case 'resume':
      return matter.isOnHold ? { ...next, isOnHold: false } : null;
    case 'refuse-cancellation':
      return matter.isAskedToCancel ? { ...next, isAskedToCancel: false } : null;
    case 'confirm-cancellation':
      if (!matter.isAskedToCancel) return null;
      return outcome === null ? { ...next, isAskedToCancel: false } : closed(next);
    case 'close': {
      if (matter.isChild) {
        const mayClose =
          outcome === 'NOTHING_FURTHER' && openOffer(matter) === undefined && matter.duties !== 'running';
        return mayClose ? closed(next) : null;
      }
      if (outcome === 'CANCELLED') return matter.isAskedToCancel ? closed(next) : null;
      return outcome === 'SAFETY_ARRANGED' || outcome === 'NOTHING_FURTHER' ? closed(next) : null;
    }
    case 'assign':
    case 'take-over':
    case 'contact-attempt':
    case 'contact-made':
    case 'schedule':
    case 'attend':
    case 'no-show':
    case 'event-cancelled':
      return next;
  }
}

function closed(matter: ModelMatter): ModelMatter {
  const open = openOffer(matter);
  const ended = { ...matter, isClosed: true };
  return open === undefined
    ? ended
    : withOffer(ended, open.id, { phase: 'withdrawn', version: open.version + 1 });
}

function sentAfter(matter: ModelMatter, command: Extract<WalkCommand, { do: 'send' }>): Prediction {
  const { unit, to, id, version } = command;
  if (matter.isClosed || matter.holder !== unit || matter.version !== version || to === unit) return null;
  const way = wayOf(matter, unit, to);
  if (way === undefined) return null;
  if (way === 'back' && (matter.takenBy?.from !== to || matter.takenBy.fromKind !== sideKind(to)))
    return null;
  const open = openOffer(matter);
  const free =
    open === undefined
      ? matter
      : withOffer(matter, open.id, { phase: 'superseded', version: open.version + 1 });
  const startsDuties =
    matter.isChild &&
    matter.duties === 'none yet' &&
    sideKind(unit) === 'police' &&
    sideKind(to) === 'socialjouren';
  return {
    ...free,
    duties: startsDuties ? 'running' : matter.duties,
    offers: [...free.offers, { id, from: unit, to, phase: 'sent', version: 1 }],
  };
}

/** The unit that holds, or the first social authority while nobody has accepted yet. */
function mayMeet(matter: ModelMatter, unit: string): boolean {
  return matter.holder === unit || (kindOf(unit) === 'socialjouren' && sideKind(matter.holder) === 'police');
}
