/** Keeps of a branch's or tag's name what a pattern in the settings can be compared with, and not the name itself. */
import { createHash } from 'node:crypto';

/** So many words tell a branch's kind; what follows them is mostly what the change is about. */
export const MOST_WORDS = 3;

/** Runs of fewer letters are no words; in a tag's name the `v` of `v1.2` is one. */
export const SHORTEST_WORD = 2;
export const SHORTEST_TAG_WORD = 1;

interface WordOptions {
  /** Letters of the shortest word; 2 where it is left out. */
  readonly shortest?: number;
}

/**
 * Digests of a name's first three words, in its order: runs of letters of any alphabet, whatever their case; digits and
 * shorter runs are skipped. Each is a whole number of 32 bits, the beginning of the word's SHA-256: enough to find out
 * whether a word that somebody already has in mind is there, too little to be read back. Empty where there is no name.
 */
export function wordsOf(name: string | null, options: WordOptions = {}): readonly number[] {
  return patternWords(name ?? '', options).slice(0, MOST_WORDS);
}

/** Digests of all words of a pattern, split as names are. One of no word, or of more than three, can fit no name. */
export function patternWords(
  pattern: string,
  { shortest = SHORTEST_WORD }: WordOptions = {},
): readonly number[] {
  const word = new RegExp(`\\p{L}{${shortest},}`, 'gu');
  return (pattern.normalize('NFKC').toLowerCase().match(word) ?? []).map(digestOf);
}

/** Whether the words hold those of the pattern, one directly after the other; a pattern of no word is held by none. */
export function holdsWords(words: readonly number[], pattern: readonly number[]): boolean {
  if (pattern.length === 0) return false;
  return words.some((_, start) => pattern.every((word, place) => words[start + place] === word));
}

function digestOf(word: string): number {
  return createHash('sha256').update(word).digest().readUInt32BE(0);
}
