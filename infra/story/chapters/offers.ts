import type { z } from 'zod';
import {
  type DispatchPreview,
  DispatchPreviewSchema,
  type DispatchView,
  DispatchViewSchema,
  type HandoffChanged,
  HandoffChangedSchema,
  type HandoffView,
  HandoffViewSchema,
  type PreviewDispatchSchema,
} from '#contracts';
import type { Door } from '../stage/door.js';
import { expectTold, told } from '../stage/not-as-told.js';
import type { CaseMatter } from './the-case.js';

export type Preview = z.input<typeof PreviewDispatchSchema>;

export function preview(door: Door, wanted: Preview): Promise<DispatchPreview> {
  return door.post('/dispatches/preview', wanted, DispatchPreviewSchema);
}

export function sendPreviewed(door: Door, { previewId }: DispatchPreview): Promise<DispatchView> {
  return door.post('/dispatches', { previewId }, DispatchViewSchema);
}

export function readHandoff(door: Door, handoffId: string): Promise<HandoffView> {
  return door.get(`/handoffs/${handoffId}`, HandoffViewSchema);
}

/** The one offer of a matter in a dispatch. */
export function offerOf(dispatch: DispatchView, matter: CaseMatter): DispatchView['handoffs'][number] {
  return told(
    dispatch.handoffs.find(({ matterId }) => matterId === matter.matterId),
    `an offer of ${matter.who.en}`,
  );
}

/** Opens an offer as its receiver and accepts it. */
export async function openAndAccept(receiver: Door, handoffId: string): Promise<HandoffChanged> {
  const opened = await receiver.post(`/handoffs/${handoffId}/open`, {}, HandoffChangedSchema);
  const accepted = await receiver.post(
    `/handoffs/${handoffId}/accept`,
    {},
    HandoffChangedSchema,
    opened.version,
  );
  expectTold(accepted.phase === 'accepted', 'the offer to be accepted', accepted.phase);
  expectTold(accepted.receipt !== null, 'a receipt with the acceptance');
  return accepted;
}
