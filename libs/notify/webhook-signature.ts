import { createHmac } from 'node:crypto';

/** What is signed: the id of the message, the second it was sent, and the body as it goes out. */
export interface SignedMessage {
  readonly id: string;
  /** Wall time. */
  readonly at: Date;
  readonly body: string;
}

/**
 * The headers of Standard Webhooks 1.0 (standardwebhooks.com): `webhook-id`, `webhook-timestamp` (seconds) and
 * `webhook-signature`, one `v1,` signature a key, so that a receiver may rotate at its leisure.
 */
export function signatureHeaders(
  { id, at, body }: SignedMessage,
  keys: readonly Buffer[],
): Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string> {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const sign = (key: Buffer) =>
    `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': keys.map(sign).join(' '),
  };
}
