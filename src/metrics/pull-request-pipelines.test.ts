import { pipelinesOfPullRequest } from './pull-request-pipelines';
import { aPipeline } from './pipelines/testing';

const RESULTS = ['SUCCESSFUL', 'FAILED', 'ERROR', 'STOPPED', null];
const OWN = RESULTS.map((result, place) => aPipeline(place + 1, { pullRequest: 7, result }));
const OTHERS = [aPipeline(8, { pullRequest: 8, result: 'FAILED' }), aPipeline(9)];

it('counts its own runs, and of them failures and errors, and what has no result yet', () => {
  expect(pipelinesOfPullRequest([...OWN, ...OTHERS], 7, 10)).toMatchObject({
    runs: 5,
    failures: 2,
    running: 1,
  });
  expect(pipelinesOfPullRequest(OTHERS, 7, 10)).toEqual({ runs: 0, failures: 0, running: 0, latest: [] });
});

it('lists the last ones, newest first, and counts them all', () => {
  const { runs, latest } = pipelinesOfPullRequest([...OTHERS, ...OWN], 7, 3);
  expect(runs).toBe(5);
  expect(latest.map(({ number }) => number)).toEqual([5, 4, 3]);
});
