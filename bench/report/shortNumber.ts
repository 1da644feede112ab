/** Three digits that count, with spaces between thousands. */
export function shortNumber(value: number): string {
  if (Number.isNaN(value)) return '-';
  if (value < 100) return value.toPrecision(3);
  return Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ' ');
}
