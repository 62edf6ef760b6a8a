import { SECONDS_A_DAY, windowEndingAt } from '../windows';
import { firstActivityAt } from './delivery-facts';
import { deploymentFrequency } from './deployment-frequency';
import { aDeployment, aDirectPush, aMerge, at, delivered } from './testing';

/** 00:00 UTC. */
const day = (text: string): number => Date.parse(`${text}T00:00:00Z`) / 1000;

/** Deployments at noon of these days of 2026. */
function on(...days: readonly string[]) {
  const pullRequests = days.map((each, id) => aMerge(id, 0, { mergedAt: day(`2026-${each}`) + 12 * 3_600 }));
  return delivered({ pullRequests }).deployments;
}

const longAgo = day('2020-01-01');

it('is deployments a day over the whole window, quiet days included', () => {
  const window = { from: day('2026-06-01'), to: day('2026-06-11') };
  const { figure, evidence } = deploymentFrequency(on('06-01', '06-01', '06-10', '06-11'), window, longAgo);
  expect(figure).toMatchObject({ n: 3, days: 10, value: 0.3 });
  expect(evidence.map(({ id, value, instants }) => [id, value, instants])).toEqual([
    ['0', 1, [{ name: 'deployedAt', at: day('2026-06-01') + 43_200, source: 'activity' }]],
    ['1', 1, [{ name: 'deployedAt', at: day('2026-06-01') + 43_200, source: 'activity' }]],
    ['2', 1, [{ name: 'deployedAt', at: day('2026-06-10') + 43_200, source: 'activity' }]],
  ]);
});

it('does not halve for the time before the repository lived, as it does in the example of Pulse’s manual', () => {
  // Two a day for three months; Pulse shows one a day once six months are looked at (docs.pulse.codacy.com/metrics).
  const now = day('2026-07-01');
  const pullRequests = Array.from({ length: 180 }, (_, each) =>
    aMerge(each, 0, { openedAt: now - 90 * SECONDS_A_DAY, mergedAt: now - (each + 1) * (SECONDS_A_DAY / 2) }),
  );
  const facts = { pullRequests, deployments: [], pushes: [], tags: [] };
  const first = firstActivityAt(facts);
  const { deployments } = delivered(facts);
  expect(deploymentFrequency(deployments, windowEndingAt(now, 90), first).figure.value).toBe(2);
  expect(deploymentFrequency(deployments, windowEndingAt(now, 180), first).figure).toMatchObject({
    days: 90,
    value: 2,
  });
});

describe('the share of periods with a deployment', () => {
  // Monday to Sunday, four weeks of February and March.
  const window = { from: day('2026-02-16'), to: day('2026-03-16') };
  const shares = (...days: readonly string[]) =>
    deploymentFrequency(on(...days), window, longAgo).figure.shares;

  it('counts each period once, however much was deployed in it', () => {
    const { day: days, week } = shares('02-16', '02-16', '02-18', '03-15');
    expect(days).toEqual({ unit: 'ratio', n: 28, value: 3 / 28 });
    expect(week).toEqual({ unit: 'ratio', n: 4, value: 2 / 4 });
  });

  it('leaves out a period of which the window holds a part without one: the rest may have had one', () => {
    expect(shares('02-20').month).toEqual({ unit: 'ratio', n: 1, value: 1 });
    expect(shares('02-20', '03-02')['half-year']).toEqual({ unit: 'ratio', n: 1, value: 1 });
    expect(shares().month).toEqual({ unit: 'ratio', n: 0, value: null });
    expect(shares().day).toEqual({ unit: 'ratio', n: 28, value: 0 });
  });
});

it('counts a first hour as a day: what was deployed in it says nothing of the next', () => {
  const window = { from: day('2026-06-01'), to: day('2026-06-01') + 13 * 3_600 };
  const { figure } = deploymentFrequency(on('06-01', '06-01'), window, window.to - 3_600 * 2);
  expect(figure).toMatchObject({ n: 2, days: 1, value: 2 });
});

it('is 0 in a window without deployments, and unknown where nothing is known', () => {
  const window = windowEndingAt(day('2026-06-01'), 30);
  expect(deploymentFrequency(on(), window, longAgo).figure.value).toBe(0);
  expect(deploymentFrequency(on(), window, null).figure).toMatchObject({ days: 0, value: null });
  expect(deploymentFrequency(on(), window, window.to + 1).figure).toMatchObject({ days: 0, value: null });
  const unknown = deploymentFrequency({ ...on('05-20'), areKnown: false }, window, longAgo).figure;
  expect(unknown).toMatchObject({ n: 0, value: null });
  expect(unknown.shares.day.value).toBeNull();
});

it.each([
  ['an opened pull request', { pullRequests: [aMerge(1, 3)] }, 2],
  ['a deployment', { pullRequests: [aMerge(1, 3)], deployments: [aDeployment(null, 1)] }, 0.75],
  ['a push', { deployments: [aDeployment(null, 1)], pushes: [aDirectPush(-5), aDirectPush(2)] }, -5],
])('the first known activity may be %s', (_, facts, hours) => {
  expect(firstActivityAt({ pullRequests: [], deployments: [], pushes: [], tags: [], ...facts })).toBe(
    at(hours),
  );
});

it('nothing is known of the first activity of nothing', () => {
  expect(firstActivityAt({ pullRequests: [], deployments: [], pushes: [], tags: [] })).toBeNull();
});
