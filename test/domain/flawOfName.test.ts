import { expect, test } from 'vitest';
import { flawOfName } from '../../src/domain/flawOfName.ts';

test.for([
  '\u3164',
  '\u2800',
  '\u115f',
  '\u1160',
  '\uffa0',
  '\u200b',
  '\u200d',
  '\u00ad',
  '\u034f',
  '\u180e',
  '\u2060',
  '\ufeff',
  '\ufe0f',
  '\ufffc',
  '\u{13441}',
  '\u{16fe4}',
  '\u{1d159}',
  '\u{e0041}',
])('%j shows nothing and is no name, and hides in none', (hidden) => {
  expect(flawOfName(hidden)).not.toBeNull();
  expect(flawOfName(hidden.repeat(3))).not.toBeNull();
  expect(flawOfName(`A${hidden}da`)).not.toBeNull();
});

test.for([
  'a\u202eb',
  'a\u2066b',
  'a\u2028b',
  'a\nb',
  'a\u200eb',
  '🏴\u{e0067}\u{e0062}\u{e007f}',
  'م\u200c\u200c\u200cن',
])('%j holds what is not drawn', (name) => expect(flawOfName(name)).not.toBeNull());

test.for([`Z${'\u0334'.repeat(30)}`, 'a\u0300\u0301\u0302\u0303', `ש${'\u05b8'.repeat(5)}`, '\u0301a', 'a \u0301'])(
  '%j heaps marks up',
  (name) => expect(flawOfName(name)).toMatch(/marks/),
);

test.for(['Аdmin', 'аdmin', 'p\u0430yp\u0430l', 'Αda', 'The Βoss', 'Аdmin Иван', 'ѕсоpe'])(
  '%s passes for Latin',
  (name) => expect(flawOfName(name)).toMatch(/look Latin/),
);

test.for([
  'Ada',
  'Иван',
  'асе',
  'Ελένη',
  'ДимаPro',
  'DJ Роман',
  'Ωmega',
  'Adaさん',
  'Team 山田',
  'ᏣᎳᎩ',
  '𝓐da',
  'Ａda',
  "O'Neill",
  'Zoë'.normalize('NFD'),
  'Nguyễn'.normalize('NFD'),
  'ᾧ'.normalize('NFD'),
  'שָׁלוֹם',
  'مُحَمَّد',
  'می‌خواهم',
  'ශ්‍රී',
  'क्‍ष',
  'ক্ষ',
  'မြန်မာ',
  'ရွှေ့',
  'กำลังใจ',
  'བསྒྲུབས',
  '李小龙',
  '葛\u{e0100}',
  '山田　太郎',
  '홍길동',
  '홍'.normalize('NFD'),
  '🏆',
  '👩‍👩‍👧‍👦',
  '👩🏽‍🚀',
  '👩‍❤‍👩',
  '🏳️‍🌈',
  '🏴󠁧󠁢󠁥󠁮󠁧󠁿',
  '1️⃣',
  '❤️',
  '☺︎',
  '🇩🇪',
  '...',
])('%s is a name', (name) => expect(flawOfName(name)).toBeNull());

test('a name of many characters is judged in a time that grows with its length', () => {
  for (const part of ['a\u0301', '👩‍', '\u200d', '\u3164', 'क्‍', 'aа', 'aж']) {
    const started = performance.now();
    flawOfName(part.repeat(50_000));
    expect(performance.now() - started).toBeLessThan(1_000);
  }
});
