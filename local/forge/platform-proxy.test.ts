/** What functions reach through the platform, and everything that is refused. */
import { createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { FIXTURE_APP, removeFixtureBundle, startFixture, type Fixture } from './testing/fixture-host';

let fixture: Fixture;
beforeEach(async () => {
  fixture = await startFixture();
});
afterEach(() => fixture.close());
afterAll(removeFixtureBundle);

describe('Bitbucket through the platform', () => {
  it('is asked as the app, as the viewer or as nobody, with the scopes that were granted', async () => {
    const { bitbucket, ask } = fixture;
    const path = 'user';
    for (const as of ['app', 'user', 'none']) await ask('bitbucket', { path, as });
    expect(bitbucket.seen.map(({ headers }) => [headers['x-forge-as'], headers['x-forge-account']])).toEqual([
      ['app', 'account-1'],
      ['user', 'account-1'],
      ['none', 'account-1'],
    ]);
    expect(
      bitbucket.seen.every(({ headers }) => headers['x-forge-scopes']?.includes('read:repository')),
    ).toBe(true);
  });

  it('needs a user for asUser', async () => {
    const answer = await fixture.host.resolve({
      moduleKey: 'page',
      functionKey: 'bitbucket',
      payload: { path: 'user', as: 'user' },
      extension: {},
      accountId: undefined,
    });
    expect(answer).toMatchObject({ type: 'NeedsAuthenticationError', status: 401 });
    expect(fixture.bitbucket.seen).toHaveLength(0);
  });

  it('answers the status and body of Bitbucket without an exception', async () => {
    fixture.bitbucket.answer = () => ({ status: 403, body: 'no' });
    expect(await fixture.ask('bitbucket', { path: 'user', as: 'app' })).toEqual({
      result: { status: 403, body: 'no' },
    });
  });

  it('follows redirections within Bitbucket and passes on those that lead away', async () => {
    const { bitbucket, ask } = fixture;
    bitbucket.answer = ({ url }) =>
      url === '/2.0/from' ? { status: 302, headers: { location: '/2.0/to' } } : { body: 'arrived' };
    expect(await ask('bitbucket', { path: 'from', as: 'app' })).toEqual({
      result: { status: 200, body: 'arrived' },
    });
    expect(bitbucket.seen.at(-1)?.headers['x-forge-as']).toBe('app');
    bitbucket.answer = () => ({ status: 302, headers: { location: `${fixture.outside.url}/away` } });
    expect(await ask('bitbucket', { path: 'from', as: 'app' })).toMatchObject({ result: { status: 302 } });
    expect(fixture.outside.seen).toHaveLength(0);
  });

  it('refuses an answer over 5 MB', async () => {
    fixture.bitbucket.answer = () => ({ body: 'x'.repeat(5 * 1024 * 1024 + 1) });
    expect(await fixture.ask('bitbucket', { path: 'user', as: 'app' })).toMatchObject({
      name: 'PROXY_ERR',
      status: 413,
    });
  });

  it('reports a Bitbucket that cannot be reached', async () => {
    await fixture.bitbucket.close();
    expect(await fixture.ask('bitbucket', { path: 'user', as: 'app' })).toMatchObject({
      name: 'PROXY_ERR',
      status: 502,
    });
  });

  it('reaches no other origin, whatever path is asked for', async () => {
    const path = `//${new URL(fixture.outside.url).host}/x`;
    const request = { method: 'GET', path, headers: {} };
    expect(await fixture.host.requestBitbucketAs('user', request, 'account-1')).toMatchObject({
      status: 400,
    });
    expect(fixture.outside.seen).toHaveLength(0);
  });
});

describe('the outside', () => {
  it('is reached where the manifest lists it', async () => {
    const url = `${fixture.outside.url}/path`;
    expect(await fixture.ask('fetch', { url })).toEqual({ result: 200 });
    expect(fixture.outside.seen[0]).toMatchObject({ url: '/path' });
    expect(Object.keys(fixture.outside.seen[0]?.headers ?? {})).not.toContain('forge-proxy-authorization');
  });

  it('is refused where the manifest does not, by fetch and by a connection of its own', async () => {
    const refusal = { name: 'REQUEST_EGRESS_ALLOWLIST_ERR' };
    expect(await fixture.ask('fetch', { url: 'https://elsewhere.example/' })).toMatchObject({
      ...refusal,
      message: expect.stringContaining('https://elsewhere.example/') as unknown,
    });
    const { port } = new URL(fixture.outside.url);
    expect(await fixture.ask('connect', { port: Number(port) })).toMatchObject(refusal);
    expect(fixture.outside.seen).toHaveLength(0);
    expect(fixture.host.logs.all().some((line) => line.message.includes('elsewhere.example'))).toBe(true);
  });
});

describe('storage', () => {
  it('needs the scope storage:app', async () => {
    expect(await fixture.ask('store')).toMatchObject({ value: { result: { text: 'kept' } } });
    const appDirectory = mkdtempSync(path.join(os.tmpdir(), 'forge-app-'));
    const manifest = readFileSync(path.join(FIXTURE_APP, 'manifest.yml'), 'utf8');
    writeFileSync(path.join(appDirectory, 'manifest.yml'), manifest.replace('- storage:app', ''));
    const without = await startFixture({ appDirectory });
    expect(await without.ask('store')).toMatchObject({
      before: { type: 'ForgeKvsAPIError', message: expect.stringContaining('storage:app') as unknown },
    });
    expect(without.host.store.dump()).toEqual([]);
    await without.close();
    rmSync(appDirectory, { recursive: true });
  });
});

describe('what is not allowed or not known', () => {
  it('answers 501 with a sentence, and logs it', async () => {
    const answer = (await fixture.ask('graph')) as { readonly result: unknown };
    const message = expect.stringMatching(/^The local Forge host does not model POST \/graphql/) as unknown;
    expect(answer.result).toEqual({ code: 'NOT_MODELLED', message });
    expect(fixture.host.logs.all()).toContainEqual(
      expect.objectContaining({ level: 'error', source: 'host', message, functionKey: 'resolve' }),
    );
  });

  it('refuses a call after its invocation has ended', async () => {
    expect(await fixture.ask('leak')).toBe('started');
    expect(await fixture.ask('leaked')).toMatchObject({
      message: expect.stringContaining('after its invocation had ended') as unknown,
    });
    expect(fixture.stored('late')).toBeUndefined();
  });

  it('refuses whoever has no token', async () => {
    const forged = createHmac('sha256', 'guess').update('token').digest('base64url');
    const response = await fetch(`${fixture.host.proxyUrl}/fpp/as/app/provider/atlassian/capability/kvs`, {
      method: 'POST',
      headers: { 'forge-proxy-authorization': `Bearer ${forged}`, 'forge-proxy-target': '/api/v1/get' },
      body: '{"key":"last-event"}',
    });
    expect(response.status).toBe(401);
    expect(response.headers.get('forge-proxy-error')).toBe('INVOCATION_ENDED');
  });

  it('fails an invocation whose process ends while it asks', async () => {
    fixture.bitbucket.answer = () => {
      fixture.host.killFunctionProcess();
      return {};
    };
    await expect(fixture.ask('bitbucket', { path: 'user', as: 'app' })).rejects.toMatchObject({
      outcome: 'process-ended',
    });
  });
});
