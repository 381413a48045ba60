import type { DirectorySnapshot } from '#domain';
import { type DeliveryOutcome, type NoticeChannel, undelivered } from './channel.port.js';
import { ringNumberOf, smsAddressOf } from './channels-for.js';
import type { Notice } from './notice.js';
import { smsWords } from './notice-words.js';
import { postJson } from './post-json.js';
import { signatureHeaders } from './webhook-signature.js';

/** The gateway that the authorities have bought; any that takes a JSON POST, or a thin translation of one. */
export interface SmsGateway {
  readonly url: URL;
  /** Sent as `authorization: Bearer …`. */
  readonly token: string;
  readonly signingKey: Buffer;
  readonly sender: string;
  readonly timeoutMs: number;
}

/**
 * Sends a notice as a text message to the number that the directory has for the function. What the gateway gets:
 * `{ id, to, from, text }`, with `idempotency-key` (the notice's id) and the same signature headers as a webhook, so that
 * a translation in between can be trusted. 2xx or 409 is taken; see `libs/notify/README.md` for how to map it.
 */
export class SmsChannel implements NoticeChannel {
  readonly name = 'sms';

  constructor(
    private readonly gateway: SmsGateway,
    private readonly snapshot: () => Promise<DirectorySnapshot>,
  ) {}

  async send(notice: Notice): Promise<DeliveryOutcome> {
    const { url, token, signingKey, sender, timeoutMs } = this.gateway;
    const snapshot = await this.snapshot();
    const to = smsAddressOf(snapshot, notice.unitId, notice.function, notice.at)?.number ?? null;
    if (to === null) return undelivered('NO_ADDRESS');
    const ring = ringNumberOf(snapshot, notice.ringUnit, notice.at);
    const body = JSON.stringify({ id: notice.id, to, from: sender, text: smsWords(notice.kind, ring) });
    return postJson({
      url,
      headers: {
        authorization: `Bearer ${token}`,
        'idempotency-key': notice.id,
        ...signatureHeaders({ id: notice.id, at: new Date(), body }, [signingKey]),
      },
      body,
      timeoutMs,
      // The operator's own, often on the authority's inner network.
      mayBeInner: true,
    });
  }
}
