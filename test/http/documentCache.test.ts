import { parse } from 'graphql';
import { expect, test } from 'vitest';
import { createDocumentCache, type DocumentCache } from '../../src/http/documentCache.ts';
import { heldBytes } from '../setup/memory.ts';

const document = parse('{ a }');

function keep(cache: DocumentCache, text: string): void {
  cache.set(text, document);
  cache.set(text, document);
}

test('a document is kept from its second time on', () => {
  const cache = createDocumentCache(10);
  cache.set('four', document);
  expect(cache.get('four')).toBeUndefined();
  cache.set('four', document);
  expect(cache.get('four')).toBe(document);
});

test('documents are kept until their texts are too long together, those asked for last the longest', () => {
  const cache = createDocumentCache(10);
  keep(cache, 'four');
  keep(cache, 'five!');
  expect(cache.get('four')).toBe(document);
  keep(cache, 'two');
  expect([cache.get('four'), cache.get('five!'), cache.get('two')]).toEqual([document, undefined, document]);
});

test('what comes once pushes out nothing, and what is too long alone is not kept', () => {
  const cache = createDocumentCache(10);
  keep(cache, 'four');
  for (let index = 0; index < 100; index += 1) cache.set(`once ${index}`, document);
  keep(cache, 'more than ten');
  expect([cache.get('four'), cache.get('more than ten')]).toEqual([document, undefined]);
});

test('1 000 of the largest documents that are let in cost less than 100 MB', () => {
  const cache = createDocumentCache();
  const before = heldBytes();
  for (let index = 0; index < 1_000; index += 1) {
    const text = `{a${index}${'{a'.repeat(38)}${'}'.repeat(38)}${' a{b}'.repeat(400)}}`;
    for (let turn = 0; turn < 2; turn += 1) cache.set(text, parse(text, { maxTokens: 2_000 }));
  }
  expect(heldBytes() - before).toBeLessThan(100_000_000);
});
