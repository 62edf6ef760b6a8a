import { readFileSync, writeFileSync } from 'node:fs';
import YAML from 'yaml';
import { openDatabase } from '../local/forge/database';
import { ForgeStore } from '../local/forge/store';
import { connectForgeStore } from '../local/forge/store/testing';
import { startBitbucket } from '../local/bitbucket/server';
import { openRecording } from '../local/bitbucket/recorded-workspace';

async function main() {
  const dir = process.argv[2]!;
  const now = Math.floor(Date.parse(process.argv[3]!) / 1000);
  const manifest = YAML.parse(readFileSync('manifest.yml', 'utf8'));
  const database = openDatabase(':memory:');
  const store = new ForgeStore({
    database,
    entities: manifest.app.storage.entities,
    clock: { now: () => now * 1000 },
  });
  const source = openRecording(dir);
  const bitbucket = await startBitbucket({ source, clock: { now: () => Date.now() } });
  (globalThis as any).__forge_runtime__ = { kvs: undefined };
  const queue: any[] = [];
  (globalThis as any).__forge_fetch__ = async (meta: any, path: string, init: any) => {
    if (meta.remote === 'bitbucket') {
      return fetch(bitbucket.url + path, {
        ...init,
        headers: {
          ...init?.headers,
          'x-forge-as': meta.provider,
          'x-forge-scopes': manifest.permissions.scopes.join(' '),
        },
      });
    }
    if (path.startsWith('/webhook/queue/publish')) {
      queue.push(...JSON.parse(init.body).payload.map((p: any) => p.body));
      return new Response('{}', { status: 201 });
    }
    throw new Error(path);
  };
  connectForgeStore(store);
  const { discoverRepositories, importPage } = await import('../src/sync/import-history');
  const t = Date.now();
  await discoverRepositories(source.workspace.uuid, null, now);
  const repos: string[] = [];
  for (const m of queue) {
    while ((await importPage(m.workspaceUuid, m.repository, now)) === 'more') {}
    repos.push(m.repository);
  }
  console.log('imported', Date.now() - t, 'ms', bitbucket.requests.total, JSON.stringify(store.usage()));
  let bytes = 0,
    n = 0;
  for (const row of store.dump())
    if ((row as any).entity === 'ledger' || JSON.stringify(row).includes('"bucket"')) {
      bytes += JSON.stringify(row).length;
    }
  let exp;
  try {
    exp = (await import('../src/views/export-repository')).exportRepository;
  } catch (e) {
    console.log(String(e));
  }
  const out: any[] = [];
  if (exp)
    for (const r of repos) {
      const part = await exp(r, now, 0);
      out.push({ ...part!.repository, pullRequests: part!.pullRequests });
      n += part!.pullRequests.length;
    }
  console.log('ledger bytes a pull request', bytes / n, n, Date.now() - t);
  writeFileSync('/tmp/try/export.json', JSON.stringify({ repositories: out }));
  await bitbucket.close();
}
main();
