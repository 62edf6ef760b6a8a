import { SECONDS_A_DAY } from '../windows';
import { deploymentCalendar } from './deployment-calendar';
import { aDirectPush, aMerge, at, delivered } from './testing';

/** Monday, 2026-06-01T00:00:00Z. */
const MIDNIGHT = at(-9);

it('tells of each day what was deployed, and what of it failed, quiet days included', () => {
  const pullRequests = [aMerge(1, -9), aMerge(2, 14.99), aMerge(3, 40), aMerge(4, 63)];
  const { deployments, failures } = delivered({ pullRequests, pushes: [aDirectPush(39)] });
  const window = { from: MIDNIGHT, to: MIDNIGHT + 3.5 * SECONDS_A_DAY };
  const days = deploymentCalendar(deployments, failures, window);
  expect(days.map(({ from, ...rest }) => [(from - MIDNIGHT) / SECONDS_A_DAY, rest])).toEqual([
    [0, { partial: false, deployments: ['1', '2'], failures: ['2'] }],
    [1, { partial: false, deployments: [], failures: [] }],
    [2, { partial: false, deployments: ['3'], failures: [] }],
    [3, { partial: true, deployments: ['4'], failures: [] }],
  ]);
});

it('counts only what lies in the window', () => {
  const { deployments, failures } = delivered({
    pullRequests: [aMerge(1, 0), aMerge(2, 2)],
    pushes: [aDirectPush(3)],
  });
  const [day] = deploymentCalendar(deployments, failures, { from: at(1), to: at(2) });
  expect(day).toEqual({ from: MIDNIGHT, partial: true, deployments: [], failures: [] });
});

it('is empty where deployments are not known', () => {
  const { deployments, failures } = delivered({ pullRequests: [aMerge(1, 0)] });
  const window = { from: at(-10), to: at(10) };
  expect(deploymentCalendar({ ...deployments, areKnown: false }, failures, window)).toEqual([]);
});
