import type { ForgeHost } from '../forge/host-api';
import { UsageError } from './options';
import { ProgressReader, progressLine, type ImportProgress } from './progress';

const BEGAN = Date.parse('2026-11-20T12:00:00Z');

let done: number;
let state: string;
let seconds: number;
beforeEach(() => {
  [done, state, seconds] = [0, 'importing', 0];
  jest.spyOn(Date, 'now').mockImplementation(() => BEGAN + seconds * 1000);
});
afterEach(() => jest.restoreAllMocks());

const host: Pick<ForgeHost, 'resolve'> = {
  resolve: () =>
    Promise.resolve({
      ok: true,
      data: { completeness: { state, pullRequests: done, expected: 10_000, trouble: null } },
    }),
};

function reader(requestsPerHour: number | null): ProgressReader {
  return new ProgressReader(host, ['{r}'], 'somebody', () => requestsPerHour);
}

async function later(of: ProgressReader, after: number, pullRequests: number): Promise<ImportProgress> {
  seconds = after;
  done = pullRequests;
  return of.read();
}

it('says nothing of the time to go before there is a pace', async () => {
  const reading = reader(null);
  expect((await later(reading, 0, 0)).remainingSeconds).toBeNull();
  expect((await later(reading, 2, 19)).remainingSeconds).toBeNull();
});

it('goes by the pace of this run: what an earlier one read says nothing of it', async () => {
  const reading = reader(null);
  await later(reading, 0, 5_000);
  const progress = await later(reading, 60, 5_500);
  expect(progress.remainingSeconds).toBe(540);
  expect(progressLine(progress)).toBe(
    'Importing: 5500 of 10000 pull requests, 0 of 1 repositories complete, about 9 min to go',
  );
});

it('promises nothing that the hour’s limit does not allow', async () => {
  const reading = reader(1_000);
  await later(reading, 0, 0);
  const progress = await later(reading, 60, 1_000);
  // 4,500 requests at 600 an hour, the first 600 of them at once.
  expect(progress.remainingSeconds).toBe(6.5 * 3_600);
  expect(progressLine(progress)).toMatch(/about 7 h to go$/);
});

it('says nothing of it once all is read', async () => {
  const reading = reader(1_000);
  await later(reading, 0, 0);
  state = 'complete';
  const progress = await later(reading, 60, 10_000);
  expect(progressLine(progress)).toBe(
    'Importing: 10000 of 10000 pull requests, 1 of 1 repositories complete',
  );
});

it('reads seldom where there are many repositories: Forge allows a user some calls a minute', () => {
  const many = Array.from({ length: 300 }, (_, place) => `{${place}}`);
  expect(new ProgressReader(host, many, 'somebody').pause).toBe(30_000);
  expect(reader(null).pause).toBe(2_000);
});

it('ends with the sentence where a later release wrote what is stored', async () => {
  const answer = { ok: false, cause: 'newer-store', message: 'A later release wrote it.' };
  const newer = { resolve: () => Promise.resolve(answer) };
  await expect(new ProgressReader(newer, ['{r}'], 'somebody').read()).rejects.toEqual(
    new UsageError('A later release wrote it.'),
  );
});
