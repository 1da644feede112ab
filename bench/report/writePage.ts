import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withFigures } from './figures.ts';
import type { Written } from './writeFinding.ts';

/** The results that are kept with the code, and the page that shows them. */
export const RESULTS = fileURLToPath(new URL('../results', import.meta.url));
const PAGE = fileURLToPath(new URL('../../docs/performance.md', import.meta.url));

/** Brings the page up to date with the results. */
export function writePage(): void {
  writeFileSync(PAGE, currentPage());
}

/** What the page should say. */
export function currentPage(): string {
  return withFigures(readFileSync(PAGE, 'utf8'), (name) => {
    const path = join(RESULTS, `${name}.json`);
    return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Written) : null;
  });
}
