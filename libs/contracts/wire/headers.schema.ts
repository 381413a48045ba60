import { z } from 'zod';

/** 16 to 128 printable characters, new for every command and the same for every retry of it (DESIGN 12). */
export const IdempotencyKeySchema = z.string().regex(/^[\x21-\x7e]{16,128}$/);

/** The version in an `If-Match` header: a strong entity tag, such as `"3"`. */
export const IfMatchSchema = z
  .string()
  .regex(/^"[1-9][0-9]{0,8}"$/)
  .transform((tag) => Number(tag.slice(1, -1)));

/** Writes a version as the strong entity tag that `If-Match` takes back. */
export function entityTag(version: number): string {
  return `"${version}"`;
}
