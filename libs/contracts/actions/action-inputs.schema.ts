import { z } from 'zod';
import type { InputShape } from '#domain';
import {
  AcceptHandoffSchema,
  AnswerInformationSchema,
  AttestHandoffSchema,
  DeclineHandoffSchema,
  EnterInErrorSchema,
  RedirectHandoffSchema,
  RequestCancellationSchema,
  RequestInformationSchema,
  WithdrawHandoffSchema,
} from '../handoffs/index.js';
import {
  AssignMatterSchema,
  AttendEventSchema,
  CloseMatterSchema,
  ConfirmCancellationSchema,
  ContactAttemptSchema,
  ContactMadeSchema,
  EventCancelledSchema,
  EventNoShowSchema,
  HoldMatterSchema,
  NoteMatterSchema,
  RefuseCancellationSchema,
  ResumeMatterSchema,
  ScheduleEventSchema,
  TakeOverMatterSchema,
} from '../matters/index.js';

const NothingSchema = z.object({}).strict().meta({ id: 'Nothing' });

/** The shape behind each key of the one table of actions; a key without a shape is a type error. */
export const ACTION_INPUTS = {
  Nothing: NothingSchema,
  AcceptHandoff: AcceptHandoffSchema,
  DeclineHandoff: DeclineHandoffSchema,
  RedirectHandoff: RedirectHandoffSchema,
  RequestInformation: RequestInformationSchema,
  AnswerInformation: AnswerInformationSchema,
  WithdrawHandoff: WithdrawHandoffSchema,
  EnterInError: EnterInErrorSchema,
  RequestCancellation: RequestCancellationSchema,
  AttestHandoff: AttestHandoffSchema,
  AssignMatter: AssignMatterSchema,
  TakeOverMatter: TakeOverMatterSchema,
  NoteMatter: NoteMatterSchema,
  ContactAttempt: ContactAttemptSchema,
  ContactMade: ContactMadeSchema,
  ScheduleEvent: ScheduleEventSchema,
  AttendEvent: AttendEventSchema,
  EventNoShow: EventNoShowSchema,
  EventCancelled: EventCancelledSchema,
  HoldMatter: HoldMatterSchema,
  ResumeMatter: ResumeMatterSchema,
  ConfirmCancellation: ConfirmCancellationSchema,
  RefuseCancellation: RefuseCancellationSchema,
  CloseMatter: CloseMatterSchema,
} as const satisfies Record<InputShape, z.ZodType>;

export type ActionInput<Shape extends InputShape> = z.infer<(typeof ACTION_INPUTS)[Shape]>;
