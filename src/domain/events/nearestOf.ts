/** Comparing takes the product of two lengths: a name that is longer is near to none. */
const LENGTH_MAX = 64;

/** Of some names the one with the fewest edits between it and a text, if they are fewer than half of it. */
export function nearestOf(text: string, names: Iterable<string>): string | null {
  if (text.length > LENGTH_MAX) return null;
  let nearest: string | null = null;
  let fewest = Math.ceil(text.length / 2);
  for (const name of names) {
    const edits = editsBetween(text.toLowerCase(), name);
    if (edits < fewest) [nearest, fewest] = [name, edits];
  }
  return nearest;
}

/** How many characters have to be put in, left out or replaced (Levenshtein). */
function editsBetween(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
