import { type DecisionTakenBy, decideUndelegable } from '../authority/index.js';
import type { ConsentPath, PathDecider } from '../consent/index.js';
import { type Result, refuse, succeed } from '../refusals/index.js';
import type { ChildAct } from './child-acts.js';
import { type ChildCase, type ChildRecord, childCaseOf, last } from './child-case.js';

/** An act before it is recorded. */
export type ChildActToDecide = Omit<ChildAct, 'id' | 'recordedAt'>;

/** Whether the act may be recorded in a case with this record: one rule a kind, each with its refusal. */
export function decideChildAct(record: ChildRecord, act: ChildActToDecide): Result<null> {
  const theCase = childCaseOf(record);
  switch (act.kind) {
    case 'notice':
    case 'plan':
    case 'progress':
    case 'move':
    case 'take-over':
    case 'second-report':
      return whileRunning(theCase);
    case 'notices-complete':
      return noticesComplete(theCase);
    case 'extension':
      return extension(theCase, act);
    case 'closing':
      return closing(theCase, act);
    case 'support':
      return support(theCase, act);
    case 'commission':
    case 'delivery':
    case 'undelivered-report':
      return theCase.granted === null ? refuse('SUPPORT_NOT_DECIDED') : succeed(null);
    case 'follow-up':
      return followUp(theCase, act);
    case 'follow-up-end':
      return theCase.followUp === null ? refuse('FOLLOW_UP_CONDITIONS_NOT_MET') : succeed(null);
    case 'risk-review':
      return record.changes.some(({ id, isFact }) => isFact && id === act.aboutId)
        ? succeed(null)
        : refuse('NOT_FOUND');
    case 'youth-clinic':
      return last(theCase.standing, 'young-relationship') === null ? refuse('NOT_FOUND') : succeed(null);
    case 'entered-in-error':
      return enteredInError(record, theCase, act);
    case 'reach':
    case 'programme':
    case 'young-relationship':
      return theCase.phase === 'undecided' ? refuse('INVESTIGATION_NOT_RUNNING') : succeed(null);
  }
}

function whileRunning({ phase }: ChildCase): Result<null> {
  return phase === 'running' ? succeed(null) : refuse('INVESTIGATION_NOT_RUNNING');
}

/** D-06: of every person there is a notice, or a decision not to tell. */
function noticesComplete(theCase: ChildCase): Result<null> {
  if (theCase.phase !== 'running') return refuse('INVESTIGATION_NOT_RUNNING');
  return last(theCase.standing, 'notice') === null ? refuse('NOTICES_MISSING') : succeed(null);
}

/** D-05: for a certain time, decided while the time runs, and later than it ends now. */
function extension({ phase, term }: ChildCase, { until, effectiveAt }: ChildActToDecide): Result<null> {
  if (phase !== 'running' || term === null) return refuse('INVESTIGATION_NOT_RUNNING');
  if (effectiveAt > term.endsAt) return refuse('EXTENSION_TOO_LATE');
  return until !== null && until > term.endsAt ? succeed(null) : refuse('EXTENSION_NOT_LATER');
}

/** An investigation is finished even if the child moves, unless another agrees to take it over (old SoL 11:4). */
function closing({ phase, standing, openedAt, granted }: ChildCase, act: ChildActToDecide): Result<null> {
  if (phase !== 'running' || openedAt === null) return refuse('INVESTIGATION_NOT_RUNNING');
  if (act.effectiveAt < openedAt) return refuse('INVESTIGATION_NOT_RUNNING');
  if (act.code === 'TAKEN_OVER' && last(standing, 'take-over')?.code !== 'AGREED')
    return refuse('TAKE_OVER_NOT_AGREED');
  return act.code === 'SUPPORT' && granted === null ? refuse('SUPPORT_NOT_DECIDED') : succeed(null);
}

/** the programme that is granted is the one of the newest evaluation. */
function support({ phase, evaluation, granted }: ChildCase, { code }: ChildActToDecide): Result<null> {
  if (code === 'ENDED') return granted === null ? refuse('SUPPORT_NOT_DECIDED') : succeed(null);
  if (phase !== 'running' && phase !== 'closed') return refuse('INVESTIGATION_NOT_RUNNING');
  if (code === 'NOT_GRANTED' || code === 'GRANTED_OPEN_CARE') return succeed(null);
  return evaluation !== null && code === `GRANTED_${evaluation.code}`
    ? succeed(null)
    : refuse('PROGRAMME_NOT_BY_CRITERIA');
}

/** D-07: what may be followed up is an investigation closed without a measure, or a placement or care that ended. */
function followUp({ closing: closed, followUp: open }: ChildCase, { code }: ChildActToDecide): Result<null> {
  if (open !== null) return refuse('FOLLOW_UP_CONDITIONS_NOT_MET');
  return code === 'AFTER_INVESTIGATION' && closed?.code !== 'NO_MEASURE'
    ? refuse('FOLLOW_UP_CONDITIONS_NOT_MET')
    : succeed(null);
}

function enteredInError(
  { acts }: ChildRecord,
  { standing }: ChildCase,
  { aboutId }: ChildActToDecide,
): Result<null> {
  if (!acts.some(({ id, kind }) => id === aboutId && kind !== 'entered-in-error')) return refuse('NOT_FOUND');
  return standing.some(({ id }) => id === aboutId) ? succeed(null) : refuse('ALREADY_TAKEN_BACK');
}

/** The newest evaluation of who may consent, and who sets aside what it leaves open. */
export interface SupportConsent {
  readonly path: ConsentPath | null;
  readonly decides: PathDecider | null;
  readonly takenBy: DecisionTakenBy;
}

const CARRIES: readonly ConsentPath[] = ['proceed', 'child-consents', 'child-requests-or-consents'];

/**
 * Whether support may be decided on that consent path (domain.md B4, forms.md 5): it carries by itself, the unit head
 * takes the recorded decision that it asks for, or the committee decided under FB 6:13 a. Refuses CONSENT_PATH_FIRST,
 * UNIT_HEAD_TAKES_DECISION and NOT_DELEGABLE.
 */
export function consentCarriesSupport({ path, decides, takenBy }: SupportConsent): Result<null> {
  if (path === null) return refuse('CONSENT_PATH_FIRST');
  if (CARRIES.includes(path)) return succeed(null);
  if (path === 'propose-to-committee') return decideUndelegable('measure-despite-one-custodian', takenBy);
  if (path !== 'recorded-decision-needed') return refuse('CONSENT_PATH_FIRST');
  if (decides === 'committee') return decideUndelegable('measure-despite-one-custodian', takenBy);
  const isHead = 'officer' in takenBy ? takenBy.officer === 'unit-head' : true;
  return decides === 'case-worker' || isHead ? succeed(null) : refuse('UNIT_HEAD_TAKES_DECISION');
}
