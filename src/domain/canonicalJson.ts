/** JSON with sorted object keys, so that two spellings of one value are one text. What JSON cannot say is left out or null, as in JSON. */
export function canonicalJson(value: unknown): string {
  return textOf(value) ?? 'null';
}

function textOf(value: unknown): string | undefined {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item) => textOf(item) ?? 'null').join(',')}]`;
  if ('toJSON' in value && typeof value.toJSON === 'function') return textOf(value.toJSON());
  let text = '{';
  for (const key of Object.keys(value).toSorted()) {
    const member = textOf((value as Record<string, unknown>)[key]);
    if (member !== undefined) text += `${text === '{' ? '' : ','}${JSON.stringify(key)}:${member}`;
  }
  return `${text}}`;
}
