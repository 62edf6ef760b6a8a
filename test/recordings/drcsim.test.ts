/** The drcsim recording as of July 2016: all its figures again, and pull requests that were read by hand. */
import path from 'node:path';
import { describeWithSharedData } from '../shared-data';
import { archiveExport, type ArchiveExport, type ExportedPullRequest } from './archive-export';
import { factDifferences, figureDifferences } from './differences';
import { independentReading } from './independent-reading';

const NOW = '2016-07-01T00:00:00Z';
const EXPORT_TIMEOUT = 300_000;

/** The people of the pull requests below, by the initials they stand under. */
const BG = '557058:2e35028e-9ad8-4d6a-a3a5-275159a304a9';
const HS = '557058:f3968cd3-4910-4384-8349-482a6c7889ec';
const NK = '557058:095b1e12-74ed-4e20-b44f-2f0745b616e0';
const SP = '557058:5de38267-b118-494c-aa76-4fab35448816';
const MF = '557058:82a58458-5b27-457e-8e75-da6e16d4e3df';
/** Somebody without an account id, known by the uuid. */
const TK = 'b33092ac-6376-48d1-9803-d9e6de445d1a';

interface ReadByHand {
  readonly id: number;
  readonly story: string;
  readonly facts: Partial<ExportedPullRequest>;
}

/** Written down from the recorded JSON, not computed. */
const READ_BY_HAND: readonly ReadByHand[] = [
  {
    id: 1,
    story: 'lists the null revision only, has no merge commit, and nobody looked at it',
    facts: {
      state: 'MERGED',
      authorId: BG,
      closedById: HS,
      openedAt: '2012-10-08T23:13:06Z',
      mergedAt: '2012-10-09T00:34:56Z',
      mergedAtSource: 'activity',
      firstCommitAt: null,
      commits: 0,
      firstReviewAt: null,
      reviewerIds: [],
      commentCount: 0,
      selfMerged: false,
      fromFork: false,
      lastActivityAt: '2012-10-09T00:34:56Z',
    },
  },
  {
    id: 9,
    story: 'was changed twice after its last approval',
    facts: {
      state: 'MERGED',
      authorId: HS,
      firstCommitAt: '2012-10-12T00:13:49Z',
      commits: 3,
      openedAt: '2012-10-12T00:21:43Z',
      firstReviewAt: '2012-10-12T00:24:39Z',
      firstApprovedAt: '2012-10-12T00:24:39Z',
      lastApprovedAt: '2012-10-12T01:07:30Z',
      mergedAt: '2012-10-12T01:09:49Z',
      approverIds: [NK, BG],
      revisions: 2,
      staleApproval: true,
      selfMerged: true,
    },
  },
  {
    id: 20,
    story: 'has one commit of its own beside the merge commit and a merge of the main branch',
    facts: {
      firstCommitAt: '2012-10-16T01:04:50Z',
      commits: 1,
      openedAt: '2012-10-16T01:05:37Z',
      firstApprovedAt: '2012-10-16T01:18:35Z',
      lastApprovedAt: '2012-10-16T01:18:35Z',
      mergedAt: '2012-10-16T01:18:44Z',
      approverIds: [HS],
      commentCount: 0,
      revisions: 0,
      staleApproval: false,
      selfMerged: false,
      targetBranch: 'default',
      targetsDefault: true,
    },
  },
  {
    id: 101,
    story: 'was merged twice, a minute apart',
    facts: {
      state: 'MERGED',
      mergedAt: '2013-01-31T06:42:24Z',
      closedAt: '2013-01-31T06:42:24Z',
      lastActivityAt: '2013-01-31T06:43:23Z',
      firstCommitAt: '2013-01-30T01:06:17Z',
      commits: 6,
      firstReviewAt: '2013-01-30T19:02:39Z',
      firstApprovedAt: '2013-01-30T19:02:40Z',
      lastApprovedAt: '2013-01-31T06:39:06Z',
      reviewerIds: [BG, SP],
      approverIds: [BG, SP],
      commentCount: 5,
      reviewCommentCount: 3,
      revisions: 4,
      staleApproval: false,
      selfMerged: true,
      targetBranch: 'drcsim_2.0',
      targetsDefault: false,
    },
  },
  {
    id: 132,
    story: 'was declined, its source repository is gone, and its commits with it',
    facts: {
      state: 'DECLINED',
      authorId: MF,
      closedById: BG,
      fromFork: true,
      openedAt: '2013-02-23T20:59:12Z',
      mergedAt: null,
      mergedAtSource: null,
      closedAt: '2013-03-04T21:45:27Z',
      firstCommitAt: null,
      commits: 0,
      firstReviewAt: '2013-02-23T21:34:26Z',
      firstApprovedAt: null,
      reviewerIds: [BG, HS, TK],
      approverIds: [],
      commentCount: 9,
      reviewCommentCount: 5,
      revisions: 0,
      selfMerged: null,
    },
  },
  {
    id: 187,
    story: 'was opened and declined by somebody without an account id',
    facts: {
      state: 'DECLINED',
      authorId: TK,
      closedById: TK,
      fromFork: true,
      firstCommitAt: '2013-04-03T20:52:19Z',
      commits: 22,
      firstReviewAt: null,
      reviewerIds: [],
      commentCount: 1,
      reviewCommentCount: 0,
      revisions: 0,
      closedAt: '2013-04-15T20:25:55Z',
    },
  },
  {
    id: 300,
    story: 'was reviewed by comments, reworked three times and approved twice',
    facts: {
      authorId: HS,
      closedById: NK,
      firstCommitAt: '2013-05-17T20:34:18Z',
      commits: 7,
      openedAt: '2013-05-17T21:27:07Z',
      firstReviewAt: '2013-05-17T21:46:04Z',
      firstApprovedAt: '2013-05-17T22:20:55Z',
      lastApprovedAt: '2013-05-17T22:29:32Z',
      mergedAt: '2013-05-17T22:29:36Z',
      reviewerIds: [NK, SP],
      approverIds: [NK, SP],
      commentCount: 13,
      reviewCommentCount: 8,
      revisions: 3,
      staleApproval: false,
      selfApproved: false,
      selfMerged: false,
      branchKind: 'other',
    },
  },
  {
    id: 419,
    story: 'was approved by its author after the merge',
    facts: {
      authorId: SP,
      mergedAt: '2013-11-14T19:02:40Z',
      lastActivityAt: '2013-11-14T19:03:04Z',
      firstReviewAt: null,
      firstApprovedAt: null,
      approverIds: [],
      selfApproved: true,
      selfMerged: true,
      commits: 1,
      firstCommitAt: '2013-11-12T17:45:22Z',
    },
  },
];

