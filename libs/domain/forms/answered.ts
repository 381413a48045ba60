import { UNKNOWN } from './code-sets.js';

/** "Unknown" is always a valid answer; silence is none (forms.md 1). */
export function isAnswered(value: unknown): boolean {
  if (value === UNKNOWN) return true;
  if (typeof value === 'string') return value.trim() !== '';
  return value !== undefined && value !== null;
}
