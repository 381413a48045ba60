/** Counts requests without a person. They are noise, not refusals of somebody: the audit stays readable (C7). */
export class UnknownCallers {
  #seen = 0;

  count(): void {
    this.#seen += 1;
  }

  /** How many since the process started. */
  get seen(): number {
    return this.#seen;
  }
}
