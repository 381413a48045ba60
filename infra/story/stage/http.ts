import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { NotAsTold } from './not-as-told.js';

/** A request as it goes out; a body makes it a command with an idempotency key of its own. */
export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly url: string;
  readonly token?: string;
  readonly body?: unknown;
  /** The version that was read, sent as `If-Match`. */
  readonly version?: number;
  /** How long it may take; a minute unless said. */
  readonly patienceMs?: number;
}

export interface Answer {
  readonly status: number;
  readonly text: string;
}

const ProblemSchema = z.object({
  code: z.string(),
  detail: z.string().optional(),
  errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
});

const PATIENCE_MS = 60_000;

/** Sends one request. Throws NotAsTold when nobody answers. */
export async function send({
  method,
  url,
  token,
  body,
  version,
  patienceMs = PATIENCE_MS,
}: Call): Promise<Answer> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (token !== undefined) headers['authorization'] = `Bearer ${token}`;
  if (body !== undefined) {
    headers['content-type'] = 'application/json';
    headers['idempotency-key'] = randomUUID();
  }
  if (version !== undefined) headers['if-match'] = `"${version}"`;
  try {
    const response = await fetch(url, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(patienceMs),
    });
    return { status: response.status, text: await response.text() };
  } catch (error) {
    throw new NotAsTold(`${method} ${url} was not answered (${reasonOf(error)}): does the system still run?`);
  }
}

/** The answer of a request that succeeded, in the shape that the contract promises. Throws NotAsTold otherwise. */
export async function ask<Schema extends z.ZodType>(call: Call, schema: Schema): Promise<z.infer<Schema>> {
  const { status, text } = await send(call);
  const where = `${call.method} ${new URL(call.url).pathname}`;
  if (status < 200 || status > 299)
    throw new NotAsTold(`${where} was refused: ${describeProblem(status, text)}`);
  const read = schema.safeParse(parseJson(text));
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new NotAsTold(`${where} answered in another shape: ${issue?.path.join('.')} ${issue?.message}`);
  }
  return read.data;
}

/** The stable code of a refusal. Throws NotAsTold when it was not refused, or not with a problem. */
export async function askRefused(call: Call): Promise<{ code: string; status: number; text: string }> {
  const { status, text } = await send(call);
  const problem = ProblemSchema.safeParse(parseJson(text));
  if (status < 400 || !problem.success) {
    throw new NotAsTold(
      `${call.method} ${new URL(call.url).pathname} should have been refused, and was answered ${status}`,
    );
  }
  return { code: problem.data.code, status, text };
}

function describeProblem(status: number, text: string): string {
  const problem = ProblemSchema.safeParse(parseJson(text));
  if (!problem.success) return `${status} ${text.slice(0, 200)}`;
  const { code, detail, errors = [] } = problem.data;
  const fields = errors.map(({ field, message }) => `${field}: ${message}`).join('; ');
  return [`${status} ${code}`, detail, fields].filter(Boolean).join('. ');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
