import type { BeforeApplicationShutdown } from '@nestjs/common';
import type { Logger } from '@temporalio/common';
import type { TokenFault } from './access-tokens.service.js';

/** Why a request had nobody behind it: what was wrong with its token, or that the issuer could not be asked. */
export type UnknownReason = TokenFault | 'issuer-away';

/** How often the security log is written at most, however much noise there is. */
const WINDOW_MS = 60_000;

/**
 * Counts requests without a person, by reason. They are noise, not refusals of somebody: the audit stays readable (C7), and a
 * flood of them fills no disk. The security log has one line a reason when it begins, and one a minute while it lasts; it names
 * no address and nothing of the token.
 */
export class UnknownCallers implements BeforeApplicationShutdown {
  readonly #seen = new Map<UnknownReason, number>();
  readonly #untold = new Map<UnknownReason, number>();
  #window: NodeJS.Timeout | undefined;

  constructor(
    private readonly log: Logger,
    private readonly windowMs = WINDOW_MS,
  ) {}

  count(reason: UnknownReason): void {
    this.#seen.set(reason, (this.#seen.get(reason) ?? 0) + 1);
    this.#untold.set(reason, (this.#untold.get(reason) ?? 0) + 1);
    if (this.#window === undefined) this.tell();
  }

  /** How many of each reason since the process started. */
  get seen(): ReadonlyMap<UnknownReason, number> {
    return this.#seen;
  }

  beforeApplicationShutdown(): void {
    clearTimeout(this.#window);
    this.write();
  }

  private tell(): void {
    this.write();
    this.#window = setTimeout(() => {
      this.#window = undefined;
      if (this.#untold.size > 0) this.tell();
    }, this.windowMs);
    this.#window.unref();
  }

  private write(): void {
    for (const [code, count] of this.#untold)
      this.log.warn('security.unknown-callers', { code, count, size: this.#seen.get(code) });
    this.#untold.clear();
  }
}
