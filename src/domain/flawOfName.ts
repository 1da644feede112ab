import unhomoglyph from 'unhomoglyph';

/** Line breaks and controls, and what turns the direction of the text around it. */
const BREAKING = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;
/** What draws nothing although its category is that of letters, marks or symbols: no property of Unicode tells. */
const BLANK = /[\u2800\ufff9-\ufffc\u{13441}\u{13442}\u{16fe4}\u{1d159}]/u;
const IGNORABLE = /\p{Default_Ignorable_Code_Point}/u;
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** Sequences with joiners, variation selectors and tags that are drawn as one picture. */
const EMOJI = /\p{RGI_Emoji}/gv;
/** The same where selectors are left out, as some keyboards do. */
const JOINED_PICTURES = /(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f])\u200d(?=\p{Extended_Pictographic})/gu;
/** Which of two looks is meant. */
const PICTURE_SELECTOR = /(?<=[\p{Emoji}\p{Extended_Pictographic}])[\ufe0e\ufe0f]/gu;
const HAN_SELECTOR = /(?<=\p{Script=Han})[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu;
const MONGOLIAN_SELECTOR = /(?<=\p{Script=Mongolian})[\u180b-\u180f]/gu;
/** Scripts whose letters join or stack, and whose spelling says where they do not. */
const JOINER =
  /(?<=[\p{scx=Adlm}\p{scx=Arab}\p{scx=Beng}\p{scx=Deva}\p{scx=Gujr}\p{scx=Guru}\p{scx=Khmr}\p{scx=Knda}\p{scx=Mand}\p{scx=Mlym}\p{scx=Mong}\p{scx=Mymr}\p{scx=Nko}\p{scx=Orya}\p{scx=Sinh}\p{scx=Syrc}\p{scx=Taml}\p{scx=Telu}\p{scx=Tibt}])[\u200c\u200d]/gu;

/** Unicode's UTS 39 calls more than four in a row no text. */
const MANY_MARKS = /[\p{Mn}\p{Me}]{5}/u;
/** Marks that fit any letter. No language puts more than three on one: Greek does with breathing, accent and iota. */
const MANY_COMMON_MARKS = /[\p{Script=Inherited}&&[\p{Mn}\p{Me}]]{4}/v;
/** Marks that stand on nothing of their own. */
const LOOSE_MARK = /(?:^|\s)[\p{Mn}\p{Me}]/u;

const WORD = /[\p{L}\p{M}]+/gu;
const LATIN = /\p{Script=Latin}/u;
/** Letters that belong to a script other than Latin. */
const FOREIGN = /[\p{L}--[\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]]/gv;

/**
 * What is wrong with a name as it is drawn: it must be one line that shows what it consists of. Null when it is fine.
 * Emoji sequences, the joiners, selectors and marks that languages need, and words of several scripts that can be told apart, are.
 */
export function flawOfName(name: string): string | null {
  const text = name
    .replace(EMOJI, '☺')
    .replace(JOINED_PICTURES, '')
    .replace(PICTURE_SELECTOR, '')
    .replace(HAN_SELECTOR, '')
    .replace(MONGOLIAN_SELECTOR, '')
    .replace(JOINER, '');
  const isHidden = [BREAKING, BLANK, IGNORABLE].some((rule) => rule.test(text));
  if (isHidden || !VISIBLE.test(text)) return 'use one line of visible characters';
  const apart = text.normalize('NFD');
  const isHeaped = [MANY_MARKS, MANY_COMMON_MARKS, LOOSE_MARK].some((rule) => rule.test(apart));
  if (isHeaped) return 'use fewer marks on one letter, and none without a letter';
  return name.match(WORD)?.some(isDisguised) ? 'do not write a word with letters that only look Latin' : null;
}

/** Whether all that is not Latin in a word of Latin letters looks as if it were, by the confusables of Unicode's UTS 39. */
function isDisguised(word: string): boolean {
  const foreign = LATIN.test(word) ? (word.match(FOREIGN) ?? []) : [];
  return foreign.length > 0 && foreign.every((letter) => LATIN.test(unhomoglyph(letter)));
}
