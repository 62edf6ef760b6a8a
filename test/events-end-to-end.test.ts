/** Every documented event and every recorded webhook's Forge twin through the host: order and repetition change nothing. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { z } from 'zod';
import { EVENT_NAMES } from '../src/events/event-map';
import { startTestHost } from './forge-host';
import { describeWithSharedData } from './shared-data';
import { openPullRequest, smallWorkspace } from './small-workspace';
import { forgeTwins } from './webhook-twins';

const NOW = Date.UTC(2026, 10, 21);

/** When something was done differs between two runs; what was done must not. */
const INSTANTS_OF_WORK = new Set([
  'receivedAt',
  'readAt',
  'requestedAt',
  'startedAt',
  'updatedAt',
  'since',
  'removedAt',
  'version',
]);

/** How far the work is and what it cost: that differs, too, and says nothing of the repository. */
const WORK_ENTITIES: ReadonlySet<string> = new Set(['task', 'budget']);

const named = z.looseObject({ eventType: z.string() });

type Payload = z.output<typeof named>;

describeWithSharedData('events through the host', (data) => {
  const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8').replace(/,(\s*})/g, '$1'));
  const documented = ['docs-2023-seed', 'docs-2026-08'].flatMap((folder) =>
    readdirSync(path.join(data, 'forge-events', folder)).map((file) =>
      named.parse(read(path.join(data, 'forge-events', folder, file))),
    ),
  );
  const webhooks = readdirSync(path.join(data, 'webhooks'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .flatMap((file) => forgeTwins(read(path.join(data, 'webhooks', file)), file))
    .map((payload) => named.parse(payload));
  // Events of one kind that differ only in what nobody stores have one digest each, so none is lost by being equal.
  const all: readonly Payload[] = [...documented, ...webhooks];

  /** What is stored after these events, without the instants of the work itself. */
  async function storeAfter(events: readonly Payload[]): Promise<readonly string[]> {
    const source = smallWorkspace(
      [3, 4].map((id) => openPullRequest(id, 'ann', '2026-05-27T06:42:44.936130+00:00')),
    );
    const { host, close } = await startTestHost(source, NOW);
    try {
      for (const event of events) {
        // The 2023 payloads have no timestamp: `undefined` keeps the host from adding the present.
        await host.emit(event.eventType, { timestamp: undefined, ...event });
      }
      await host.idle();
      return host.store
        .dump()
        .filter((row) => !row.key.startsWith('lastevent:') && !WORK_ENTITIES.has(row.entityName ?? ''))
        .map((row) => `${row.entityName ?? ''} ${row.key} ${withoutInstants(row.value)}`)
        .sort();
    } finally {
      await close();
    }
  }

  const without = (events: readonly Payload[], name: string): readonly Payload[] =>
    events.filter(({ eventType }) => eventType !== name);

  it('cover every kind that the manifest subscribes to', () => {
    expect([...new Set(all.map(({ eventType }) => eventType))].sort()).toEqual(
      [...EVENT_NAMES, 'avi:bitbucket:created:commit-comment'].sort(),
    );
    expect(documented).toHaveLength(32);
    expect(webhooks.length).toBeGreaterThan(50);
  });

  it('are all taken, none refused', async () => {
    const store = await storeAfter(all);
    expect(store.filter((row) => row.includes(' refused:'))).toEqual([]);
    expect(store.filter((row) => row.includes(' deadletter:'))).toEqual([]);
  });

  it.each([
    ['a repository is deleted among them', (events: readonly Payload[]) => events],
    ['none is deleted', (events: readonly Payload[]) => without(events, 'avi:bitbucket:deleted:repository')],
  ])(
    'leave the same store twice in any order as once in order, where %s',
    async (_, choose) => {
      const events = choose(all);
      const expected = await storeAfter(events);
      expect(expected.length).toBeGreaterThan(30);
      await fc.assert(
        fc.asyncProperty(
          fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2 }),
          async (shuffled) => {
            expect(await storeAfter(shuffled)).toEqual(expected);
          },
        ),
        { numRuns: 3 },
      );
    },
    180_000,
  );
});

function withoutInstants(value: unknown): string {
  return JSON.stringify(value, (name, each: unknown) => {
    if (INSTANTS_OF_WORK.has(name)) return undefined;
    return each !== null && typeof each === 'object' && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each;
  });
}
