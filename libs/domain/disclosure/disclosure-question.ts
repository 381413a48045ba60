import type { Audience, Extent, FieldDefinition } from '../forms/index.js';
import type { HandoffPhase } from '../handoff/index.js';
import type { SubjectRole } from '../matter/index.js';
import type { Role } from '../units/index.js';
import type { Label } from '../wording/index.js';
import type { BasisId } from './bases.js';
import type { BasisKind, Decider } from './basis.js';
import type { ConditionId } from './conditions.js';
import type { DisclosureSide } from './disclosure-side.js';
import type { NotUsable } from './matrix-row.js';
import type { Purpose } from './purposes.js';

/** Where information would show. Every surface asks the same function. */
export const SURFACES = [
  'preview',
  'send',
  'read',
  'sender-view',
  'export',
  'event-stream',
  'notification',
  'insight',
] as const;
export type Surface = (typeof SURFACES)[number];

export type ProtectedIdentity = 'no' | 'yes' | 'unreadable';

/** A consent or a decision as a party recorded it, about the subject of the question. */
export interface RecordedBasis {
  /** Null: in force, but nobody said that this disclosure rests on it. Nothing leaves on what is not named. */
  readonly recordId: string | null;
  readonly basis: BasisId;
  /** `refused` and a withdrawal are a standing no; `not-asked` is no basis, and no statement goes past it. */
  readonly answer: 'given' | 'refused' | 'not-asked';
  /** `statement`: given with the preview. It never stands above a recorded word that is no yes in force. */
  readonly source: 'recorded' | 'statement';
  /** Unit that recorded it and may send on it. */
  readonly unit: string;
  /** {@link recipientOf} the side it was given for: consent to one is none to another. */
  readonly recipient: string;
  readonly purpose: Purpose;
  /** Ids of fields; `all` is what the way can open and no more. */
  readonly fields: readonly string[] | 'all';
  readonly givenAt: Date;
  /** The instant from which it no longer holds; null without an end. */
  readonly until: Date | null;
  readonly withdrawnAt: Date | null;
  /** Conditions ticked by the decider. */
  readonly conditions: readonly ConditionId[];
  /** Roles of the decider at the unit when deciding; empty for the person's own answer. */
  readonly deciderRoles: readonly Role[];
}

/** A field that is asked about. `permitted`: the form and the envelope of this subject have it for this receiver. */
export interface AskedField {
  readonly id: string;
  readonly definition: FieldDefinition;
  readonly permitted: boolean;
  readonly required: boolean;
}

export interface DisclosureQuestion {
  readonly surface: Surface;
  readonly at: Date;
  readonly from: DisclosureSide;
  readonly to: DisclosureSide;
  readonly subject: {
    readonly role: SubjectRole;
    /** Whole years on the day; null when nobody knows. */
    readonly age: number | null;
    /** `unreadable` counts as protected: it fails closed (C6). */
    readonly protectedIdentity: ProtectedIdentity;
  };
  readonly purpose: Purpose;
  /** Who reads the form; null for pieces that no form carries. */
  readonly audience: Audience | null;
  /** The days of the route that would carry it; null where there is none. */
  readonly route: { readonly validFrom: string | null; readonly validUntil: string | null } | null;
  readonly fields: readonly AskedField[];
  readonly records: readonly RecordedBasis[];
  readonly receiverMustCall: boolean;
  /** On `read`: what was disclosed by the offer, and its phase. Null elsewhere. */
  readonly disclosed: {
    readonly fields: readonly string[];
    readonly phase: HandoffPhase;
    readonly side: 'sender' | 'receiver';
  } | null;
}

export const WITHHELD_REASONS = {
  NOT_FOR_THIS_RECEIVER: { sv: 'Mottagaren behöver inte uppgiften', en: 'The receiver has no need of it' },
  ANOTHER_SUBJECT: {
    sv: 'Rör en annan person och går i dennes kuvert',
    en: "Concerns another person and travels in that person's envelope",
  },
  NO_BASIS_FOR_CONCERNED: {
    sv: 'Ingen grund öppnar för uppgifter om den personen på den här vägen',
    en: 'No basis opens for information about that person on this way',
  },
  ONLY_WHEN_IT_MUST_CALL: {
    sv: 'Följer med bara om mottagaren måste ringa',
    en: 'Goes along only when the receiver must call',
  },
  PROTECTED_IDENTITY: { sv: 'Skyddade personuppgifter', en: 'Protected identity' },
  KEPT_FROM_RECEIVER: {
    sv: 'Får inte nå mottagaren genom oss',
    en: 'Must not reach the receiver through us',
  },
  OTHER_SIDE: {
    sv: 'Rör den våldsutsatta eller barnet och lämnas aldrig till den misstänktes sida',
    en: "Concerns the victim or the child and never leaves to the alleged perpetrator's side",
  },
  CONSENT_REFUSED: {
    sv: 'Personen har sagt nej eller tagit tillbaka sitt ja',
    en: 'The person has said no, or has taken her yes back',
  },
  NO_CONTENT_HERE: { sv: 'Här visas inget innehåll', en: 'No content is shown here' },
  NOT_DISCLOSED: { sv: 'Ingick inte i det som lämnades', en: 'Was not part of what was disclosed' },
  OFFER_ENDED: {
    sv: 'Erbjudandet är avslutat och mottagaren har inte längre behov av uppgiften',
    en: 'The offer has ended and the receiver has no need of it any more',
  },
  NOT_IN_FORCE: {
    sv: 'Vägen eller enheten gäller inte den dagen',
    en: 'The route or the unit is not in force that day',
  },
} as const satisfies Record<string, Label>;
export type WithheldReason = keyof typeof WITHHELD_REASONS;

