import { ROOMS, type Room } from './table.ts';

/** How many steps a file may be below src. Counted, because a topic may be named like a room: `../leaderboards/` is another one from each depth. */
const DEPTHS = [1, 2, 3];

/** Rules for oxlint, which shows them in the editor: `.oxlintrc.rooms.json`, that `.oxlintrc.json` extends. */
export function lintRules(): string {
  const overrides = ROOMS.filter(({ values }) => !values.includes('*')).flatMap((room) =>
    (isFile(room.name) ? [0] : DEPTHS).map((depth) => ({
      files: [`src/${room.name}${depth === 0 ? '' : `${'/*'.repeat(depth)}.ts`}`],
      rules: { 'no-restricted-imports': ['error', { patterns: patternsOf(room, depth) }] },
    })),
  );
  return `${JSON.stringify({ overrides }, null, 2)}\n`;
}

/** The table of folders in `docs/architecture.md`. */
function folderTable(): string {
  const rows = ROOMS.map(({ name, holds, values, types = [] }) => {
    const imports = values.includes('*') ? 'anything' : values.map(quoted).join(', ');
    const typesOnly = types.length > 0 ? `${imports ? '; ' : ''}types of ${types.map(quoted).join(', ')}` : '';
    return `| \`src/${name}${isFile(name) ? '' : '/'}\` | ${holds} | ${imports + typesOnly || 'nothing of ours'} |`;
  });
  return ['| room | what it holds | may import |', '| --- | --- | --- |', ...rows].join('\n');
}

const MARK = /(<!-- rooms: made by npm run rooms -->\n)[\s\S]*?(\n<!-- \/rooms -->)/;

/** A page of the docs with the table of folders between its two marks made anew. */
export function withFolderTable(page: string): string {
  return page.replace(MARK, (_all, begin: string, end: string) => `${begin}\n${folderTable()}\n${end}`);
}

function patternsOf(room: Room, depth: number): object[] {
  const others = ROOMS.filter(({ name }) => name !== room.name && !room.values.includes(name));
  const types = room.types ?? [];
  const never = others.filter(({ name }) => !types.includes(name));
  const typesOnly = others.filter(({ name }) => types.includes(name));
  const foreign = [...new Set(ROOMS.flatMap(({ packages = [] }) => packages))].filter(
    (name) => !room.packages?.includes(name),
  );
  const message = `src/${room.name} may not import this: see docs/architecture.md.`;
  return [
    ...(foreign.length > 0 ? [{ regex: `^(${foreign.join('|')})(/|$)`, message }] : []),
    ...(never.length > 0 ? [{ regex: pathsOf(depth, never), message }] : []),
    ...(typesOnly.length > 0
      ? [
          {
            regex: pathsOf(depth, typesOnly),
            allowTypeImports: true,
            message: `src/${room.name} may import only types from here: see docs/architecture.md.`,
          },
        ]
      : []),
  ];
}

function pathsOf(depth: number, targets: Room[]): string {
  const names = targets.map(({ name }) => (isFile(name) ? `${name.replaceAll('.', '\\.')}$` : `${name}/`)).join('|');
  return `^${depth === 0 ? '\\./' : '\\.\\./'.repeat(depth)}(${names})`;
}

function isFile(name: string): boolean {
  return name.endsWith('.ts');
}

function quoted(name: string): string {
  return `\`${name}\``;
}
