/** Workspaces that live in one warm process, a call of one between calls of another: nothing of one reaches another. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { isJsonObject } from '../local/bitbucket/values';
import { ALL_ENTITIES } from '../src/storage/keys';
import { readLicence } from '../src/storage/licence';
import type { ResolverFunction } from '../src/views/contract';
import { moduleState } from './module-state';
import { FUNCTIONS, homeAt, NAMES, type Company } from './neighbour-lives';
import { startWarmProcess, type Said } from './warm-process';

/** Each begins another order. */
const SEEDS = [1, 2];

/** A dozen seconds each where nothing else runs. */
const TIMEOUT = 240_000;

/** So few merges make no forecast. */
const UNANSWERED: readonly ResolverFunction[] = ['explainForecast'];

/** Lets workspaces live in a process that has run nothing before: with modules of its own. */
async function liveAnew(seed: number, places: readonly number[]): Promise<Company> {
  const companies: Company[] = [];
  await jest.isolateModulesAsync(async () => {
    const { liveTogether } = await import('./neighbour-lives');
    companies.push(await liveTogether(seed, places));
  });
  const [company] = companies;
  if (company === undefined) throw new Error('Nobody lived.');
  return company;
}

let alone: readonly Company[];
beforeAll(async () => {
  const lives: Company[] = [];
  for (const place of NAMES.keys()) lives.push(await liveAnew(0, [place]));
  alone = lives;
}, TIMEOUT);

describe('alone in the process', () => {
  it('each workspace has its names wherever it says something, so that the search finds them', () => {
    for (const { own, leaks, strays } of alone) {
      const receivers: readonly Said['to'][] = ['store', 'queue', 'accounts', 'bitbucket'];
      expect([...(own[0] ?? [])]).toEqual(expect.arrayContaining([...receivers, 'the store at the end']));
      expect({ leaks, strays }).toEqual({ leaks: [], strays: [] });
    }
  });

  it('each lives through everything: every kind of row, an answer of every function', () => {
    const rows = alone.flatMap(({ outcomes }) => outcomes.flatMap((each) => each.rows));
    const entities = new Set(rows.map(({ entityName }) => entityName));
    expect(ALL_ENTITIES.filter((name) => !entities.has(name))).toEqual([]);
    const answered = alone.flatMap(({ outcomes }) =>
      outcomes.flatMap(({ answers }) =>
        answers.flatMap(([what, answer]) => (isJsonObject(answer) && answer.ok === true ? what : [])),
      ),
    );
    const unanswered = FUNCTIONS.filter((name) => !answered.some((what) => what.startsWith(`${name} `)));
    expect(unanswered).toEqual(UNANSWERED);
  });
});

describe.each(SEEDS)('among others, their calls in the order of seed %i', (seed) => {
  let company: Company;
  beforeAll(async () => {
    company = await liveAnew(seed, [...NAMES.keys()]);
  }, TIMEOUT);

  it('a workspace says, tells, asks for and keeps nothing of another', () => {
    expect(company.switches).toBeGreaterThan(1_000);
    expect(company.leaks).toEqual([]);
  });

  it('nothing goes on when its invocation is over', () => {
    expect(company.strays).toEqual([]);
  });

  it.each(NAMES.map(({ word }, place) => [word, place] as const))(
    '%s has, answers, asks and logs exactly what it would alone',
    (_, place) => {
      expect(company.outcomes[place]).toEqual(alone[place]?.outcomes[0]);
    },
  );
});

it('tells of what is asked for outside an invocation, or after its end', async () => {
  const { home, begins } = homeAt(0);
  const warm = await startWarmProcess(1, [{ source: home.source, begins }]);
  try {
    await expect(readLicence()).rejects.toThrow('no answer');
    expect(warm.strays).toHaveLength(1);
    const left: Promise<unknown>[] = [];
    await warm.run(({ invoke }) =>
      invoke(async () => {
        left.push(setImmediate().then(readLicence));
        expect(await readLicence()).toBeNull();
        left.push(setImmediate().then(setImmediate).then(readLicence));
      }),
    );
    const ends = await Promise.allSettled(left);
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(warm.strays).toHaveLength(2);
  } finally {
    await warm.close();
  }
});

/** Why it keeps nothing of anybody. */
const HARMLESS: Readonly<Record<string, string>> = {
  'src/storage/figure-rules.ts: NO_FIGURE_RULES begins empty': 'rules without a rule, which nothing changes',
  'src/views/payloads.ts: teamName is made by line': 'a schema',
  'src/views/resolver.ts: resolve is a Resolver': 'gives each request to a function, and keeps none',
  'src/views/resolver.ts: resolver is a Resolver': 'holds functions alone',
  'src/views/resolver.ts: resolver is changed': 'while its module loads, before any request',
};

const ROOT = path.resolve(__dirname, '..');

it('no module keeps anything from one invocation to another', () => {
  const files = readdirSync(path.join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/(\.test|testing)\.ts$/.test(file))
    .map((file) => path.join(ROOT, 'src', file));
  expect(moduleState(files, ROOT)).toEqual(Object.keys(HARMLESS).sort());
});
