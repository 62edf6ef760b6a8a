import { decimal, duration, exactDuration, headline, share } from './format';

it.each([
  [0, '0 s'],
  [59, '59 s'],
  [1_500, '25 min'],
  [3_600, '1 h'],
  [7_800, '2 h 10 min'],
  [86_400, '1 day'],
  [293_280, '3.4 days'],
  [-90, '−2 min'],
])('writes %d seconds as %s', (seconds, text) => {
  expect(duration(seconds, 'en-US')).toBe(text);
});

it('follows the reader’s locale', () => {
  expect(duration(293_280, 'de-DE')).toBe('3,4 days');
  expect(decimal(1234.5, 1, 'de-DE')).toBe('1.234,5');
});

it('tells the whole value to those who ask', () => {
  expect(exactDuration(293_285)).toBe('3 d 9 h 28 min 5 s');
  expect(exactDuration(0)).toBe('0 s');
});

it('shows small shares with a decimal, and none as none', () => {
  expect(share(0.074, 'en-US')).toBe('7.4 %');
  expect(share(0.51, 'en-US')).toBe('51 %');
  expect(share(0, 'en-US')).toBe('0 %');
});

it('never shows nothing as 0', () => {
  expect(headline({ unit: 'ratio', n: 0, value: null }, 'en-US')).toBe('–');
});
