import type { UnitId } from '#domain';
import { type DeliveryOutcome, type NoticeChannel, undelivered } from './channel.port.js';
import type { Notice } from './notice.js';
import { postJson } from './post-json.js';
import { signatureHeaders } from './webhook-signature.js';

/** A unit's own system, as its administrator registered it. */
export interface WebhookEndpoint {
  readonly url: URL;
  /** The newest first; the one before it signs too until the receiver has changed over. */
  readonly keys: readonly Buffer[];
}

/** What is in force for a unit now; nothing where it has registered none. */
export interface WebhookEndpoints {
  endpointOf(unit: UnitId): Promise<WebhookEndpoint | null>;
}

/** All that a unit's system is told (Standard Webhooks, thin payload): it asks the door what there is, as itself. */
export function webhookBody({ id, unitId, kind, at }: Notice): string {
  return JSON.stringify({ type: `notice.${kind}`, id, unit: unitId, occurredAt: at.toISOString() });
}

/** Tells a unit's own system that there is something to open. */
export class WebhookChannel implements NoticeChannel {
  readonly name = 'webhook';

  constructor(
    private readonly endpoints: WebhookEndpoints,
    private readonly how: { readonly timeoutMs: number; readonly isLocal: boolean },
  ) {}

  async send(notice: Notice): Promise<DeliveryOutcome> {
    const endpoint = await this.endpoints.endpointOf(notice.unitId);
    if (endpoint === null) return undelivered('NO_ADDRESS');
    const body = webhookBody(notice);
    return postJson({
      url: endpoint.url,
      headers: signatureHeaders({ id: notice.id, at: new Date(), body }, endpoint.keys),
      body,
      timeoutMs: this.how.timeoutMs,
      mayBeInner: this.how.isLocal,
    });
  }
}
