import { changeFailureRate } from './change-failure-rate';
import { aDirectPush, aMerge, at, delivered } from './testing';

const WINDOW = { from: at(0), to: at(1_000) };

function rate(facts: Parameters<typeof delivered>[0], window = WINDOW) {
  const { deployments, failures } = delivered(facts);
  return changeFailureRate(deployments, failures, window);
}

it('is 20 % where one of five deployments needed a hotfix', () => {
  const pullRequests = [100, 200, 300, 400].map((hours) => aMerge(hours, hours));
  const hotfix = aMerge(9, 402, { branchKind: 'hotfix' });
  const { figure, evidence } = rate({ pullRequests: [...pullRequests, hotfix] });
  expect(figure).toEqual({ unit: 'ratio', n: 5, value: 0.2 });
  expect(evidence.map(({ id, value }) => [id, value])).toEqual([
    ['100', 0],
    ['200', 0],
    ['300', 0],
    ['400', 1],
    ['9', 0],
  ]);
  expect(evidence[3]?.instants).toEqual([
    { name: 'deployedAt', at: at(400), source: 'activity' },
    { name: 'remediatedAt', at: at(402), source: 'activity' },
  ]);
});

it('counts a failed deployment once, however much was done about it', () => {
  const pushes = [aDirectPush(11), aDirectPush(12), aDirectPush(13)];
  expect(rate({ pullRequests: [aMerge(1, 10)], pushes }).figure.value).toBe(1);
});

it('lists the first five of what was done, and counts the rest', () => {
  const done = (amount: number) => Array.from({ length: amount }, (_, place) => aDirectPush(11 + place));
  const evidenceOf = (amount: number) =>
    rate({ pullRequests: [aMerge(1, 10)], pushes: done(amount) }).evidence[0];
  expect(evidenceOf(5)).not.toHaveProperty('further');
  expect(evidenceOf(8)).toMatchObject({ value: 1, further: 3 });
  expect(evidenceOf(8)?.instants.map((each) => each.at)).toEqual([10, 11, 12, 13, 14, 15].map(at));
});

it('counts deployments of the window, and remediations after it too', () => {
  const facts = { pullRequests: [aMerge(1, 10), aMerge(2, 20)], pushes: [aDirectPush(50)] };
  const window = { from: at(20), to: at(30) };
  expect(rate(facts, window).figure).toEqual({ unit: 'ratio', n: 1, value: 1 });
  expect(rate(facts, { from: at(10), to: at(20) }).figure).toEqual({ unit: 'ratio', n: 1, value: 0 });
});

it('is unknown without deployments, and 0 where none failed', () => {
  expect(rate({}).figure).toEqual({ unit: 'ratio', n: 0, value: null });
  expect(rate({ pullRequests: [aMerge(1, 10)] }).figure.value).toBe(0);
});
