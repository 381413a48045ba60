import canonicalize from 'canonicalize';

/** What JSON can say. Dates are ISO strings before they get here. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/**
 * RFC 8785: one text for one value, whatever the order of its keys, so that a hash can be checked by anyone.
 * Throws on what JSON cannot say (NaN, undefined at the top, a lone surrogate): that is a bug in the caller.
 */
export function canonicalJson(value: JsonValue): string {
  const text = canonicalize(value);
  if (text === undefined) throw new Error('there is no canonical JSON for undefined');
  return text;
}
