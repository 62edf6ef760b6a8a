/** One export of all 30 recorded repositories against the second reading: every fact, every figure, every oddity. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { describeWithSharedData } from '../shared-data';
import { archiveExport, type ArchiveExport, type ExportedRepository } from './archive-export';
import { factDifferences, figureDifferences } from './differences';
import { EDGE_CASES } from './edge-cases';
import { independentReading, type IndependentReading } from './independent-reading';

const NOW = '2020-06-01T00:00:00Z';
const EXPORT_TIMEOUT = 600_000;
/** As many differences as a person reads. */
const SHOWN = 20;

const statistics = z.record(
  z.string(),
  z.object({
    prs: z.number(),
    MERGED: z.number().default(0),
    DECLINED: z.number().default(0),
    OPEN: z.number().default(0),
    from_fork: z.number().default(0),
    source_repo_null: z.number().default(0),
    activity_update: z.number().default(0),
    activity_comment: z.number().default(0),
    activity_approval: z.number().default(0),
    commits: z.number().default(0),
    prs_with_approval: z.number().default(0),
    prs_with_comment: z.number().default(0),
    first: z.string(),
    last: z.string(),
  }),
);
const oddities = z.record(z.string(), z.object({ examples: z.array(z.string()) }));

describeWithSharedData('The export of 30 recorded repositories', (data) => {
  const archive = path.join(data, 'bitbucket-archive');
  const folders = readdirSync(archive).filter((name) => name.includes('__'));
  const json = (file: string): unknown => JSON.parse(readFileSync(path.join(archive, file), 'utf8'));
  const pairs: { folder: string; exported: ExportedRepository; reading: IndependentReading }[] = [];
  let document: ArchiveExport;

  beforeAll(async () => {
    document = await archiveExport(archive, NOW);
    for (const folder of folders) {
      const reading = await independentReading(path.join(archive, folder), NOW);
      const exported = document.repositories.find(({ uuid }) => uuid === reading.uuid);
      if (exported !== undefined) pairs.push({ folder, exported, reading });
    }
  }, EXPORT_TIMEOUT);

  it('has every repository once, with its name and default branch', () => {
    expect(document.repositories).toHaveLength(30);
    expect(pairs).toHaveLength(30);
    for (const { exported, reading } of pairs) {
      expect([exported.slug, exported.defaultBranch]).toEqual([reading.slug, reading.defaultBranch]);
    }
    expect(document.sync.pullRequests).toBe(3_775);
  });

  it('says what it is complete of: everything recorded, and no diffstat', () => {
    for (const { exported } of pairs) {
      const all = exported.pullRequests.length;
      expect(exported.coverage).toEqual({
        pullRequests: all,
        withActivity: all,
        withCommits: all,
        withDiffstat: 0,
      });
    }
  });

  it('has as many pull requests of each kind as the recording’s statistics count', () => {
    const expected = statistics.parse(json('stats.json'));
    const got = pairs.map(({ folder, exported: { pullRequests }, reading }) => {
      const count = (state: string): number => pullRequests.filter((row) => row.state === state).length;
      const read = [...reading.pullRequests.values()];
      const entries = (what: string): number =>
        read.flatMap((one) => one.moments.filter((moment) => moment.what === what)).length;
      const having = (what: string): number =>
        read.filter((one) => one.moments.some((moment) => moment.what === what)).length;
      const gone = read.filter(({ recorded }) => !recorded.source.repository).length;
      const days = pullRequests.map((row) => row.openedAt.slice(0, 10)).sort();
      const counted = {
        prs: pullRequests.length,
        MERGED: count('MERGED'),
        DECLINED: count('DECLINED'),
        OPEN: count('OPEN'),
        from_fork: pullRequests.filter((row) => row.fromFork).length - gone,
        source_repo_null: gone,
        activity_update: entries('update'),
        activity_comment: entries('comment'),
        activity_approval: entries('approval'),
        commits: read.flatMap((one) => one.listedCommits).length,
        prs_with_approval: having('approval'),
        prs_with_comment: having('comment'),
        first: days[0],
        last: days.at(-1),
      };
      return [folder.replace('__', '/'), counted];
    });
    expect(Object.fromEntries(got)).toEqual(expected);
  });

  it('has every fact of every pull request', () => {
    const differences = pairs.flatMap(({ exported, reading }) => factDifferences(exported, reading));
    expect(differences.slice(0, SHOWN)).toEqual([]);
    expect(pairs.flatMap(({ exported }) => exported.pullRequests)).toHaveLength(3_775);
  });

  it('has the windows of METRICS 9, the last of them around everything', () => {
    for (const { exported } of pairs) {
      expect(exported.windows.map(({ days }) => days)).toEqual([30, 90, 180, 365, 'all']);
      for (const { days, from, to } of exported.windows) {
        expect(to).toBe(NOW);
        if (days !== 'all') expect(Date.parse(to) - Date.parse(from)).toBe(days * 86_400_000);
        else expect(exported.pullRequests.every((row) => from <= row.openedAt)).toBe(true);
      }
    }
  });

  it('has every figure of every window but rework_cycles', () => {
    const differences = pairs.flatMap(({ exported, reading }) =>
      figureDifferences(exported, reading, (metric) => metric !== 'rework_cycles'),
    );
    expect(differences.slice(0, SHOWN)).toEqual([]);
  });

  it('has rework_cycles of every window: batches of pushes between reviews, before the first approval', () => {
    const differences = pairs.flatMap(({ exported, reading }) =>
      figureDifferences(exported, reading, (metric) => metric === 'rework_cycles'),
    );
    expect(differences.slice(0, SHOWN)).toEqual([]);
  });

  it('holds no text that is not ASCII, no e-mail address, and no title, person’s or source branch’s name', () => {
    const text = JSON.stringify(document);
    expect(text).not.toMatch(/[^\x20-\x7e]|@/);
    // A branch or a title may happen to be called like a repository or a target branch, which are exported.
    const open = new Set(
      pairs.flatMap(({ exported }) => [
        exported.slug,
        ...exported.pullRequests.map((row) => row.targetBranch),
      ]),
    );
    const values = new Set(text.match(/"[^"]*"/g));
    const read = pairs.flatMap(({ reading }) => [...reading.pullRequests.values()]);
    const kept = read
      .flatMap(({ recorded, moments }) => [
        recorded.title,
        recorded.source.branch?.name ?? '',
        recorded.author?.display_name ?? '',
        ...moments.map((moment) => moment.who?.display_name ?? ''),
      ])
      .filter((secret) => secret !== '' && !open.has(secret) && values.has(JSON.stringify(secret)));
    expect(kept).toEqual([]);
  });

  describe('oddities', () => {
    const recorded = oddities.parse(json('edge-cases.json'));

    it('are the 26 that are known here', () => {
      expect(Object.keys(EDGE_CASES).sort()).toEqual(Object.keys(recorded).sort());
      expect(Object.keys(EDGE_CASES)).toHaveLength(26);
    });

    it.each(Object.entries(EDGE_CASES).map(([kind, edgeCase]) => ({ kind, ...edgeCase })))(
      '$kind: $must',
      ({ kind, isOdd, got, expected }) => {
        const examples = new Set(recorded[kind]?.examples);
        const problems: string[] = [];
        for (const { folder, exported, reading } of pairs) {
          for (const row of exported.pullRequests) {
            const name = `${folder}#${row.id}`;
            const read = reading.pullRequests.get(row.id);
            if (read === undefined) continue;
            const isExample = examples.delete(name);
            const odd = isOdd(read, reading.defaultBranch);
            if (isExample && !odd) problems.push(`${name} is listed and is not odd`);
            if (!isExample) continue;
            const [right, is] = [JSON.stringify(expected(read)), JSON.stringify(got(row))];
            if (right !== is) problems.push(`${name}: expected ${right}, got ${is}`);
          }
        }
        problems.push(...[...examples].map((name) => `${name} is not exported`));
        expect(problems.slice(0, SHOWN)).toEqual([]);
      },
    );

    it('of the two kinds without examples are nowhere, or they would have some', () => {
      const without = Object.keys(recorded).filter((kind) => recorded[kind]?.examples.length === 0);
      expect(without).toEqual(['merged_without_closed_by', 'several_declined_updates']);
      for (const { reading } of pairs) {
        for (const read of reading.pullRequests.values()) {
          const found = without.filter((kind) => EDGE_CASES[kind]?.isOdd(read, reading.defaultBranch));
          expect(found).toEqual([]);
        }
      }
    });
  });
});
