/** What a build leaves in its folder. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { HandlerFileError, LOADER_FILE, buildFunctions, writeForgeRuntime } from './build-functions';
import { FIXTURE_APP, temporaryFolder } from './testing/fixture-host';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('buildFunctions', () => {
  it('bundles each handler file whole, with the loader beside it', async () => {
    await buildFunctions({ appDirectory: FIXTURE_APP, outputDirectory: folder });
    for (const name of ['index.cjs', 'index.cjs.map', 'consumers.cjs', LOADER_FILE]) {
      expect(existsSync(path.join(folder, name))).toBe(true);
    }
    const bundle = readFileSync(path.join(folder, 'index.cjs'), 'utf8');
    expect(bundle).not.toMatch(/require\("@forge/);
    expect(bundle).not.toContain('sourceMappingURL=data:');
  });

  it('names the handler file that is missing', async () => {
    const manifest = readFileSync(path.join(FIXTURE_APP, 'manifest.yml'), 'utf8');
    mkdirSync(path.join(folder, 'src'));
    writeFileSync(path.join(folder, 'manifest.yml'), manifest);
    const building = buildFunctions({ appDirectory: folder, outputDirectory: path.join(folder, 'out') });
    await expect(building).rejects.toThrow(HandlerFileError);
    await expect(building).rejects.toThrow('handlers in index,');
  });
});

describe('writeForgeRuntime', () => {
  it("lays the loader out as Forge's own bundler looks for it", () => {
    writeForgeRuntime(folder);
    expect(readFileSync(path.join(folder, 'dist/loader.js'), 'utf8')).toContain('__forge_runtime__');
    expect(existsSync(path.join(folder, 'dist/wrapper.js'))).toBe(true);
  });
});
