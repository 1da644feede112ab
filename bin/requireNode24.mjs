/**
 * Stops with a clear message on a Node below 24, which cannot run the sources as they are.
 * Used as `node --import ./bin/requireNode24.mjs src/main.ts`. Written in plain old syntax, so that an old Node reaches the message.
 */
const majorMin = 24;
const major = Number(process.versions.node.split('.')[0]);

if (major < majorMin) {
  console.error(
    [
      'Laurel needs Node ' +
        majorMin +
        ' or later, and this is Node ' +
        process.versions.node +
        ' (' +
        process.execPath +
        ').',
      'On Linux (x64, arm64) and Windows (x64): `npm ci` brings Node ' +
        majorMin +
        ' along; start through npm, for example `npm start`.',
      'Elsewhere, or when node is called directly: install Node ' + majorMin + ' from https://nodejs.org.',
    ].join('\n'),
  );
  process.exit(1);
}
