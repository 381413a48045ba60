import { z } from 'zod';
import type { AppName } from '../local/settings.js';

const PATIENCE_MS = 30_000;
const TokenSchema = z.object({ access_token: z.string() });
const NowSchema = z.object({ now: z.iso.datetime({ offset: true }) });
const MailSchema = z.object({ items: z.array(z.object({ to: z.array(z.string()), subject: z.string() })) });
const CodeSchema = z.object({ code: z.string() });

/** A request as it goes out. A body makes it JSON; `key` is the `Idempotency-Key`, `version` the `If-Match`. */
export interface LocalCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With its leading slash, from the root: `/api/v1/inbox`. */
  readonly path: string;
  readonly token?: string | undefined;
  readonly body?: unknown;
  readonly key?: string;
  readonly version?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

export interface LocalAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The stable code of a refusal; null when it is none. */
  readonly code: string | null;
}

/** The answer's body in the shape that the contract promises. Throws with status and body when it was refused. */
export function bodyOf<Schema extends z.ZodType>(answer: LocalAnswer, schema: Schema): z.infer<Schema> {
  if (answer.status < 200 || answer.status > 299)
    throw new Error(`refused with ${answer.status}: ${answer.text.slice(0, 500)}`);
  return schema.parse(JSON.parse(answer.text));
}

/** Every app's HTTP, as a client outside reaches it, with the tokens of local mode's personas. */
export class LocalDoor {
  readonly #tokens = new Map<string, Promise<string>>();

  constructor(readonly urlOf: (app: AppName) => string) {}

  /** A persona's access token, for its own party or another audience (`https://handslag.local/<party>`); asked for once. */
  token(persona: string, audience?: string): Promise<string> {
    const name = `${persona} ${audience ?? ''}`;
    const known = this.#tokens.get(name);
    if (known) return known;
    const asked = this.call('issuer', {
      method: 'POST',
      path: '/dev/token',
      body: { persona, ...(audience === undefined ? {} : { audience }) },
    }).then((answer) => bodyOf(answer, TokenSchema).access_token);
    this.#tokens.set(name, asked);
    return asked;
  }

  /** Sends one request. Throws when nobody answers. */
  async call(app: AppName, { method, path, token, body, key, version, headers, signal }: LocalCall) {
    const response = await fetch(`${this.urlOf(app)}${path}`, {
      method,
      headers: {
        accept: 'application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
        ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      signal: signal ?? AbortSignal.timeout(PATIENCE_MS),
    });
    const text = await response.text();
    const answer: LocalAnswer = {
      status: response.status,
      headers: response.headers,
      text,
      code: codeIn(text),
    };
    return answer;
  }

  async isReady(app: AppName): Promise<boolean> {
    return fetch(`${this.urlOf(app)}/health/ready`, { signal: AbortSignal.timeout(3_000) }).then(
      (response) => response.ok,
      () => false,
    );
  }

  /** The record's clock. */
  async now(): Promise<Date> {
    return new Date(bodyOf(await this.call('issuer', { method: 'GET', path: '/dev/time' }), NowSchema).now);
  }

  /** Moves the record's clock forward by a duration (`PT9H`) or to an instant, each due time until quiet. */
  async advance(to: string | Date): Promise<Date> {
    const answer = await this.call('issuer', {
      method: 'POST',
      path: '/dev/time/advance',
      body: to instanceof Date ? { to: to.toISOString() } : { by: to },
      signal: AbortSignal.timeout(600_000),
    });
    return new Date(bodyOf(answer, NowSchema).now);
  }

  /** What the mail catcher holds, newest first. */
  async mail() {
    return bodyOf(await this.call('issuer', { method: 'GET', path: '/mail' }), MailSchema).items;
  }
}

function codeIn(text: string): string | null {
  try {
    return CodeSchema.safeParse(JSON.parse(text)).data?.code ?? null;
  } catch {
    return null;
  }
}
