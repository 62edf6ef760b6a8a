import { createLanguage, type MessageKey } from './language';

const KEY: MessageKey = 'page.title';

const languageOf = (message: unknown, locale = 'en-US') =>
  createLanguage(locale, 'UTC', { page: { title: message } });

it('fills in numbers as the language writes them, and text as it came', () => {
  const message = '{count, plural, one {# merge} other {# merges}} by {who}: {share, number}';
  expect(languageOf(message).t(KEY, { count: 1, who: '<b>#1</b>', share: 0.5 })).toBe(
    '1 merge by <b>#1</b>: 0.5',
  );
  expect(languageOf(message, 'de-DE').t(KEY, { count: 2_500, who: 'A', share: 0.5 })).toBe(
    '2.500 merges by A: 0,5',
  );
});

it('says the same message anew with other values', () => {
  const { t } = languageOf('{count, number} of {all, number}');
  expect([t(KEY, { count: 1, all: 2 }), t(KEY, { count: 3, all: 4 })]).toEqual(['1 of 2', '3 of 4']);
});

it.each([
  ['no file', () => createLanguage('en-US', 'UTC', null)],
  ['no area', () => createLanguage('en-US', 'UTC', {})],
  ['an area that is a text', () => createLanguage('en-US', 'UTC', { page: 'title' })],
  ['no message', () => languageOf(undefined)],
  ['a message that is no text', () => languageOf({ one: 'two' })],
  ['a message that does not parse', () => languageOf('{count, plural, one {')],
  ['a message that wants a value that is not given', () => languageOf('{count, number}')],
])('says the key where there is %s, time after time', (_, language) => {
  const { t } = language();
  expect([t(KEY), t(KEY)]).toEqual([KEY, KEY]);
});
