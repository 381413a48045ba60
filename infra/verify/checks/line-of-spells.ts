/** A spell in milliseconds of record time; no end is Infinity. */
export interface Spell {
  readonly unit: string;
  readonly from: number;
  readonly until: number;
}

export interface MatterLine {
  readonly openedAt: number;
  /** Infinity while it is open. */
  readonly closedAt: number;
  readonly holder: string;
  readonly spells: readonly Spell[];
}

export type LineDefect =
  | 'no-spell'
  | 'gap'
  | 'overlap'
  | 'starts-elsewhere'
  | 'ends-elsewhere'
  | 'other-holder';

/**
 * C1 computed anew, with nothing but the spells: what is wrong with the line, and the milliseconds up to `now` (or the close)
 * that no unit answered for. Written without a look at the SQL that checks the same, so that they can disagree.
 */
export function checkLine(
  { openedAt, closedAt, holder, spells }: MatterLine,
  now: number,
): { readonly defects: readonly LineDefect[]; readonly unownedMs: number } {
  const end = Math.min(closedAt, now);
  if (spells.length === 0) return { defects: ['no-spell'], unownedMs: Math.max(0, end - openedAt) };
  const defects = new Set<LineDefect>();
  const inOrder = [...spells].sort((one, other) => one.from - other.from || one.until - other.until);
  let unownedMs = 0;
  let heldUntil = openedAt;
  let last = inOrder[0];
  for (const spell of inOrder) {
    if (spell.until <= spell.from) defects.add('overlap');
    if (spell === inOrder[0]) {
      if (spell.from !== openedAt) defects.add('starts-elsewhere');
    } else {
      if (spell.from > heldUntil) defects.add('gap');
      if (spell.from < heldUntil) defects.add('overlap');
    }
    unownedMs += Math.max(0, Math.min(spell.from, end) - heldUntil);
    if (spell.until >= heldUntil) {
      heldUntil = spell.until;
      last = spell;
    }
  }
  if (heldUntil !== closedAt) defects.add('ends-elsewhere');
  if (last?.unit !== holder) defects.add('other-holder');
  unownedMs += Math.max(0, end - heldUntil);
  return { defects: [...defects], unownedMs };
}
