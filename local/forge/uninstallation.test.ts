/** An uninstallation: the app clears up for a moment, the platform takes the rest, and the next one is new. */
import { WORKSPACE, removeFixtureBundle, startFixture } from './testing/fixture-host';

afterAll(removeFixtureBundle);

it('lets the app clear up within 55 seconds, whatever fails, and takes its store away', async () => {
  const fixture = await startFixture();
  const { host, stored } = fixture;
  try {
    await host.install();
    await host.idle();
    for (const key of ['secret-of-somebody', 'other']) {
      host.store.handle('/api/v1/set', { key, value: WORKSPACE.slug });
    }
    const left = await host.uninstall();
    expect(left.map(({ key, value }) => [key, value])).toEqual([
      ['cleared-up-within', 5],
      ['life', ['avi:forge:installed:app']],
      ['other', WORKSPACE.slug],
    ]);
    expect(host.store.dump()).toEqual([]);
    expect(host.logs.all().some(({ message }) => message.includes('there is no time'))).toBe(true);
    await host.install();
    await host.idle();
    expect(stored('life')).toEqual(['avi:forge:installed:app']);
  } finally {
    await fixture.close();
  }
});
