import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { lintRules, withFolderTable } from './rooms/render.ts';

/** `npm run rooms`: writes the lint rules and the table in docs/architecture.md from the table of rooms. */
const path = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const docs = path('docs/architecture.md');

writeFileSync(path('.oxlintrc.rooms.json'), lintRules());
writeFileSync(docs, withFolderTable(readFileSync(docs, 'utf8')));
