import { type LookupAddress, lookup as resolve } from 'node:dns';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { DELIVERED, type DeliveryOutcome, undelivered } from './channel.port.js';
import { isPublicAddress } from './public-address.js';

export interface JsonPost {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly timeoutMs: number;
  /** For an address that the operator wrote, and in local mode. What somebody else wrote must be public, by https. */
  readonly mayBeInner: boolean;
}

/**
 * Posts JSON once. Unless it may be inner, only by https and only to a public address: the address that was checked is the one
 * that is connected to, so that a name cannot lead inwards between the two. Follows no redirect, reads no answer but its
 * status. Never throws.
 */
export async function postJson(post: JsonPost): Promise<DeliveryOutcome> {
  if (!post.mayBeInner && post.url.protocol !== 'https:') return undelivered('NOT_PUBLIC');
  const literal = post.url.hostname.replace(/^\[|\]$/g, '');
  if (!post.mayBeInner && isIP(literal) !== 0 && !isPublicAddress(literal)) return undelivered('NOT_PUBLIC');
  try {
    return outcomeOf(await statusOf(post));
  } catch (error) {
    if (error instanceof InnerAddress) return undelivered('NOT_PUBLIC');
    return undelivered(isTimeout(error) ? 'TIMED_OUT' : 'UNREACHABLE');
  }
}

class InnerAddress extends Error {}

/** Resolves as the system does, and refuses a name of which any address leads inwards. */
const publicLookup: LookupFunction = (hostname, options, callback) => {
  resolve(hostname, { ...options, all: true }, (error, found: LookupAddress[]) => {
    const [first] = found ?? [];
    if (error !== null || first === undefined) return callback(error ?? new Error('no address'), '', 4);
    if (!found.every(({ address }) => isPublicAddress(address))) {
      return callback(new InnerAddress('the name leads to an inner address'), '', 4);
    }
    if (options.all === true) return callback(null, found);
    return callback(null, first.address, first.family);
  });
};

function statusOf({ url, headers, body, timeoutMs, mayBeInner }: JsonPost): Promise<number> {
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((settle, reject) => {
    const asked = request(
      url,
      {
        method: 'POST',
        // A connection of its own: nothing is kept that another name could reuse.
        agent: false,
        headers: {
          ...headers,
          'content-type': 'application/json',
          'content-length': String(Buffer.byteLength(body)),
        },
        signal: AbortSignal.timeout(timeoutMs),
        ...(mayBeInner ? {} : { lookup: publicLookup }),
      },
      (answer: IncomingMessage) => {
        answer.on('error', () => undefined);
        answer.destroy();
        settle(answer.statusCode ?? 0);
      },
    );
    asked.on('error', reject);
    asked.end(body);
  });
}

function isTimeout(error: unknown): boolean {
  const name: unknown = Object(error).name;
  return name === 'TimeoutError' || name === 'AbortError';
}

function outcomeOf(status: number): DeliveryOutcome {
  // A gateway that has seen the idempotency key answers 409: it has the message.
  if ((status >= 200 && status < 300) || status === 409) return DELIVERED;
  if (status >= 300 && status < 400) return undelivered('REDIRECTED');
  if (status === 401 || status === 403) return undelivered('NOT_LET_IN');
  if (status === 408 || status === 425 || status === 429 || status >= 500) return undelivered('BUSY');
  return undelivered('REFUSED');
}
