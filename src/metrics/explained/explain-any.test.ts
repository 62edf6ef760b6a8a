import { aPullRequest, HOUR, OPENED_AT, review } from '../../facts/testing';
import { DEFAULT_DELIVERY_SETTINGS } from '../delivery/delivery-settings';
import { aDeployment, aDirectPush, aMerge, at, OPTIONS } from '../delivery/testing';
import { aPipeline, MONDAY } from '../pipelines/testing';
import { explainAny, type ExplainableFacts } from './explain-any';
import type { ExplainedItem, FigureExplanation, FigureId } from './figure-explanation';
import { recompute } from './recompute';

const WINDOW = { from: OPENED_AT - 30 * 24 * HOUR, to: OPENED_AT + 60 * 24 * HOUR };

function explained(figureId: FigureId, known: Partial<ExplainableFacts>): FigureExplanation {
  const facts = { pullRequests: [], deployments: [], pipelines: [], pushes: [], tags: [], ...known };
  return explainAny(figureId, facts, WINDOW, WINDOW.to, OPTIONS, DEFAULT_DELIVERY_SETTINGS);
}

/** Kind, id, value in hours where `unit` is given, and the instants by name, in hours after the usual opening. */
function rows({ items }: FigureExplanation, unit = 1): readonly unknown[] {
  return items.map(({ kind, id, value, instants }: ExplainedItem) => [
    kind,
    id,
    value / unit,
    ...instants.map((each) => `${each.name} ${(each.at - OPENED_AT) / HOUR}`),
  ]);
}

describe('behind a figure of pull requests', () => {
  it('stand the two instants of each duration, the longest first', () => {
    const pullRequests = [
      aPullRequest({ id: 1, reviews: [review('comment', 2)] }),
      aPullRequest({ id: 2 }),
      aPullRequest({ id: 3, reviews: [review('comment', 9)] }),
      aPullRequest({ id: 4, reviews: [review('comment', 2)] }),
    ];
    const explanation = explained('time_to_first_review', { pullRequests });
    expect(rows(explanation, HOUR)).toEqual([
      ['pull-request', '3', 9, 'openedAt 0', 'firstReviewAt 9'],
      ['pull-request', '1', 2, 'openedAt 0', 'firstReviewAt 2'],
      ['pull-request', '4', 2, 'openedAt 0', 'firstReviewAt 2'],
    ]);
    expect(explanation).toMatchObject({ figure: { n: 3, p50: 2 * HOUR }, leftOut: 1, days: null });
  });

  const reviews = [review('comment', 2), review('changes_requested', 6), review('approval', 12)];
  const reworked = aPullRequest({ reviews, sourceUpdatedAt: [1, 3, 4, 8, 24].map(at) });

  it.each([
    ['revisions', 4, [3, 4, 8, 24]],
    ['rework_after_review_rate', 1, [3, 4, 8, 24]],
    // Two batches: the one at 3 and 4, and the one at 8; each is begun by its first.
    ['rework_cycles', 2, [3, 8]],
  ] as const)('stand the pushes that %s counts', (metric, value, pushes) => {
    const [item] = explained(metric, { pullRequests: [reworked] }).items;
    expect(item?.value).toBe(value);
    const updates = item?.instants.filter(({ name }) => name === 'sourceUpdatedAt') ?? [];
    expect(updates.map((each) => (each.at - OPENED_AT) / HOUR)).toEqual(pushes);
    // In their order; one in the second of the merge comes before it.
    const instants = item?.instants.map((each) => each.at) ?? [];
    expect(instants).toEqual(instants.toSorted((a, b) => a - b));
    expect(item?.instants.at(-1)?.name).toBe('mergedAt');
  });

  it('stand the requests that changes_requested_rate counts, and whom it counts for nothing', () => {
    const pullRequests = [reworked, aPullRequest({ id: 2 })];
    expect(rows(explained('changes_requested_rate', { pullRequests }))).toEqual([
      ['pull-request', '1', 1, 'openedAt 0', 'reviewedAt 6', 'mergedAt 24'],
      ['pull-request', '2', 0, 'openedAt 0', 'mergedAt 24'],
    ]);
  });
});

describe('behind a figure of people', () => {
  const pullRequests = [
    aPullRequest({
      id: 1,
      reviews: [review('comment', 1, 'cid'), review('comment', 2, 'ann'), review('approval', 3, 'ann')],
    }),
    aPullRequest({ id: 2, reviews: [review('approval', 4, 'ann')] }),
    aPullRequest({ id: 3, reviews: [], coverage: { activity: false, commits: true, diffstat: false } }),
  ];

  it('stand the pull requests that everybody reviewed, by person, for the Gini coefficient', () => {
    const explanation = explained('review_load_gini', { pullRequests });
    expect(rows(explanation)).toEqual([
      ['person', 'ann', 2, 'reviewedAt 2', 'reviewedAt 4'],
      ['person', 'author', 0],
      ['person', 'cid', 1, 'reviewedAt 1'],
    ]);
    // Of 0, 1 and 2: (-2 * 0 + 0 * 1 + 2 * 2) / (3 * 3).
    expect(explanation).toMatchObject({ figure: { unit: 'ratio', n: 3, value: 4 / 9 }, leftOut: 1 });
    expect(explanation.items[0]?.instants[1]).toMatchObject({ pullRequest: 2 });
  });

  it('stand all acts of review of those who gave some, for the bus factor', () => {
    const explanation = explained('bus_factor', { pullRequests });
    expect(rows(explanation)).toEqual([
      ['person', 'ann', 3, 'reviewedAt 2', 'reviewedAt 3', 'reviewedAt 4'],
      ['person', 'cid', 1, 'reviewedAt 1'],
    ]);
    expect(explanation.figure).toEqual({ unit: 'people', n: 4, value: 1 });
  });
});