/** Why a basis that could open does not yet. */
export const MISSING_REASONS = {
  NOT_RECORDED: { sv: 'Inte dokumenterat', en: 'Not recorded' },
  REFUSED: { sv: 'Personen har sagt nej', en: 'The person has said no' },
  WITHDRAWN: { sv: 'Återtaget', en: 'Withdrawn' },
  EXPIRED: { sv: 'Tiden har gått ut', en: 'Expired' },
  NOT_YET: { sv: 'Gäller inte än', en: 'Not in force yet' },
  OTHER_RECIPIENT: { sv: 'Gäller en annan mottagare', en: 'For another recipient' },
  OTHER_PURPOSE: { sv: 'Gäller ett annat ändamål', en: 'For another purpose' },
  NOT_NAMED: {
    sv: 'Finns dokumenterat: ange det',
    en: 'Is recorded: name it',
  },
  FIELD_NOT_COVERED: { sv: 'Omfattar inte fältet', en: 'Does not cover the field' },
  CONDITIONS_NOT_MET: { sv: 'Villkor är inte prövade', en: 'Conditions are not ticked' },
  NOT_ENTITLED: { sv: 'Beslutat av någon som inte får', en: 'Decided by someone who may not' },
  STATEMENT_NOT_ENOUGH: {
    sv: 'Måste dokumenteras i förväg: ett påstående räcker inte',
    en: 'Must be recorded beforehand: a statement is not enough',
  },
  NO_STANDS: {
    sv: 'Personen har sagt nej sedan dess: ett nytt beslut behövs',
    en: 'The person has said no since: a new decision is needed',
  },
} as const satisfies Record<string, Label>;
export type MissingReason = keyof typeof MISSING_REASONS;

/** A basis as people read it. */
export interface BasisExplained {
  readonly basis: BasisId;
  readonly kind: BasisKind;
  readonly label: Label;
  readonly text: Label;
  readonly source: string;
  readonly decidedBy: Decider;
  readonly conditions: readonly ConditionId[];
}

/** A basis that holds, and the record that it rests on; null where the law or the facts are enough. */
export interface AppliedBasis extends BasisExplained {
  readonly recordId: string | null;
}

/** A basis that would open, and what it still lacks. */
export interface MissingBasis extends BasisExplained {
  readonly missing: MissingReason;
}

interface Asked {
  readonly field: string;
  readonly label: Label;
}

interface HowItWouldLeave {
  readonly extent: Extent;
  readonly required: boolean;
  /** Travels in an envelope of its own, shown before anyone dials. */
  readonly sealedApart: boolean;
}

/** One line of every preview, reading, export and draft. */
export type FieldVerdict =
  | (Asked &
      HowItWouldLeave & {
        readonly verdict: 'leaves';
        readonly bases: readonly AppliedBasis[];
        readonly because: Label;
      })
  | (Asked &
      HowItWouldLeave & {
        readonly verdict: 'needs-consent' | 'needs-decision';
        readonly options: readonly MissingBasis[];
        readonly because: Label;
      })
  | (Asked & { readonly verdict: 'withheld'; readonly why: WithheldReason; readonly because: Label });

export interface DisclosureDecision {
  readonly fields: readonly FieldVerdict[];
  /** What whoever sends confirms by sending (OSL 26:9: "needed for care or support"). */
  readonly confirms: readonly ConditionId[];
  /** Of the bases recorded or stated: those that no law lets be used here, and why. */
  readonly notUsable: readonly NotUsable[];
}

/** The name under which a consent is given for a side: the unit, the body, or the person's capacity. */
export function recipientOf(side: DisclosureSide): string {
  switch (side.is) {
    case 'unit':
      return side.unit;
    case 'authority':
      return side.kind;
    case 'person':
      return side.capacity;
  }
}
