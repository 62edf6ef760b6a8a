/** Tests of opening recordings: damaged ones by their sentence, real ones by what is known of them. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { describeWithSharedData } from '../../test/shared-data';
import { LeastRecentlyUsed } from './least-recently-used';
import { openRecording, RECORDED_WORKSPACE } from './recorded-workspace';
import { RecordingError } from './recording-error';
import { microsecondsOf, textOf } from './values';
import { startBitbucket } from './server';
import { ALL_SCOPES, minute } from './workspace.fixture';

const REPOSITORY = { uuid: '{r}', slug: 'one', full_name: 'acme/one', workspace: { uuid: '{other}' } };
const commit = (hash: string, at: number): object => ({ hash, date: minute(at), parents: [] });

const FILES: Readonly<Record<string, readonly object[]>> = {
  pullrequests: [
    { id: 1, state: 'MERGED', merge_commit: { hash: 'aaaaaaaaaaaa' } },
    { id: 2, state: 'OPEN', merge_commit: null },
  ],
  activity: [{ pr: 1, pages: [{ values: [{ n: 3 }, { n: 2 }] }, { values: [{ n: 1 }] }] }],
  commits: [
    { pr: 1, pages: [{ values: [commit('aaaaaaaaaaaabbbb', 5), commit('cc', 3)] }] },
    { pr: 2, pages: [{ values: [commit('cc', 3), commit('dd', 9)] }] },
  ],
  comments: [],
  statuses: [{ pr: 2, pages: [{ values: [] }] }],
};

describe('a recording', () => {
  let folder = '';
  const file = (name: string): string => path.join(folder, 'acme__one', name);

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'recording-'));
    mkdirSync(path.join(folder, 'acme__one'));
    writeFileSync(file('repository.json'), JSON.stringify(REPOSITORY));
    for (const [name, lines] of Object.entries(FILES)) {
      const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
      writeFileSync(file(`${name}.jsonl.gz`), gzipSync(text));
    }
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it.each(['', 'acme__one'])('opens from the folder %j', (below) => {
    const source = openRecording(path.join(folder, below));
    const [repository, ...more] = source.repositories();
    expect(more).toEqual([]);
    expect(repository?.pullRequestIds()).toEqual([1, 2]);
    expect(repository?.repository()).toMatchObject({
      full_name: 'acme/one',
      workspace: { uuid: RECORDED_WORKSPACE.uuid },
    });
  });

  it('joins pages, composes history and merge dates, and has nothing where nothing was recorded', () => {
    const [repository] = openRecording(folder).repositories();
    expect(repository?.activity(1)).toEqual([{ n: 3 }, { n: 2 }, { n: 1 }]);
    expect(repository?.commitHistory().map((each) => each.hash)).toEqual(['dd', 'aaaaaaaaaaaabbbb', 'cc']);
    expect(repository?.pullRequest(1)?.merge_commit).toEqual({ hash: 'aaaaaaaaaaaa', date: minute(5) });
    expect(repository?.pullRequest(3)).toBeNull();
    expect(repository?.activity(3)).toEqual([]);
    expect(repository?.diffstat(1)).toBeNull();
  });

  it.each<[string, (where: string) => void, RegExp]>([
    ['an absent folder', (where) => rmSync(where, { recursive: true }), /no such folder/],
    ['a folder without repositories', () => rmSync(file('repository.json')), /holds no repository\.json/],
    [
      'a repository that is not JSON',
      () => writeFileSync(file('repository.json'), '{'),
      /repository\.json: the file is not JSON/,
    ],
    ['a repository without uuid', () => writeFileSync(file('repository.json'), '{}'), /has no "uuid"/],
    ['a missing file', () => rmSync(file('activity.jsonl.gz')), /activity\.jsonl\.gz: the file is missing/],
  ])('refuses to open with %s', (_, damage, sentence) => {
    damage(folder);
    const open = (): unknown => openRecording(folder);
    expect(open).toThrow(RecordingError);
    expect(open).toThrow(sentence);
    mkdirSync(folder, { recursive: true });
  });

  it.each([
    ['no gzip', Buffer.from('plain'), /cannot be read as a gzip file/],
    ['a line that is cut', gzipSync('{"pr": 1, "pages": [{"val'), /line 1 is not JSON/],
    ['a line of another form', gzipSync('{"pages": []}'), /line 1 does not begin with a "pr" number/],
    ['pages without values', gzipSync('{"pr": 1, "pages": [{}]}'), /line 1 has no "pages"/],
    [
      'values that are no objects',
      gzipSync('{"pr": 1, "pages": [{"values": [1]}]}'),
      /line 1 has no "pages"/,
    ],
  ])(
    'says so at the first use of a file with %s, and the server answers 500 with that sentence',
    async (_, content, sentence) => {
      writeFileSync(file('activity.jsonl.gz'), content);
      const source = openRecording(folder);
      expect(() => source.repositories()[0]?.activity(1)).toThrow(sentence);
      const bitbucket = await startBitbucket({ source, clock: Date });
      const headers = { 'x-forge-as': 'app', 'x-forge-scopes': ALL_SCOPES.join(' ') };
      const reply = await fetch(`${bitbucket.url}/2.0/repositories/recording/one/pullrequests/1/activity`, {
        headers,
      });
      const text = await reply.text();
      await bitbucket.close();
      expect(reply.status).toBe(500);
      expect(text).toMatch(/activity\.jsonl\.gz/);
    },
  );
});

describe('the cache of recorded content', () => {
  it('drops what was not used for longest once the bytes are spent', () => {
    const cache = new LeastRecentlyUsed(10);
    const made: string[] = [];
    const use = (key: string, bytes: number): string =>
      cache.get(key, () => {
        made.push(key);
        return { value: key.toUpperCase(), bytes };
      });
    expect([use('a', 4), use('b', 4), use('a', 4), use('c', 4)]).toEqual(['A', 'B', 'A', 'C']);
    expect(cache.bytes).toBe(8);
    use('a', 4);
    expect(made).toEqual(['a', 'b', 'c']);
    use('b', 4);
    expect(made).toEqual(['a', 'b', 'c', 'b']);
  });

  it('keeps the newest entry even if it alone is too large', () => {
    const cache = new LeastRecentlyUsed(10);
    const make = jest.fn(() => ({ value: 1, bytes: 100 }));
    cache.get('large', make);
    cache.get('large', make);
    expect(make).toHaveBeenCalledTimes(1);
  });
});

describeWithSharedData('the recorded archive', (data) => {
  it('has the pull requests, merges and activity that its description counts', () => {
    const repositories = openRecording(path.join(data, 'bitbucket-archive')).repositories();
    const counts = {
      repositories: 0,
      pullRequests: 0,
      merged: 0,
      updates: 0,
      comments: 0,
      approvals: 0,
      dated: 0,
    };
    let withoutMergeCommit = 0;
    for (const repository of repositories) {
      counts.repositories += 1;
      for (const id of repository.pullRequestIds()) {
        const pullRequest = repository.pullRequest(id) ?? {};
        const merged = textOf(pullRequest, 'state') === 'MERGED';
        counts.pullRequests += 1;
        counts.merged += Number(merged);
        const merge = pullRequest.merge_commit as { date?: string } | null;
        if (merge !== null && microsecondsOf(merge.date ?? '') !== null) counts.dated += 1;
        if (merge === null && merged) withoutMergeCommit += 1;
        for (const entry of repository.activity(id)) {
          counts.updates += Number('update' in entry);
          counts.comments += Number('comment' in entry);
          counts.approvals += Number('approval' in entry);
        }
      }
    }
    expect(counts).toEqual({
      repositories: 30,
      pullRequests: 3775,
      merged: 3296,
      updates: 22_569,
      comments: 19_851,
      approvals: 5165,
      dated: 3296 - withoutMergeCommit,
    });
  });
});
