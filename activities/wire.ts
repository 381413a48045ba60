import { z } from 'zod';

/**
 * An id as it crosses Temporal: text without spaces, never a name or a number of a person (C5). Whoever receives one
 * parses it to the branded id of its own schema.
 */
export const WireIdSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/);

/** A coded value; free text does not fit (C5). */
export const CodeSchema = z.string().regex(/^[A-Za-z][A-Za-z0-9._-]{0,63}$/);
