import { createLanguage, type MessageKey, type MessageValues } from '../shared/language';
import germanFile from './de-DE.json';
import englishFile from './en-US.json';
import { messagesIn, messageUses, placeholdersOf, wordsInElements } from './testing';

const english = messagesIn(englishFile);
const german = messagesIn(germanFile);
const uses = messageUses(new Set(Object.keys(englishFile)));

/** What Germans call by the same word. */
const SAME_IN_BOTH = new Set([
  'Bot',
  'Bots',
  'Chance',
  'Commit',
  'Deployment',
  'Deployments',
  'Import',
  'Median',
  'Name',
  'Pause',
  'Person',
  'Phase',
  'Pipeline',
  'Pipelines',
  'Push',
  'Pushes',
  'Repository',
  'Review',
  'Reviewer',
  'Reviews',
  'Staging',
  'Tags',
  'Team',
  'Teams',
  'Test',
]);

/** Placeholders for texts that are no durations and end without a stop. */
const NO_DURATIONS = new Set(['instant', 'parts', 'reason', 'share', 'to', 'year']);

it('has the same messages in both languages, in the same order', () => {
  expect([...german.keys()]).toEqual([...english.keys()]);
});

it('names messages in one way: areas and names in camel case, or a name that is an id', () => {
  const strange = [...english.keys()].filter(
    (key) => !/^[a-z][a-zA-Z]*\.([a-z][a-zA-Z0-9]*|[a-z]+([_ -][a-z]+)*)$/.test(key),
  );
  expect(strange).toEqual([]);
});

it('wants the same values for a message in both languages', () => {
  const wanted = (messages: ReadonlyMap<string, string>) =>
    [...messages].map(([key, message]) => [key, Object.fromEntries(placeholdersOf(message))]);
  expect(wanted(german)).toEqual(wanted(english));
});

it.each([
  ['en-US', englishFile, english, '5 h'],
  ['de-DE', germanFile, german, '5 Std.'],
] as const)('can say every message in %s', (locale, file, messages, duration) => {
  const { t } = createLanguage(locale, 'UTC', file);
  const wrong = [...messages].flatMap(([key, message]) =>
    samplesFor(message, duration)
      .map((values) => t(key as MessageKey, values))
      // A German unit ends with a stop: a sentence that ended with a duration would have two.
      .filter((said) => said === key || /[{}]|\.\.|  | [.,;]|^ | $/.test(said)),
  );
  expect(wrong).toEqual([]);
});

it('says nothing in German that is English', () => {
  const untranslated = [...english].filter(([key, message]) => {
    // Without its placeholders and signs.
    const words = message
      .replace(/\{[^}]*\}/g, '')
      .replace(/[^\p{L} ]/gu, '')
      .trim();
    return words !== '' && german.get(key) === message && !SAME_IN_BOTH.has(words);
  });
  expect(untranslated).toEqual([]);
});

it('says nothing on the screens but messages', () => {
  expect(wordsInElements()).toEqual([]);
});

it('uses only messages that there are', () => {
  const unknown = uses.filter(({ key }) => matched(key).length === 0);
  expect(unknown).toEqual([]);
});

it('has no message that nothing uses', () => {
  const used = new Set(uses.flatMap(({ key }) => matched(key)));
  expect([...english.keys()].filter((key) => !used.has(key))).toEqual([]);
});

it('gives each message the values that it wants, and no others', () => {
  const checked = uses.flatMap(({ place, key, values }) =>
    typeof key === 'string' && values !== null ? [{ place, key, values: values.toSorted() }] : [],
  );
  const wanted = checked.map(({ place, key }) => ({
    place,
    key,
    values: [...placeholdersOf(english.get(key) ?? '').keys()].sort(),
  }));
  expect(checked.length).toBeGreaterThan(100);
  expect(checked).toEqual(wanted);
});

function matched(key: string | RegExp): readonly string[] {
  if (typeof key === 'string') return english.has(key) ? [key] : [];
  return [...english.keys()].filter((each) => key.test(each));
}

/** Values that come to every branch of a message: each number small and large, each choice. */
function samplesFor(message: string, duration: string): readonly MessageValues[] {
  const wanted = [...placeholdersOf(message)];
  return [0, 1, 2, 1_234.5].map((number, round) => {
    const valueOf = (name: string, kind: string): string | number => {
      if (kind === 'number') return number;
      if (kind === 'text') return NO_DURATIONS.has(name) ? 'Text' : duration;
      const options = kind.split(' | ');
      return options[round % options.length] ?? '';
    };
    return Object.fromEntries(wanted.map(([name, kind]) => [name, valueOf(name, kind)] as const));
  });
}
