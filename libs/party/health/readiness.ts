import type { Dependency } from './dependency.port.js';

export interface ReadinessReport {
  readonly status: 'ready' | 'degraded' | 'not-ready';
  /** The dependencies that do not answer. */
  readonly missing: readonly string[];
  readonly draining: boolean;
}

const WITHIN_MS = 1500;

/** Says whether the service can be used, and names what is missing (DESIGN 12). */
export class Readiness {
  #draining = false;

  readonly #dependencies: Dependency[];

  constructor(dependencies: readonly Dependency[]) {
    this.#dependencies = [...dependencies];
  }

  /** Something else that must answer before the service can be used. */
  require(dependency: Dependency): void {
    this.#dependencies.push(dependency);
  }

  /** From now on new work goes elsewhere; what is under way is finished. */
  drain(): void {
    this.#draining = true;
  }

  async look(): Promise<ReadinessReport> {
    const answers = await Promise.all(
      this.#dependencies.map(async (one) => ({
        ...one,
        name: one.name,
        away: !(await one.answers(WITHIN_MS)),
      })),
    );
    const away = answers.filter((one) => one.away);
    const missing = away.map(({ name }) => name);
    const unusable = this.#draining || away.some(({ isNeeded }) => isNeeded);
    const status = unusable ? 'not-ready' : missing.length > 0 ? 'degraded' : 'ready';
    return { status, missing, draining: this.#draining };
  }
}
