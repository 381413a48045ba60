import { isIP } from 'node:net';
import type { ChangeWebhook, WebhookChanged, WebhookView } from '#contracts';
import { recordNow } from '#directory';
import { webhookKey, webhookSecret } from '#sealing';
import { type ActRecorder, lockFor } from '../acts/act-recorder.js';
import type { Idempotency } from '../http/headers.decorator.js';
import { refuseAtDoor } from '../http/refused.exception.js';
import { type Caller, unitsOf } from '../identity/caller.js';
import { WebhookChangeEntity } from './webhook-change.entity.js';

const HOUR = 3_600_000;
/** A key that signed nothing before has nothing to let go of. */
const NEVER = new Date(0);

export interface UnitWebhooksDeps {
  readonly acts: Pick<ActRecorder, 'record' | 'as'>;
  /** Derives what signs; null where the installation has none, and then nothing can be registered. */
  readonly noticeKey: Buffer | null;
  /** A receiver on this machine, without TLS, is for local mode only. */
  readonly isLocal: boolean;
}

/** Where a unit's own system is told that there is something to open; said by the unit's administrator. */
export class UnitWebhooks {
  constructor(private readonly deps: UnitWebhooksDeps) {}

  /** To the unit's administrator, head and auditor; refuses NOT_YOUR_UNIT. Never the secret. */
  async show(caller: Caller, unit: string): Promise<WebhookView> {
    if (!unitsOf(caller, ['administrator', 'unit-head', 'auditor']).includes(unit))
      return refuseAtDoor('NOT_YOUR_UNIT');
    return this.deps.acts.as(unit, async (manager) => {
      const [latest] = await manager.find(WebhookChangeEntity, {
        where: { unitId: unit },
        order: { version: 'DESC' },
        take: 1,
      });
      if (latest === undefined || latest.change === 'end')
        return { unit, url: null, since: null, secretVersion: null, oldSecretUntil: null };
      const now = await recordNow(manager);
      return {
        unit,
        url: latest.url,
        since: latest.recordedAt.toISOString(),
        secretVersion: latest.secretVersion,
        oldSecretUntil: latest.oldUntil > now ? latest.oldUntil.toISOString() : null,
      };
    });
  }

  /**
   * Registers, gives a new secret, or ends. The secret is derived for the answer and stored nowhere; the same key gets the
   * same answer. Refuses NOT_YOUR_UNIT, INVALID_INPUT for an address that is not https by a public name (outside local
   * mode), NOT_FOUND for a rotation or an end of nothing, and DEPENDENCY_UNAVAILABLE where no notice key is set.
   */
  async change(
    caller: Caller,
    idempotency: Idempotency,
    unit: string,
    change: ChangeWebhook,
  ): Promise<WebhookChanged> {
    const { acts, noticeKey } = this.deps;
    if (!unitsOf(caller, ['administrator']).includes(unit)) return refuseAtDoor('NOT_YOUR_UNIT');
    if (noticeKey === null) return refuseAtDoor('DEPENDENCY_UNAVAILABLE');
    if (change.change === 'register' && !this.deps.isLocal) refuseUnlessPublicName(new URL(change.url));
    const recorded = await acts.record(
      { caller, idempotency, unit, action: `webhook-${change.change}` },
      async ({ manager, id, at }) => {
        await lockFor(manager, `webhook ${unit}`);
        const [latest] = await manager.find(WebhookChangeEntity, {
          where: { unitId: unit },
          order: { version: 'DESC' },
          take: 1,
        });
        const version = (latest?.version ?? 0) + 1;
        const row = rowOf(change, latest, id, at);
        await manager.insert(WebhookChangeEntity, {
          ...row,
          id,
          unitId: unit,
          version,
          recordedAt: at,
          recordedBy: caller.person,
        });
        return { version, target: { kind: 'webhook', id: row.endpointId } };
      },
    );
    const { recordId, recordedAt } = recorded;
    if (change.change === 'end') return { recordId, recordedAt, secret: null };
    const { endpointId, secretVersion } = await acts.as(unit, (manager) =>
      manager.findOneByOrFail(WebhookChangeEntity, { id: recordId }),
    );
    return {
      recordId,
      recordedAt,
      secret: webhookSecret(webhookKey(noticeKey, endpointId, secretVersion)),
    };
  }
}

type ChangeRow = Pick<WebhookChangeEntity, 'change' | 'endpointId' | 'url' | 'secretVersion' | 'oldUntil'>;

function rowOf(
  change: ChangeWebhook,
  latest: WebhookChangeEntity | undefined,
  id: string,
  at: Date,
): ChangeRow {
  if (change.change === 'register') {
    return { change: 'register', endpointId: id, url: change.url, secretVersion: 1, oldUntil: NEVER };
  }
  if (latest === undefined || latest.change === 'end') return refuseAtDoor('NOT_FOUND');
  const { endpointId, url, secretVersion, oldUntil } = latest;
  if (change.change === 'end') return { change: 'end', endpointId, url: null, secretVersion, oldUntil };
  return {
    change: 'rotate',
    endpointId,
    url,
    secretVersion: secretVersion + 1,
    oldUntil: new Date(at.getTime() + change.oldSecretHours * HOUR),
  };
}

/** What it leads to is looked at anew each time that something is sent; a number or a bare name is never right. */
function refuseUnlessPublicName({ protocol, hostname }: URL): void {
  const literal = hostname.replace(/^\[|\]$/g, '');
  const isName =
    isIP(literal) === 0 &&
    hostname.includes('.') &&
    !/(^|\.)(localhost|local|internal|lan|home\.arpa)\.?$/.test(hostname);
  if (protocol === 'https:' && isName) return;
  refuseAtDoor('INVALID_INPUT', {
    errors: [{ field: 'url', message: 'must be https, by a name on the public internet' }],
  });
}
