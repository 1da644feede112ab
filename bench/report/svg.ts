/** Elements of a chart as text. All colours come from classes, so that one file is readable in the light and in the dark. */
type Attributes = Record<string, number | string>;

const FONT_SIZE = 13;
const FOOT_SIZE = 11;
/** Of a character by the size of the font, capitals among them, for room to be left: browsers have different fonts. */
const CHARACTER_WIDTH = 0.62;

const STYLE = `
  svg { font: ${FONT_SIZE}px ui-sans-serif, system-ui, sans-serif; }
  .paper { fill: #ffffff; } .ink { fill: #1f2328; } .faint { fill: #59636e; } .grid { stroke: #d1d9e0; }
  .ours { fill: #0969da; } .other { fill: #a3adb8; } .whisker { stroke: #1f2328; stroke-width: 1.5; }
  .line { fill: none; stroke-width: 2.5; }
  .c0 { stroke: #0969da; fill: #0969da; } .c1 { stroke: #bc4c00; fill: #bc4c00; } .c2 { stroke: #1a7f37; fill: #1a7f37; }
  .c3 { stroke: #8250df; fill: #8250df; } .c4 { stroke: #bf3989; fill: #bf3989; }
  text.c0, text.c1, text.c2, text.c3, text.c4 { stroke: none; } polyline { fill: none !important; }
  @media (prefers-color-scheme: dark) {
    .paper { fill: #0d1117; } .ink { fill: #f0f6fc; } .faint { fill: #9198a1; } .grid { stroke: #3d444d; }
    .ours { fill: #4493f8; } .other { fill: #656c76; } .whisker { stroke: #f0f6fc; }
    .c0 { stroke: #4493f8; fill: #4493f8; } .c1 { stroke: #f0883e; fill: #f0883e; } .c2 { stroke: #3fb950; fill: #3fb950; }
    .c3 { stroke: #ab7df8; fill: #ab7df8; } .c4 { stroke: #db61a2; fill: #db61a2; }
  }`;

/** A whole picture on paper of its own. `title` is for whoever cannot see it. */
export function drawing(size: { width: number; height: number; title: string }, parts: string[]): string {
  const { width, height, title } = size;
  const box = { xmlns: 'http://www.w3.org/2000/svg', width, height, viewBox: `0 0 ${width} ${height}`, role: 'img' };
  const paper = element('rect', { class: 'paper', width, height, rx: 6 });
  return `${element('svg', box, `\n<title>${escape(title)}</title>\n<style>${STYLE}\n</style>\n${[paper, ...parts].join('\n')}\n`)}\n`;
}

export function text(x: number, y: number, words: string, attributes: Attributes = { class: 'ink' }): string {
  return element('text', { x, y, ...attributes }, escape(words));
}

/** An element; numbers are kept to a tenth, so that files do not differ where pictures do not. */
export function element(name: string, attributes: Attributes, content?: string): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escape(shown(value))}"`);
  return content === undefined ? `<${name}${written.join('')}/>` : `<${name}${written.join('')}>${content}</${name}>`;
}

export function widthOf(words: string, fontSize = FONT_SIZE): number {
  return Math.ceil(words.length * CHARACTER_WIDTH * fontSize);
}

/** Small lines from `y` downwards, no part of which is cut in two, and the height that they take. */
export function foot(
  parts: string[],
  place: { x: number; y: number; width: number },
): { drawn: string[]; height: number } {
  const lines: string[] = [];
  for (const part of parts) {
    const longer = [...lines.slice(-1), part].join('; ');
    if (lines.length > 0 && widthOf(longer, FOOT_SIZE) <= place.width) lines[lines.length - 1] = longer;
    else lines.push(part);
  }
  const step = FOOT_SIZE + 4;
  const style = { class: 'faint', 'font-size': FOOT_SIZE };
  const drawn = lines.map((line, index) => text(place.x, place.y + (index + 1) * step, line, style));
  return { drawn, height: lines.length * step };
}

function shown(value: number | string): string {
  return typeof value === 'number' ? String(Math.round(value * 10) / 10) : value;
}

function escape(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
