import { EVENT_NAMES } from '../../src/events/event-map';
import { STORAGE_FEATURES, type FeatureState } from '../../src/storage/feature-check';
import { STORE_VERSION } from '../../src/storage/store-version';
import { DELAY_ENDS, SELF_REPORT_FORMAT, type SelfReport } from '../../src/views/reports/self-report';
import { findingsOf, type Verdict } from './checks';

const AT_ONCE = [1, ...DELAY_ENDS.map(() => 0)];

/** One event of every kind, and everything as documented. */
const HEALTHY: SelfReport = {
  format: SELF_REPORT_FORMAT,
  version: 1,
  asOf: 1_795_000_000,
  storeVersion: STORE_VERSION,
  context: { installation: 'workspace', hasAccountType: true, hasLicence: true, hasLocale: true },
  scopes: [
    { scope: 'read:repository:bitbucket', granted: 'granted' },
    { scope: 'read:pipeline:bitbucket', granted: 'granted' },
  ],
  events: {
    types: EVENT_NAMES.map((type) => ({
      type,
      count: 1,
      delays: AT_ONCE,
      fields: [
        { path: 'timestamp', present: 1, of: 1 },
        { path: 'pullrequest.id', present: 1, of: 1 },
      ],
    })),
    refused: 0,
  },
  headers: ['x-ratelimit-limit', 'retry-after'],
  storage: Object.fromEntries(
    STORAGE_FEATURES.map((feature) => [feature, { state: 'works' }]),
  ) as unknown as SelfReport['storage'],
};

function finding(name: string, change: Partial<SelfReport>): { verdict: Verdict; text: string } {
  const found = findingsOf({ ...HEALTHY, ...change }).filter((each) => each.name === name);
  const [only] = found;
  if (only === undefined || found.length > 1) throw new Error(`${found.length} findings are named ${name}.`);
  return only;
}

type Events = SelfReport['events'];
type Fields = Events['types'][number]['fields'];

/** The events with other fields in one kind. */
function withFields(type: string, fields: Fields): Events {
  const types = HEALTHY.events.types.map((each) => (each.type === type ? { ...each, fields } : each));
  return { types, refused: 0 };
}

/** A single event with these fields. */
function withOnly(type: string, fields: Fields): Events {
  return { types: [{ type, count: 1, delays: AT_ONCE, fields }], refused: 0 };
}

it('finds nothing wrong or open where everything is as documented', () => {
  expect(findingsOf(HEALTHY).filter(({ verdict }) => verdict !== 'holds')).toEqual([]);
});

it('gives no doubt two findings', () => {
  const names = findingsOf(HEALTHY).map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});

it.each<[FeatureState, Verdict, string]>([
  [{ state: 'unseen' }, 'not seen yet', 'save another report'],
  [{ state: 'wrong' }, 'does not hold', 'ask Atlassian'],
  [{ state: 'refused', code: 'TRY_LATER' }, 'does not hold', 'TRY_LATER'],
])('says of a feature of storage that is %j: %s', (state, verdict, words) => {
  const found = finding('storage-queries', { storage: { ...HEALTHY.storage, queries: state } });
  expect(found).toMatchObject({ verdict, text: expect.stringContaining(words) as string });
});

it.each<[number, Verdict, string]>([
  [STORE_VERSION - 1, 'not seen yet', 'wait ten minutes'],
  [STORE_VERSION, 'holds', `version ${STORE_VERSION}`],
  [STORE_VERSION + 1, 'does not hold', 'deployed release'],
])('says of a store of version %d: %s', (storeVersion, verdict, words) => {
  const found = finding('store-version', { storeVersion });
  expect(found).toMatchObject({ verdict, text: expect.stringContaining(words) as string });
});

describe('fields of events that may be missing', () => {
  const [type] = EVENT_NAMES;

  it('are named with how often they were', () => {
    const events = withFields(type, [{ path: 'pullrequest.id', present: 0, of: 1 }]);
    const { verdict, text } = finding('event-optional-fields', { events });
    expect(verdict).toBe('holds');
    expect(text).toContain(`pullrequest.id (1 of ${EVENT_NAMES.length})`);
    expect(text).not.toContain('timestamp');
  });

  it('are counted where all were there', () => {
    expect(finding('event-optional-fields', {}).text).toBe('all 2 were there in every event');
  });

  it('count where an event has them at all', () => {
    for (const fields of [[], [{ path: 'push.mainbranch', present: 0, of: 0 }]]) {
      const events = withOnly(type, fields);
      expect(finding('event-optional-fields', { events }).verdict).toBe('not seen yet');
    }
  });
});

it('says which kinds of events have still to happen', () => {
  const [first, ...others] = EVENT_NAMES;
  const types = HEALTHY.events.types.filter((each) => each.type === first);
  const { verdict, text } = finding('events-delivered', { events: { types, refused: 0 } });
  expect(verdict).toBe('not seen yet');
  expect(text.startsWith(`1 of ${EVENT_NAMES.length} kinds came`)).toBe(true);
  expect(text.split(': ')[1]?.split(', ')).toEqual(others.map((each) => each.replace('avi:bitbucket:', '')));
});

it('names the permissions that are missing before those that nothing asked for', () => {
  const scopes = [
    { scope: 'read:repository:bitbucket', granted: 'unknown' },
    { scope: 'read:pipeline:bitbucket', granted: 'missing' },
  ] as const;
  const missing = finding('permissions', { scopes });
  expect(missing.verdict).toBe('does not hold');
  expect(missing.text).toMatch(/^missing: read:pipeline:bitbucket;/);
  expect(finding('permissions', { scopes: scopes.slice(0, 1) })).toMatchObject({
    verdict: 'not seen yet',
    text: 'not asked for yet: read:repository:bitbucket',
  });
});

it('says which part of the context a resolver is not told', () => {
  const context = { ...HEALTHY.context, hasLocale: false };
  expect(finding('viewer-context', { context })).toMatchObject({
    verdict: 'not seen yet',
    text: 'the resolver is not told locale; the app does without',
  });
});
