/** Deeper than any form of ours, and shallow enough for whatever walks a body by recursion. */
const DEEPEST = 32;

/** A body that no form has: refused as what cannot be understood, before anything walks it. */
export class NestedTooDeep extends Error {
  readonly statusCode = 400;
}

/** Throws {@link NestedTooDeep} for a parsed body nested deeper than 32 levels. Walks without recursion. */
export function assertShallow(body: unknown): void {
  let level: unknown[] = [body];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth >= DEEPEST) throw new NestedTooDeep();
    level = level.flatMap((value) =>
      typeof value === 'object' && value !== null
        ? Object.values(value).filter((inner) => typeof inner === 'object')
        : [],
    );
  }
}
