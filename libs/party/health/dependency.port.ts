/** Something the service leans on. A needed one that is away makes the service not ready; another, degraded. */
export interface Dependency {
  readonly name: string;
  readonly isNeeded: boolean;
  /** Whether it answers now; never throws, and answers within `withinMs`. */
  answers(withinMs: number): Promise<boolean>;
}

/** Turns a check that may throw, hang or answer false into one that says whether it answered. */
export function dependency(name: string, isNeeded: boolean, check: () => Promise<unknown>): Dependency {
  return {
    name,
    isNeeded,
    async answers(withinMs) {
      let timer: NodeJS.Timeout | undefined;
      const tooLate = new Promise<boolean>((resolve) => {
        timer = setTimeout(() => resolve(false), withinMs);
      });
      const answered = check().then(
        (said) => said !== false,
        () => false,
      );
      const answer = await Promise.race([answered, tooLate]);
      clearTimeout(timer);
      return answer;
    },
  };
}
