import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { holdsWords, patternWords, SHORTEST_TAG_WORD, wordsOf } from './branch-words';

/** The beginning of SHA-256, worked out in another way than the code does. */
const digest = (word: string): number =>
  Number.parseInt(createHash('sha256').update(word).digest('hex').slice(0, 8), 16);

const word = fc.stringMatching(/^[a-z]{2,8}$/);
const separator = fc.stringMatching(/^[-/_.0-9]{1,3}$/);
const names = fc
  .array(fc.tuple(word, separator), { minLength: 1, maxLength: 6 })
  .map((parts) => parts.flat().join(''));

it.each([
  ['hotfix/login', ['hotfix', 'login']],
  ['users/ann/ABC-12-Fix_the.login', ['users', 'ann', 'abc']],
  ['v1.2-b/x/rollback', ['rollback']],
  ['größe-im-menü', ['größe', 'im', 'menü']],
  ['бета/фикс', ['бета', 'фикс']],
  // Full-width letters, and a letter with its dots apart: the same words in other code points.
  ['ｈｏｔｆｉｘ/menu\u0308', ['hotfix', 'menü']],
  ['2024/12', []],
  ['', []],
])('keeps of %j the words %j', (name, words) => {
  expect(wordsOf(name)).toEqual(words.map(digest));
});

it('keeps nothing where there is no name', () => {
  expect(wordsOf(null)).toEqual([]);
});

it('counts a single letter where it is told to', () => {
  expect(wordsOf('v1.2-rc.1', { shortest: SHORTEST_TAG_WORD })).toEqual(['v', 'rc'].map(digest));
  expect(wordsOf('v1.2-rc.1')).toEqual([digest('rc')]);
  // A letter of two code units is one letter.
  expect(wordsOf('𝒱𐐨1')).toEqual([digest('v𐐨')]);
  expect(wordsOf('𐐨1')).toEqual([]);
});

it('gives at most three whole numbers of 32 bits, whatever the name', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      const words = wordsOf(name);
      expect(words.length).toBeLessThanOrEqual(3);
      for (const each of words) expect(each >>> 0).toBe(each);
      expect(wordsOf(name.toUpperCase().toLowerCase())).toEqual(wordsOf(name.toLowerCase()));
    }),
  );
});

it('splits a pattern as names are, and does not cut it', () => {
  fc.assert(
    fc.property(names, (name) => {
      expect(patternWords(name).slice(0, 3)).toEqual(wordsOf(name));
    }),
  );
  expect(patternWords('one two three four')).toHaveLength(4);
});

it('finds a pattern that is made of words of the name, one after the other', () => {
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 3 }), fc.nat(2), fc.nat(2), (words, from, more) => {
      const start = from % words.length;
      const pattern = words.slice(start, start + 1 + more).join(' ');
      expect(holdsWords(wordsOf(words.join('/')), patternWords(pattern))).toBe(true);
    }),
  );
});

it.each([
  ['urgent/hotfix', 'hotfix', true],
  ['Urgent_HotFix-7', 'urgent hotfix', true],
  // After a false start.
  ['fix/fix-it', 'fix it', true],
  ['hotfix/urgent', 'urgent hotfix', false],
  ['urgent/real/hotfix', 'urgent hotfix', false],
  ['hotfixes/login', 'hotfix', false],
  ['hot-fix/login', 'hotfix', false],
  ['hotfix', 'hotfix login', false],
  ['one/two/three/hotfix', 'hotfix', false],
  ['one/two/three/four', 'one two three four', false],
  ['hotfix/1', '1', false],
  ['7', '7', false],
])('whether %j fits the pattern %j: %j', (name, pattern, fits) => {
  expect(holdsWords(wordsOf(name), patternWords(pattern))).toBe(fits);
});
