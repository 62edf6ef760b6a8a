import fc from 'fast-check';
import { decimal, duration, exactDuration, headline, instant, share } from './format';
import { english, german, TO } from './testing';

it.each([
  [0, '0 s'],
  [59, '59 s'],
  [59.5, '1 min'],
  [1_500, '25 min'],
  [3_569, '59 min'],
  [3_570, '1 h'],
  [3_599, '1 h'],
  [3_600, '1 h'],
  [7_169, '1 h 59 min'],
  [7_170, '2 h'],
  [7_800, '2 h 10 min'],
  [86_369, '23 h 59 min'],
  [86_370, '1 day'],
  [86_400, '1 day'],
  [90_719, '1 day'],
  [90_720, '1.1 days'],
  [293_280, '3.4 days'],
  [-90, '−2 min'],
  [-0.4, '0 s'],
])('writes %d seconds as %s', (seconds, text) => {
  expect(duration(seconds, english)).toBe(text);
});

it('never writes a unit that is full: 60 s, 60 min, 24 h', () => {
  fc.assert(
    fc.property(fc.integer({ min: -3 * 86_400, max: 3 * 86_400 }), (seconds) => {
      expect(duration(seconds, english)).not.toMatch(/\b60 (s|min)|\b24 h|\b0 (min|h|day)/);
    }),
    { numRuns: 2_000 },
  );
});

it('is never off by more than half of what it shows last', () => {
  const units = { s: 1, min: 60, h: 3_600, day: 86_400, days: 86_400 };
  fc.assert(
    fc.property(fc.nat(10 * 86_400), (seconds) => {
      const parts = [...duration(seconds, english).matchAll(/([\d.]+) (s|min|h|days?)/g)];
      const read = parts.reduce((sum, [, number, unit]) => sum + Number(number) * units[unit as 's'], 0);
      const precision = seconds < 60 ? 0 : seconds < 86_370 ? 30 : 4_320;
      expect(Math.abs(read - seconds)).toBeLessThanOrEqual(precision + 1e-6);
    }),
    { numRuns: 2_000 },
  );
});

it('writes in German as Germans do', () => {
  const written = [45, 1_500, 7_800, 86_400, 293_280].map((seconds) => duration(seconds, german));
  expect(written).toEqual(['45 Sek.', '25 Min.', '2 Std. 10 Min.', '1 Tag', '3,4 Tage']);
  expect(exactDuration(293_285, german)).toBe('3 Tage 9 Std. 28 Min. 5 Sek.');
  expect(decimal(1234.5, 1, german)).toBe('1.234,5');
  expect(instant(TO, german)).toBe('21.11.2026, 00:00');
  expect(instant(TO, { ...english, timeZone: 'America/New_York' })).toBe('Nov 20, 2026, 7:00 PM');
});

it('tells the whole value to those who ask', () => {
  expect(exactDuration(293_285, english)).toBe('3 d 9 h 28 min 5 s');
  expect(exactDuration(0, english)).toBe('0 s');
});

it('shows small shares with a decimal, and none as none', () => {
  expect(share(0.074, english)).toBe('7.4 %');
  expect(share(0.51, english)).toBe('51 %');
  expect(share(0, english)).toBe('0 %');
});

it('never shows nothing as 0', () => {
  expect(headline({ unit: 'ratio', n: 0, value: null }, english)).toBe('–');
});
