/** Whether the text is an origin as browsers spell it: `https://game.example`, with a port where it is not the usual one. */
export function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text && !text.includes('*');
}
