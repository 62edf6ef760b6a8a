/** Wrong events: each is refused with the field that is wrong, or taken; none repeats what it said, none breaks the app. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { chance } from '../../local/demo/random';
import { EVENTS, isEventName } from '../../src/events/event-map';
import { startInProcessApp, type InProcessApp } from '../in-process-app';
import { describeWithSharedData } from '../shared-data';
import { openPullRequest, smallWorkspace } from '../small-workspace';
import { casesOf, SEED } from './cases';
import { MARKER, mutated } from './mutations';

/** A parser may take so long for one event: Forge gives a trigger 25 s for all it does. */
const SLOWEST_MILLISECONDS = 1_000;

describeWithSharedData('wrong events', (data) => {
  const folders = ['docs-2023-seed', 'docs-2026-08'].map((folder) => path.join(data, 'forge-events', folder));
  const examples = folders.flatMap((folder) =>
    readdirSync(folder).map((file) => eventIn(readFileSync(path.join(folder, file), 'utf8'))),
  );

  it('are refused by their schema with a path and a reason, or fit', () => {
    const luck = chance(SEED);
    const known = examples.filter(({ eventType }) => isEventName(eventType));
    let refused = 0;
    let slowest = 0;
    const cases = casesOf(40);
    for (let each = 0; each < cases; each += 1) {
      const example = luck.pick(known);
      const payload = mutated(example, luck);
      if (!isEventName(example.eventType)) continue;
      const began = performance.now();
      const read = EVENTS[example.eventType].read(payload);
      slowest = Math.max(slowest, performance.now() - began);
      if (read.fits) {
        expect(read.event.repository).toMatch(/^[0-9a-f-]+$/i);
        continue;
      }
      refused += 1;
      expect(`${read.path} ${read.reason}`).not.toContain(MARKER);
      expect(read.reason.length).toBeLessThan(300);
    }
    expect(slowest).toBeLessThan(SLOWEST_MILLISECONDS);
    // Neither a door that takes everything nor one that takes nothing.
    expect(refused).toBeGreaterThan(cases / 10);
    expect(refused).toBeLessThan((cases * 9) / 10);
  });

  describe('at the app', () => {
    let forge: InProcessApp;
    beforeEach(async () => {
      forge = await startInProcessApp(smallWorkspace([openPullRequest(3, 'ann', '2026-10-01T09:00:00Z')]));
      for (const kind of ['info', 'warn', 'error'] as const) jest.spyOn(console, kind).mockReturnValue();
    });
    afterEach(async () => {
      jest.restoreAllMocks();
      await forge.close();
    });

    it('end as a recorded event or a recorded refusal, without their words', async () => {
      const luck = chance(SEED + 1);
      for (let each = casesOf(1); each > 0; each -= 1) {
        const payload = mutated(luck.pick(examples), luck);
        const outcome = await forge.emit(payload as object);
        expect(outcome).toBeUndefined();
      }
      const rows = forge.app.store.dump().map(({ key }) => key.split(':')[0] ?? '');
      expect(rows.filter((prefix) => prefix === 'refused').length).toBeGreaterThan(50);
      expect(rows.filter((prefix) => prefix === 'event').length).toBeGreaterThan(50);
    });
  });
});

function eventIn(text: string): { readonly eventType: string } {
  // Two documented examples have a comma too many.
  const event = JSON.parse(text.replace(/,(\s*})/g, '$1')) as { readonly eventType?: unknown };
  return { ...event, eventType: String(event.eventType) };
}
