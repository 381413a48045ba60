import type { HandoffPhase } from '../handoff/index.js';
import type { Route, SenderSees } from '../routes/index.js';
import { decideDisclosure, leaves } from './decide-disclosure.js';
import type { DisclosureDecision, RecordedBasis } from './disclosure-question.js';
import type { DisclosureSide } from './disclosure-side.js';
import { questionOfPieces } from './questions.js';

/** What somebody at the sending unit looks at: one offer, in its phase, at an instant. */
export interface SenderViewQuestion {
  readonly route: Route;
  readonly phase: HandoffPhase;
  readonly at: Date;
  /** Who took or was offered the matter: it is the one that tells. */
  readonly receiver: DisclosureSide;
  readonly sender: DisclosureSide;
  /** `event-stream` for what is pushed: it shows no more than the view does. */
  readonly surface: 'sender-view' | 'event-stream';
}

/**
 * Of an offer, what its sender may see in this phase: a disclosure by the receiver like any other, of the handover's own
 * state and of nothing else (C6). The route says what a phase has to show, the matrix (X-ACK) that it may be told.
 */
export function senderSees(question: SenderViewQuestion): ReadonlySet<SenderSees> {
  const { route, phase, at, receiver, sender, surface } = question;
  const decision = decideDisclosure(
    questionOfPieces('handover-status', {
      surface,
      at,
      from: receiver,
      to: sender,
      subject: { role: route.subject, age: null, protectedIdentity: 'unreadable' },
      purpose: 'handover-status',
    }),
  );
  return new Set(route.senderView.byPhase[phase].filter((item) => leaves(decision, item)));
}

/**
 * What the holder may tell the sender once it has the matter: of a report only whether an investigation was opened, not
 * opened or already running, as BoU decides (OSL 26:9 a, X-13); of an adult nothing without her consent.
 */
export function tellSenderAfterwards(
  question: SenderViewQuestion & { readonly records: readonly RecordedBasis[] },
): DisclosureDecision {
  const { route, at, receiver, sender, surface, records } = question;
  const isReport = route.senderView.afterAcceptance.tells === 'concern-report-outcome';
  return decideDisclosure(
    questionOfPieces(isReport ? 'report-outcome' : 'after-acceptance', {
      surface,
      at,
      from: receiver,
      to: sender,
      subject: { role: route.subject, age: null, protectedIdentity: 'unreadable' },
      purpose: isReport ? 'feedback-to-reporter' : 'handover-status',
      records,
    }),
  );
}
