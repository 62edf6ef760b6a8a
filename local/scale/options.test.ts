import { UsageError } from '../start/options';
import { limitOf, readOptions } from './options';

it('sizes a workspace by its developers', () => {
  expect(readOptions(['--developers', '5000'])).toEqual({
    developers: 5_000,
    repositories: 5_000,
    pullRequests: 1_000_000,
    eventsPerDay: 20_000,
    viewsPerDay: 5_000,
    requestsPerHour: 10_000,
    days: 30,
    seed: 1,
    json: null,
  });
});

it('takes each size by itself', () => {
  const sizes = ['--repositories', '5', '--pull-requests', '100', '--events', '0', '--views', '0'];
  const run = ['--requests-per-hour', '1000', '--until-complete', '--seed', '7', '--json', 'x.json'];
  expect(readOptions([...sizes, ...run])).toEqual({
    developers: 50,
    repositories: 5,
    pullRequests: 100,
    eventsPerDay: 0,
    viewsPerDay: 0,
    requestsPerHour: 1_000,
    days: null,
    seed: 7,
    json: 'x.json',
  });
});

it('knows Bitbucket’s limit by seats', () => {
  expect([50, 100, 250, 5_000].map(limitOf)).toEqual([1_000, 1_000, 2_500, 10_000]);
});

it.each([
  [['--days', '0'], '--days 0'],
  [['--days', '1.5'], '--days 1.5'],
  [['--days', '3', '--until-complete'], 'different ends'],
  [['--day', '3'], '--help'],
])('refuses %j in a sentence', (args, words) => {
  expect(() => readOptions(args)).toThrow(UsageError);
  expect(() => readOptions(args)).toThrow(words);
});
