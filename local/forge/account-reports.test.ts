/** The report of personal data through the real SDK. */
import { removeFixtureBundle, startFixture, type Fixture } from './testing/fixture-host';

let fixture: Fixture;
beforeEach(async () => {
  fixture = await startFixture();
});
afterEach(() => fixture.close());
afterAll(removeFixtureBundle);

it('says which accounts are closed or changed, and nothing where none is', async () => {
  const { host, ask } = fixture;
  expect(await ask('report', { ids: ['ann', 'ben'] })).toEqual({ accounts: [] });
  host.accounts.close('ann');
  host.accounts.update('ben');
  expect(await ask('report', { ids: ['ann', 'ben', 'cid', '5be24ba3f91c106033269289'] })).toEqual({
    accounts: [
      { accountId: 'ann', status: 'closed' },
      { accountId: 'ben', status: 'updated' },
      { accountId: '5be24ba3f91c106033269289', status: 'closed' },
    ],
  });
  expect(host.accounts.reported.map(({ length }) => length)).toEqual([2, 4]);
});

it('refuses as Atlassian does, with or without a word on how long', async () => {
  const { host, ask } = fixture;
  host.accounts.limitNext(30);
  host.accounts.limitNext(null);
  expect(await ask('report', { ids: ['ann'] })).toEqual({ status: 429, retryAfter: '30' });
  expect(await ask('report', { ids: ['ann'] })).toEqual({ status: 429, retryAfter: null });
  expect(await ask('report', { ids: ['ann'] })).toEqual({ accounts: [] });
  expect(host.accounts.answer({ accounts: [] }).status).toBe(400);
  const many = Array.from({ length: 91 }, () => ({ accountId: 'ann', updatedAt: '2026-01-01T00:00:00Z' }));
  expect(host.accounts.answer({ accounts: many }).status).toBe(400);
});

it('needs the permission', async () => {
  const without = await startFixture({ withoutScopes: ['report:personal-data'] });
  try {
    expect(await without.ask('report', { ids: ['ann'] })).toEqual({ status: 403, retryAfter: null });
    expect(without.host.accounts.reported).toEqual([]);
  } finally {
    await without.close();
  }
});
