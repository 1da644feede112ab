/** What a name to show may be, in the words of the schema. */
export const describeName = (lengthMax: number) =>
  `1 to ${lengthMax} characters on one line that show what they are. Emoji, and the marks and joiners that languages need, do. ` +
  'Refused are characters that draw nothing, more marks on a letter than any language puts there, and words in which letters ' +
  'of another script pass for Latin ones.';
