import { BusiestMinute } from './busiest-minute';

const MINUTE = 60_000;

it('keeps the minute in which most was used, and what for', () => {
  const minutes = new BusiestMinute();
  expect(minutes.report()).toEqual({ at: null, uses: [] });
  minutes.note(10, 'tick', 5);
  minutes.note(MINUTE, 'tick', 2);
  minutes.note(2 * MINUTE - 1, 'work', 4);
  minutes.note(2 * MINUTE - 1, 'work', 3);
  minutes.note(2 * MINUTE, 'tick', 8);
  expect(minutes.report()).toEqual({
    at: MINUTE,
    uses: [
      { purpose: 'work', units: 7 },
      { purpose: 'tick', units: 2 },
    ],
  });
});

it('counts the minute that is not over', () => {
  const minutes = new BusiestMinute();
  minutes.note(MINUTE, 'tick', 1);
  expect(minutes.report().uses).toEqual([{ purpose: 'tick', units: 1 }]);
});