describe('behind a figure of delivery', () => {
  it('stand the deployments, and the days that a frequency is divided by', () => {
    const deployments = [aDeployment('a'.repeat(12), 0), aDeployment('b'.repeat(12), 24)];
    const explanation = explained('deployment_frequency', { deployments });
    expect(rows(explanation)).toEqual([
      ['deployment', 'd24', 1, 'deployedAt 24'],
      ['deployment', 'd0', 1, 'deployedAt 0'],
    ]);
    // From the first known activity, a quarter of an hour before the opening, to the end of the window.
    expect(explanation.days).toBe(60 + 0.25 / 24);
    expect(explanation.figure).toEqual({ unit: 'per day', n: 2, value: 2 / (60 + 0.25 / 24) });
  });

  it('stand no days where nothing tells what a deployment is', () => {
    const facts = { pullRequests: [aMerge(1, 10)], deployments: [], pipelines: [], pushes: [], tags: [] };
    const options = { defaultBranch: null };
    const unknown = explainAny(
      'deployment_frequency',
      facts,
      WINDOW,
      WINDOW.to,
      options,
      DEFAULT_DELIVERY_SETTINGS,
    );
    expect(unknown).toMatchObject({ figure: { n: 0, value: null }, items: [], days: null });
    expect(recompute(unknown)).toEqual(unknown.figure);
  });

  it('stands each commit of a lead time, the longest first', () => {
    const pullRequests = [aMerge(1, 10, { commitAuthoredAt: [at(4), at(9)] }), aMerge(2, 20)];
    expect(rows(explained('lead_time_for_changes', { pullRequests }), HOUR)).toEqual([
      ['pull-request', '1', 6, 'authoredAt 4', 'deployedAt 10'],
      ['pull-request', '2', 2, 'authoredAt 18', 'deployedAt 20'],
      ['pull-request', '1', 1, 'authoredAt 9', 'deployedAt 10'],
    ]);
  });

  it('stands what failed and when it was mended', () => {
    const pullRequests = [aMerge(1, 10), aMerge(2, 14, { branchKind: 'hotfix' })];
    expect(rows(explained('change_failure_rate', { pullRequests }))).toEqual([
      ['pull-request', '1', 1, 'deployedAt 10', 'remediatedAt 14'],
      ['pull-request', '2', 0, 'deployedAt 14'],
    ]);
    expect(rows(explained('time_to_restore', { pullRequests }), HOUR)).toEqual([
      ['pull-request', '1', 4, 'deployedAt 10', 'restoredAt 14'],
    ]);
    expect(rows(explained('rework_rate', { pullRequests }))).toEqual([
      ['pull-request', '2', 1, 'deployedAt 14'],
      ['pull-request', '1', 0, 'deployedAt 10'],
    ]);
  });

  it('stands each push, a hotfix with the deployment it followed', () => {
    const pushes = [aDirectPush(-300, 'c'.repeat(12)), aDirectPush(12, 'd'.repeat(12))];
    const facts = { pullRequests: [aMerge(1, 10)], pushes };
    expect(rows(explained('direct_pushes', facts))).toEqual([
      ['push', 'd'.repeat(12), 1, 'pushedAt 12'],
      ['push', 'c'.repeat(12), 1, 'pushedAt -300'],
    ]);
    expect(rows(explained('hotfix_pushes', facts))).toEqual([
      ['push', 'd'.repeat(12), 1, 'deployedAt 10', 'pushedAt 12'],
    ]);
  });
});

describe('behind a figure of pipelines', () => {
  const pipelines = [
    aPipeline(1),
    aPipeline(2, { result: 'FAILED', durationSeconds: 100, queueSeconds: 5 }),
    aPipeline(3, { result: 'STOPPED' }),
  ];

  it.each([
    [
      'pipeline_duration',
      [
        ['1', 300],
        ['2', 100],
      ],
    ],
    [
      'pipeline_queue_time',
      [
        ['1', 30],
        ['2', 5],
      ],
    ],
    [
      'pipeline_success_rate',
      [
        ['1', 1],
        ['2', 0],
      ],
    ],
  ] as const)('stand those that came to a result: %s', (figureId, expected) => {
    const { items, leftOut } = explained(figureId, { pipelines });
    expect(items.map(({ kind, id, value }) => [kind, id, value])).toEqual(
      expected.map(([id, value]) => ['pipeline', id, value]),
    );
    expect(leftOut).toBe(1);
    expect(items[0]?.instants).toEqual([
      { name: 'createdAt', at: MONDAY, source: 'pipeline' },
      { name: 'completedAt', at: MONDAY + 330, source: 'pipeline' },
    ]);
  });

  it('stand the deployments whose duration it is', () => {
    const deployments = [aDeployment(null, 5), aDeployment(null, 9, { status: 'STOPPED' })];
    const explanation = explained('deployment_duration', { deployments });
    expect(rows(explanation, HOUR)).toEqual([['deployment', 'd5', 0.25, 'startedAt 4.75', 'completedAt 5']]);
    expect(explanation.leftOut).toBe(1);
  });
});
