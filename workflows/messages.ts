import { defineSignal } from '@temporalio/workflow';
import type { Clock } from '#activities';

/** The clock as of a version. The newest version counts; repeats and late ones are harmless. */
export const clockSet = defineSignal<[Clock]>('clock.set');

/** Something in the record changed: read it again. Carries nothing, so bursts collapse and order does not matter. */
export const lookAgain = defineSignal('look.again');
