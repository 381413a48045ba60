import { ReceiptViewSchema, UnitKeysSchema } from '#contracts';
import { type ReceiptPayload, verifyReceipt } from '#sealing';
import type { Door } from '../stage/door.js';
import { expectTold, NotAsTold } from '../stage/not-as-told.js';

type Acceptance = Extract<ReceiptPayload, { kind: 'acceptance' }>;

const API = '/api/v1';

/**
 * Fetches the receipt and the unit's public keys as the sender, then checks them here, with nobody to ask. A receipt with
 * one character changed must not pass, or the check would say nothing.
 */
export async function checkedReceipt(sender: Door, handoffId: string, byUnit: string): Promise<Acceptance> {
  const { receipt, keysAt } = await sender.get(`/handoffs/${handoffId}/receipt`, ReceiptViewSchema);
  const keys = await sender.get(keysAt.replace(API, ''), UnitKeysSchema);
  const verdict = await verifyReceipt(receipt, keys);
  if (!verdict.ok || verdict.payload.kind !== 'acceptance') {
    throw new NotAsTold(
      `expected a receipt of ${byUnit} that holds; it is ${verdict.ok ? verdict.payload.kind : verdict.code}`,
    );
  }
  const { iss, handoffId: about } = verdict.payload;
  expectTold(iss === byUnit && about === handoffId, `a receipt of ${byUnit} about this offer`, {
    iss,
    about,
  });
  const forged = await verifyReceipt(forgedFrom(receipt), keys);
  expectTold(!forged.ok, 'a receipt that was changed not to hold');
  return verdict.payload;
}

/** The same receipt, taken a minute later: what somebody would change. */
function forgedFrom(jws: string): string {
  const [header = '', payload = '', signature = ''] = jws.split('.');
  const changed = Buffer.from(payload, 'base64url')
    .toString('utf8')
    .replace(/("acceptedAt":"\d{4})/, (year) => `${year.slice(0, -1)}0`);
  return [header, Buffer.from(changed).toString('base64url'), signature].join('.');
}
