/** The app's export of all recorded repositories against the second reading, fact by fact and figure by figure. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { describeWithSharedData } from '../shared-data';
import { exportOf, type ExportDocument } from './headless';
import { readAgain, type SecondReading } from './second-reading';

const NOW = '2020-06-01T00:00:00Z';
const EXPORT_TIMEOUT = 300_000;

type ExportedRepository = ExportDocument['repositories'][number];
type ExportedPullRequest = ExportedRepository['pullRequests'][number];

const edgeCases = z.record(z.string(), z.object({ examples: z.array(z.string()) }));
const statistics = z.record(
  z.string(),
  z.looseObject({
    prs: z.number(),
    MERGED: z.number().optional(),
    DECLINED: z.number().optional(),
    OPEN: z.number().optional(),
    prs_with_approval: z.number().optional(),
  }),
);

describeWithSharedData('30 recorded repositories', (data) => {
  const archive = path.join(data, 'bitbucket-archive');
  const folders = readdirSync(archive).filter((name) => name.includes('__'));
  const readings = new Map<string, SecondReading>();
  let repositories: ReadonlyMap<string, ExportedRepository>;

  beforeAll(async () => {
    const document = await exportOf(archive, NOW);
    repositories = new Map(document.repositories.map((each) => [each.uuid, each]));
    for (const folder of folders)
      readings.set(folder, readAgain(path.join(archive, folder), Date.parse(NOW)));
  }, EXPORT_TIMEOUT);

  /** The export's side of a recorded folder. */
  function exported(folder: string): ExportedRepository {
    const found = repositories.get(readings.get(folder)?.uuid ?? '');
    if (!found) throw new Error(`${folder} is not in the export.`);
    return found;
  }

  function pullRequest(name: string): ExportedPullRequest {
    const [folder = '', id = ''] = name.split('#');
    const found = exported(folder).pullRequests.find((each) => each.id === Number(id));
    if (!found) throw new Error(`${name} is not in the export.`);
    return found;
  }

  it('are all there, with as many pull requests of each state as the recording’s statistics say', () => {
    const stats = statistics.parse(JSON.parse(readFileSync(path.join(archive, 'stats.json'), 'utf8')));
    let total = 0;
    for (const folder of folders) {
      const { pullRequests } = exported(folder);
      const expected = stats[folder.replace('__', '/')];
      const of = (state: string): number => pullRequests.filter((each) => each.state === state).length;
      expect([folder, pullRequests.length, of('MERGED'), of('DECLINED'), of('OPEN')]).toEqual([
        folder,
        expected?.prs,
        expected?.MERGED ?? 0,
        expected?.DECLINED ?? 0,
        expected?.OPEN ?? 0,
      ]);
      total += pullRequests.length;
    }
    expect(total).toBe(3_775);
  });

  it.each(folders)('%s: every fact of every pull request', (folder) => {
    const got = new Map(exported(folder).pullRequests.map((each) => [each.id, each]));
    const differences = (readings.get(folder)?.pullRequests ?? []).flatMap((expected) =>
      Object.entries(expected).flatMap(([fact, value]) => {
        const other = got.get(expected.id)?.[fact];
        return JSON.stringify(other) === JSON.stringify(value)
          ? []
          : [`#${expected.id} ${fact}: expected ${JSON.stringify(value)}, got ${JSON.stringify(other)}`];
      }),
    );
    expect(differences.slice(0, 20)).toEqual([]);
  });

  it.each(folders)('%s: every figure of every window', (folder) => {
    const { windows } = exported(folder);
    expect(windows.map(({ days }) => days)).toEqual([30, 90, 180, 365, 'all']);
    for (const { from, to, days, metrics } of windows) {
      const again = readings.get(folder)?.figures(Date.parse(from), Date.parse(to)) ?? {};
      expect(Object.keys(metrics).sort()).toEqual(Object.keys(again).sort());
      for (const [metric, expected] of Object.entries(again)) {
        for (const [name, value] of Object.entries(expected)) {
          const got = metrics[metric]?.[name];
          // Two orders of summation may differ in the last bit of a mean.
          const same =
            typeof value === 'number' && typeof got === 'number'
              ? Math.abs(value - got) <= 1e-9 * Math.max(1, Math.abs(value))
              : value === got;
          if (!same)
            throw new Error(`${days} days, ${metric}.${name}: expected ${String(value)}, got ${String(got)}`);
        }
      }
    }
  });

  it('hold no person’s name, title or e-mail address', () => {
    const text = JSON.stringify([...repositories.values()]);
    expect(text).not.toMatch(/@|[^\x20-\x7e]/);
  });

  describe('oddities', () => {
    const cases = edgeCases.parse(JSON.parse(readFileSync(path.join(archive, 'edge-cases.json'), 'utf8')));

    /** The recorded files of the examples of one kind, for what the export alone cannot show. */
    const examples = (kind: string): readonly string[] => cases[kind]?.examples ?? [];
    const each = (kind: string, check: (exported: ExportedPullRequest, name: string) => void): void => {
      for (const name of examples(kind)) check(pullRequest(name), name);
    };
    const at = (value: unknown): number => Date.parse(String(value));

    /** What every kind must come to; a kind without an entry here fails the test below. */
    const expectations: Readonly<Record<string, readonly [string, (row: ExportedPullRequest) => void]>> = {
      '100_or_more_commits': [
        'more commits than a page holds are read to the end',
        ({ commits }) => expect(Number(commits)).toBeGreaterThanOrEqual(1),
      ],
      activity_of_200_or_more_entries: [
        'the first of many entries still gives the first review',
        (row) => expect(at(row.firstReviewAt)).toBeGreaterThanOrEqual(at(row.openedAt)),
      ],
      activity_of_4_or_more_pages: [
        'the last page is read: it holds the opening, so the first review is not taken from page one',
        (row) => expect(at(row.firstReviewAt)).toBeLessThan(at(row.lastActivityAt)),
      ],
      all_commits_newer_than_pr: [
        'the first commit may come after the opening, and stays as it is',
        (row) => {
          if (row.firstCommitAt !== null) expect(at(row.firstCommitAt)).toBeGreaterThan(at(row.openedAt));
        },
      ],
      approval_after_merge: [
        'what comes after the merge is no review',
        (row) => {
          if (row.lastApprovedAt !== null)
            expect(at(row.lastApprovedAt)).toBeLessThanOrEqual(at(row.mergedAt));
          expect(at(row.lastActivityAt)).toBeGreaterThan(at(row.mergedAt));
        },
      ],
      approved_participants_differ_from_activity_approvals: [
        'approvals of both sources count',
        (row) => expect((row.approverIds as string[]).length).toBeGreaterThanOrEqual(1),
      ],
      comment_after_merge: [
        'comments after the merge are not counted, and are the last activity',
        (row) => expect(at(row.lastActivityAt)).toBeGreaterThan(at(row.mergedAt)),
      ],
      commit_author_without_account: [
        'a commit by somebody without an account counts like any other',
        (row) => expect(row.commits).not.toBeNull(),
      ],
      declined_with_reason: [
        'a decline has a closing and no merge',
        (row) => expect([row.state, row.mergedAt, row.closedAt === null]).toEqual(['DECLINED', null, false]),
      ],
      destination_not_main_branch: [
        'the target is kept, and is not the main branch',
        (row) => expect(row.targetsDefault).toBe(false),
      ],
      from_fork: ['a fork is told', (row) => expect(row.fromFork).toBe(true)],
      merged_within_one_minute: [
        'a merge within a minute is a merge',
        (row) => expect(at(row.mergedAt) - at(row.openedAt)).toBeLessThanOrEqual(60_000),
      ],
      merged_without_any_review_by_others: [
        'the author’s own acts are no review',
        (row) => expect([row.firstReviewAt, row.reviewerIds]).toEqual([null, []]),
      ],
      merged_without_closed_by: ['whoever merged may be unknown', (row) => expect(row.selfMerged).toBeNull()],
      merged_without_merge_commit: [
        'the merge instant comes from the activity, not from a commit',
        (row) => expect([row.mergedAtSource, row.mergedAt === null]).toEqual(['activity', false]),
      ],
      no_commits_recorded: [
        'without commits the first is unknown and their number is 0',
        (row) => expect([row.firstCommitAt, row.commits]).toEqual([null, 0]),
      ],
      non_ascii_title_or_author: [
        'any text is read, and none is kept',
        (row) => expect(row).not.toHaveProperty('title'),
      ],
      open_more_than_a_year: [
        'a long life is a long life',
        (row) => expect(at(row.closedAt ?? NOW) - at(row.openedAt)).toBeGreaterThan(365 * 86_400_000),
      ],
      self_approval: [
        'the author’s approval is told apart, and is no review',
        (row) => {
          expect(row.selfApproved).toBe(true);
          expect(row.approverIds).not.toContain(row.authorId);
        },
      ],
      several_declined_updates: ['the earliest decline closes', (row) => expect(row.state).toBe('DECLINED')],
      several_merged_updates: [
        'the earliest merge counts',
        (row) => expect(at(row.mergedAt)).toBeLessThanOrEqual(at(row.lastActivityAt)),
      ],
      source_branch_with_slash: [
        'only the prefix’s class is kept',
        (row) => expect(JSON.stringify({ ...row, targetBranch: '' })).not.toContain('/'),
      ],
      source_repository_null: ['a deleted source is a fork', (row) => expect(row.fromFork).toBe(true)],
      update_with_null_source_commit: [
        'an unknown source commit is no change of it',
        (row) => expect(Number(row.revisions)).toBeGreaterThanOrEqual(0),
      ],
      updated_on_more_than_a_year_after_merge: [
        'the merge is when it was merged, not when it was last touched',
        (row) => expect(at(row.mergedAt) - at(row.openedAt)).toBeLessThan(2 * 365 * 86_400_000),
      ],
      with_tasks: ['tasks change nothing', (row) => expect(row.state).toBeDefined()],
    };

    it('are all known here', () => {
      expect(Object.keys(cases).sort()).toEqual(Object.keys(expectations).sort());
    });

    it.each(Object.entries(expectations).map(([kind, [rule]]) => [kind, rule]))('%s: %s', (kind) => {
      const check = expectations[kind]?.[1];
      each(kind, (row) => check?.(row));
    });
  });
});

describeWithSharedData('drcsim as of July 2016', (data) => {
  it(
    'has 544 pull requests, some of them read by hand',
    async () => {
      const document = await exportOf(
        path.join(data, 'bitbucket-archive/osrf__drcsim'),
        '2016-07-01T00:00:00Z',
      );
      const [repository] = document.repositories;
      expect(repository?.pullRequests).toHaveLength(544);
      expect(document.sync.pullRequests).toBe(544);
      // Opened by S. Peters, approved by two others within the hour, merged by himself; one comment, his own commit.
      expect(repository?.pullRequests.find(({ id }) => id === 100)).toMatchObject({
        state: 'MERGED',
        authorId: '557058:5de38267-b118-494c-aa76-4fab35448816',
        openedAt: '2013-01-30T01:04:47Z',
        mergedAt: '2013-01-30T02:10:26Z',
        mergedAtSource: 'activity',
        firstApprovedAt: '2013-01-30T01:23:02Z',
        lastApprovedAt: '2013-01-30T02:02:01Z',
        selfMerged: true,
        branchKind: 'other',
        linesAdded: null,
      });
    },
    EXPORT_TIMEOUT,
  );
});
