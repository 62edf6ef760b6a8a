import type { ViewQuery } from '../../src/views/view-query';
import { chipsOf, cleared, clockOfKind, withoutChip, withValue } from './filters';

const all: ViewQuery = {
  window: 30,
  targetBranches: ['main', 'next'],
  authorIds: ['ann'],
  teamId: 'core',
  bots: 'with',
  clock: { kind: 'weekdays', timeZone: 'UTC' },
};

it('shows a chip for each value', () => {
  expect(chipsOf(all)).toEqual([
    { filter: 'targetBranches', value: 'main' },
    { filter: 'targetBranches', value: 'next' },
    { filter: 'authorIds', value: 'ann' },
    { filter: 'teamId', value: 'core' },
    { filter: 'bots', value: 'with' },
    { filter: 'clock', value: 'weekdays' },
  ]);
  expect(chipsOf({ window: 90 })).toEqual([]);
});

it('is as before when what was added is taken away', () => {
  const query = { window: 90 } as const;
  const narrowed = withValue(query, 'authorIds', 'ann');
  expect(narrowed).toEqual({ window: 90, authorIds: ['ann'] });
  expect(withValue(narrowed, 'authorIds', 'ann')).toBe(narrowed);
  expect(withoutChip(narrowed, { filter: 'authorIds', value: 'ann' })).toEqual(query);
});

it('takes one value of several, and whole what has one', () => {
  expect(withoutChip(all, { filter: 'targetBranches', value: 'main' }).targetBranches).toEqual(['next']);
  expect(withoutChip(all, { filter: 'clock', value: 'weekdays' })).not.toHaveProperty('clock');
  const none = chipsOf(all).reduce(withoutChip, all);
  expect(none).toEqual(cleared(all));
});

it('begins working hours at nine', () => {
  expect(clockOfKind('working-hours', 'Europe/Berlin')).toEqual({
    kind: 'working-hours',
    timeZone: 'Europe/Berlin',
    startMinute: 540,
    endMinute: 1_020,
  });
});
