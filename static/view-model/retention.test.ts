import { deletesMore, RETENTIONS, retentionText } from './retention';
import { english, german } from './testing';

it('puts each choice into words', () => {
  expect(RETENTIONS.map((days) => retentionText(days, english))).toEqual([
    'everything',
    '180 days',
    '1 year',
    '2 years',
    '3 years',
  ]);
  expect(retentionText(730, german)).toBe('2 Jahre');
});

it.each([
  [365, null, true],
  [180, 365, true],
  [365, 365, false],
  [730, 365, false],
  [null, 365, false],
])('deletes something where %p follows %p: %p', (wanted, present, deletes) => {
  expect(deletesMore(wanted, present)).toBe(deletes);
});
