import { refuseAtDoor } from '../http/refused.exception.js';

/** Where a page ended: what is sorted by, and the id that settles a tie. */
export interface Keyset {
  readonly instants: readonly string[];
  readonly id: string;
}

/** A keyset as the opaque text of `next`. */
export function writeKeyset({ instants, id }: Keyset): string {
  return Buffer.from(JSON.stringify([...instants, id])).toString('base64url');
}

const INSTANT = /^(?:-?infinity|\d{4}-[0-9T:.Z-]{6,30})$/;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Reads `after`; refuses what was not written by {@link writeKeyset}. */
export function readKeyset(after: string | undefined, first: Keyset): Keyset {
  if (after === undefined) return first;
  const parts: unknown = parse(after);
  if (Array.isArray(parts) && parts.length === first.instants.length + 1) {
    const texts = parts.filter((part): part is string => typeof part === 'string');
    const id = texts.at(-1);
    const instants = texts.slice(0, -1);
    if (
      texts.length === parts.length &&
      id !== undefined &&
      UUID.test(id) &&
      instants.every((text) => INSTANT.test(text))
    )
      return { instants, id };
  }
  return refuseAtDoor('INVALID_INPUT', {
    errors: [{ field: 'after', message: 'is not a page of this list' }],
  });
}

/** An instant or infinity as PostgreSQL reads it back. */
export function instantText(at: Date | number): string {
  if (at instanceof Date) return at.toISOString();
  return at > 0 ? 'infinity' : '-infinity';
}

function parse(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}
