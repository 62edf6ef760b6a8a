/** The app on the local host when it is uninstalled, and installed again. */
import { startTestHost } from './forge-host';
import { openPullRequest, smallWorkspace } from './small-workspace';

const NOW = Date.UTC(2026, 10, 21);

it('leaves nothing behind but the mark where time allows, and begins anew', async () => {
  const source = smallWorkspace([1, 2].map((id) => openPullRequest(id, 'ann', '2026-11-01T08:00:00+00:00')));
  const { host, close } = await startTestHost(source, NOW);
  const facts = (): readonly string[] =>
    host.store.dump().flatMap(({ entityName, key }) => (entityName === 'pullrequest' ? [key] : []));
  try {
    await host.install();
    await host.idle();
    const imported = facts();
    expect(imported).toHaveLength(2);
    const left = await host.uninstall();
    expect(left.map(({ entityName, key }) => [entityName, key])).toEqual([['job', 'connection']]);
    await host.install();
    await host.idle();
    expect(facts()).toEqual(imported);
  } finally {
    await close();
  }
});
