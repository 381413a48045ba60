import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import {
  DispatchPreviewSchema,
  type DispatchView,
  DispatchViewSchema,
  type HandoffChanged,
  HandoffChangedSchema,
  type ReportedIncident,
  ReportedIncidentSchema,
} from '#contracts';
import { aReport } from '../../../libs/party/test/reports.js';
import type { LocalSystem } from '../../testing/local-system.js';

const RETRY_MS = 150;
/** What a client may try again with the same key: nothing was done, or the retry finds what was (DESIGN 4). */
const RETRYABLE = new Set(['DEPENDENCY_UNAVAILABLE', 'AUDIT_UNAVAILABLE', 'IDEMPOTENCY_IN_PROGRESS']);

/** A case that was reported and sent, and everything that was acknowledged on the way. */
export interface SentCase {
  readonly reported: ReportedIncident;
  readonly sent: DispatchView;
}

/** A command with its key: whoever retries it must not change it. */
export interface Command {
  readonly app: 'police' | 'socialjouren';
  readonly path: string;
  readonly body: unknown;
  readonly version?: number;
  readonly key: string;
}

/** The answer to one try: acknowledged with a body, to be tried again, or lost on the way (the client cannot know which). */
export type Tried = { readonly status: number; readonly text: string } | 'again' | 'lost';

export const POLICE = 'police-liaison-globen';
export const JOUR = 'socialjouren-case-worker';

export const reportCommand = (): Command => ({
  app: 'police',
  path: '/api/v1/incidents',
  // One child, whose matter is a `child-protection`: an adult's needs a consent, which is tried elsewhere.
  body: aReport({ victims: [], safeContacts: [] }),
  key: randomUUID(),
});

/** Plays a police liaison and a social secretary who do not give up: each command is tried with its key until acknowledged. */
export class Sender {
  /** Answers that were neither an acknowledgement nor a reason to try again; there must be none. */
  readonly strange: string[] = [];

  constructor(private readonly system: LocalSystem) {}

  async try({ app, path, body, version, key }: Command): Promise<Tried> {
    const token = await this.system.door.token(app === 'police' ? POLICE : JOUR);
    const call = {
      method: 'POST',
      path,
      body,
      key,
      token,
      ...(version === undefined ? {} : { version }),
    } as const;
    const answer = await this.system.door.call(app, call).catch(() => 'lost' as const);
    if (answer === 'lost') return 'lost';
    if (answer.status < 300) return { status: answer.status, text: answer.text };
    if (answer.status === 503 || RETRYABLE.has(answer.code ?? '')) return 'again';
    this.strange.push(`${path}: ${answer.status} ${answer.text.slice(0, 300)}`);
    throw new Error(`refused: ${this.strange.at(-1)}`);
  }

  /** Tries until acknowledged; throws when it is refused, or not acknowledged within the time. */
  async insist<Schema extends z.ZodType>(
    command: Command,
    schema: Schema,
    withinMs = 90_000,
  ): Promise<z.infer<Schema>> {
    const end = performance.now() + withinMs;
    for (;;) {
      const tried = await this.try(command);
      if (tried !== 'again' && tried !== 'lost') return schema.parse(JSON.parse(tried.text));
      if (performance.now() > end) throw new Error(`${command.path} was not acknowledged in ${withinMs} ms`);
      await sleep(RETRY_MS);
    }
  }

  report(command = reportCommand()): Promise<ReportedIncident> {
    return this.insist(command, ReportedIncidentSchema);
  }

  /** Previews and sends everything of a report. */
  async send(reported: ReportedIncident): Promise<DispatchView> {
    const items = reported.matters.map(({ matterId }) => ({ matterId }));
    const { previewId } = await this.insist(
      { app: 'police', path: '/api/v1/dispatches/preview', body: { items }, key: randomUUID() },
      DispatchPreviewSchema,
    );
    return this.insist(
      { app: 'police', path: '/api/v1/dispatches', body: { previewId }, key: randomUUID() },
      DispatchViewSchema,
    );
  }

  async reportAndSend(): Promise<SentCase> {
    const reported = await this.report();
    return { reported, sent: await this.send(reported) };
  }

  /** Opens and accepts an offer as socialjouren. */
  async take(handoffId: string): Promise<HandoffChanged> {
    const path = `/api/v1/handoffs/${handoffId}`;
    const opened = await this.insist(
      { app: 'socialjouren', path: `${path}/open`, body: {}, key: randomUUID() },
      HandoffChangedSchema,
    );
    return this.insist(
      {
        app: 'socialjouren',
        path: `${path}/accept`,
        body: {},
        version: opened.version,
        key: randomUUID(),
      },
      HandoffChangedSchema,
    );
  }
}