describeWithSharedData('The export of drcsim as of July 2016', (data) => {
  const folder = path.join(data, 'bitbucket-archive/osrf__drcsim');
  let document: ArchiveExport;

  beforeAll(async () => {
    document = await archiveExport(folder, NOW);
  }, EXPORT_TIMEOUT);

  it('has its 544 pull requests and nothing else', () => {
    expect(document.repositories.map(({ slug }) => slug)).toEqual(['drcsim']);
    expect(document.now).toBe(NOW);
    expect(document.repositories[0]?.pullRequests).toHaveLength(544);
    expect(document.sync.pullRequests).toBe(544);
  });

  it.each(READ_BY_HAND)('#$id, which $story', ({ id, facts }) => {
    const row = document.repositories[0]?.pullRequests.find((one) => one.id === id);
    expect(row).toMatchObject(facts);
  });

  it('has every fact and figure of the second reading, in windows that end in July 2016', async () => {
    const [exported] = document.repositories;
    const reading = await independentReading(folder, NOW);
    if (exported === undefined) throw new Error('The export has no repository.');
    expect(factDifferences(exported, reading).slice(0, 20)).toEqual([]);
    const figures = figureDifferences(exported, reading, (metric) => metric !== 'rework_cycles');
    expect(figures.slice(0, 20)).toEqual([]);
    // #541, #542 and #543; #544 was opened in June and merged on 13 July, after the window's end.
    const year = exported.windows.find(({ days }) => days === 365);
    expect([year?.from, year?.metrics.merged]).toEqual([
      '2015-07-02T00:00:00Z',
      { unit: 'count', n: 3, value: 3 },
    ]);
  });
});
