import fc from 'fast-check';
import { Timeline } from './timeline';

it('runs what is planned in the order of the instants, and of the planning for one instant', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(20)), async (instants) => {
      const timeline = new Timeline(0);
      const seen: { at: number; order: number }[] = [];
      instants.forEach((at, order) => timeline.plan(at, () => void seen.push({ at: timeline.now(), order })));
      await timeline.passUntil(20);
      expect(seen).toEqual(
        instants.map((at, order) => ({ at, order })).sort((a, b) => a.at - b.at || a.order - b.order),
      );
    }),
  );
});

it('leaves what is later for later, and waits for what it runs', async () => {
  const timeline = new Timeline(100);
  const seen: string[] = [];
  timeline.plan(110, async () => {
    await Promise.resolve();
    seen.push('first');
    timeline.plan(50, () => void seen.push(`at once, at ${timeline.now()}`));
  });
  timeline.plan(121, () => void seen.push('later'));
  await timeline.passUntil(120);
  expect(seen).toEqual(['first', 'at once, at 110']);
  expect(timeline.now()).toBe(120);
  await timeline.passUntil(121);
  expect(seen).toHaveLength(3);
});
