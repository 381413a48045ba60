/** The form in which names of places are compared: case, spaces and composed letters do not matter. */
export function placeKey(name: string): string {
  return name.normalize('NFC').trim().replace(/\s+/g, ' ').toLocaleLowerCase('sv');
}

/** Whether two texts are the same name of a place. Letters matter: Orby is not Örby. */
export function isSamePlaceName(one: string, other: string): boolean {
  return placeKey(one) === placeKey(other);
}

const withoutMarks = (name: string) => placeKey(name).normalize('NFD').replace(/\p{M}/gu, '');

const editDistance = (one: string, other: string): number => {
  let previous = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [row, letter] of [...one].entries()) {
    const current = [row + 1];
    for (const [column, otherLetter] of [...other].entries()) {
      current.push(
        Math.min(
          (previous[column + 1] ?? 0) + 1,
          (current[column] ?? 0) + 1,
          (previous[column] ?? 0) + (letter === otherLetter ? 0 : 1),
        ),
      );
    }
    previous = current;
  }
  return previous.at(-1) ?? 0;
};

const MOST_CANDIDATES = 8;

/** The names that a text may have meant, nearest first: for showing only, never for routing. */
export function nearestPlaceNames(text: string, names: readonly string[]): readonly string[] {
  const wanted = withoutMarks(text);
  const distanceTo = (name: string) => {
    const known = withoutMarks(name);
    if (wanted.length >= 3 && (known.startsWith(wanted) || wanted.startsWith(known))) return 0.5;
    return editDistance(wanted, known);
  };
  return [...new Set(names)]
    .map((name) => ({ name, distance: withoutMarks(name) === wanted ? 0 : distanceTo(name) }))
    .filter(({ distance }) => distance <= Math.min(2, wanted.length / 3))
    .sort((a, b) => a.distance - b.distance || a.name.localeCompare(b.name, 'sv'))
    .slice(0, MOST_CANDIDATES)
    .map(({ name }) => name);
}
