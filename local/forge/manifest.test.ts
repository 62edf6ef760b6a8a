/** What is read from a manifest, what is refused, and the limits that follow for functions. */
import path from 'node:path';
import { parse, stringify } from 'yaml';
import { memoryMegabytes, timeoutSeconds } from './function-limits';
import { ManifestError, parseManifest, readManifest, type ForgeManifest } from './manifest';
import { FIXTURE_APP } from './testing/fixture-host';

const base = {
  app: { id: 'ari:cloud:ecosystem::app/one', runtime: { name: 'nodejs22.x' } },
  modules: {
    function: [{ key: 'run', handler: 'index.run' }],
    trigger: [{ key: 'events', function: 'run', events: ['avi:bitbucket:push:repository'] }],
  },
};

function withModules(modules: Readonly<Record<string, unknown>>): ForgeManifest {
  return parseManifest(stringify({ ...base, modules: { ...base.modules, ...modules } }));
}

describe('readManifest', () => {
  it('reads what the host acts on', () => {
    const manifest = readManifest(FIXTURE_APP);
    expect(manifest).toMatchObject({
      appId: '7f5c2f0e-5d0c-4e0b-9f6e-3f0d1f6f4a11',
      memoryMegabytes: 256,
      licensed: false,
      permissions: {
        scopes: ['storage:app', 'read:repository:bitbucket', 'report:personal-data'],
        backendAddresses: ['https://outside.example'],
      },
      userInterfaces: [
        { key: 'page', type: 'bitbucket:repoMainMenuPage', resolver: { function: 'resolve' } },
        { key: 'panel', type: 'bitbucket:repoPullRequestOverviewPanel', title: { i18n: 'panel.title' } },
        { key: 'workspace-page', type: 'bitbucket:workspaceGlobalPage' },
        { key: 'settings-page', type: 'bitbucket:repoSettingsMenuPage' },
        { key: 'workspace-settings-page', type: 'bitbucket:workspaceSettingsMenuPage' },
      ],
      resources: [{ key: 'page-files', path: 'static' }],
      translations: {
        resources: [{ key: 'en-US' }, { key: 'de-DE' }],
        fallback: { default: 'en-US', 'fr-FR': ['de-DE'] },
      },
    });
    expect(manifest.entities.map((entity) => entity.name)).toEqual(['visit']);
    expect(manifest.triggers.map((trigger) => trigger.filter)).toEqual([
      undefined,
      { ignoreSelf: true, appIsLicensed: true },
      undefined,
    ]);
  });

  it('reads the manifest of Throughline', () => {
    const manifest = readManifest(path.join(__dirname, '../..'));
    expect(manifest.consumers.map((consumer) => consumer.queue)).toContain('live');
    expect(manifest.translations?.fallback.default).toBe('en-US');
  });

  it('fills in the environment, a given value before a default', () => {
    expect(readManifest(FIXTURE_APP, { FIXTURE_APP_ID: 'mine' }).appAri).toBe(
      'ari:cloud:ecosystem::app/mine',
    );
    const unknown = stringify({ ...base, app: { ...base.app, id: 'ari:cloud:ecosystem::app/${ID}' } });
    expect(() => parseManifest(unknown)).toThrow('${ID} has no value and no default');
  });

  it.each([
    [{ trigger: [{ key: 'events', function: 'gone', events: ['avi:x'] }] }, 'events names no function: gone'],
    [{ consumer: [{ key: 'run', queue: 'q', function: 'run' }] }, 'the module key run is used twice'],
    [
      { consumer: ['a', 'b'].map((key) => ({ key, queue: 'q', function: 'run' })) },
      'two consumers share a queue',
    ],
    [
      { scheduledTrigger: ['a', 'b'].map((key) => ({ key, function: 'run', interval: 'fiveMinute' })) },
      'only one scheduled trigger may have the interval fiveMinute',
    ],
    [
      { scheduledTrigger: [{ key: 'a', function: 'run', interval: 'month' }] },
      'modules.scheduledTrigger.0.interval',
    ],
    [{ 'bitbucket:repoMainMenuPage': [{ key: 'p', resource: 'r' }] }, 'p names no resource: r'],
    [{ 'bitbucket:repoMainMenuPage': [{ key: 'p', resolver: { function: 'r' } }] }, 'p names no function: r'],
    [{ 'bitbucket:repoMainMenuPage': [{ title: 'p' }] }, 'modules.bitbucket:repoMainMenuPage.0.key'],
    [{ function: [{ key: 'run', handler: 'run' }] }, 'a handler looks like index.onEvent'],
    [
      { trigger: [{ key: 'e', function: 'run', events: ['avi:x'], filter: { expression: 'true' } }] },
      'filter.expression is not modelled',
    ],
  ])('refuses %j', (modules, message) => {
    expect(() => withModules(modules)).toThrow(ManifestError);
    expect(() => withModules(modules)).toThrow(message);
  });

  it.each([
    [['en-US', 'en-US'], { default: 'en-US' }, 'the locale en-US has two translations'],
    [['en-US'], { default: 'de-DE' }, 'translations.fallback names de-DE, which has no translation'],
    [['en-US'], { default: 'en-US', 'fr-FR': ['it-IT'] }, 'names it-IT, which has no translation'],
    [['en-US'], {}, 'translations.fallback.default'],
    [['english'], { default: 'english' }, 'a locale looks like en-US'],
    [[], { default: 'en-US' }, 'translations.resources'],
  ])('refuses translations of %j with the fallback %j', (locales, fallback, message) => {
    const resources = locales.map((key) => ({ key, path: `${key}.json` }));
    const text = stringify({ ...base, translations: { resources, fallback } });
    expect(() => parseManifest(text)).toThrow(message);
  });

  it('refuses a title to be translated without translations', () => {
    const page = { key: 'p', title: { i18n: 'p.title' } };
    expect(() => withModules({ 'bitbucket:repoMainMenuPage': [page] })).toThrow(
      'the title of p is to be translated, and there are no translations',
    );
  });

  it('refuses what is no manifest', () => {
    expect(() => parseManifest('[]')).toThrow(ManifestError);
    expect(parse(stringify(base))).toEqual(base);
  });
});

describe('the limits of a function', () => {
  it.each([
    ['on-push', 25, 256],
    ['resolve', 25, 256],
    ['consume-visit', 55, 256],
    ['consume-scenario', 120, 256],
    ['consume-impatiently', 1, 256],
    ['consume-with-little-memory', 55, 128],
  ])('%s runs %i seconds in %i MB', (key, seconds, megabytes) => {
    const manifest = readManifest(FIXTURE_APP);
    const definition = manifest.functions.find((module) => module.key === key);
    if (definition === undefined) throw new Error(key);
    expect(timeoutSeconds(manifest, definition)).toBe(seconds);
    expect(memoryMegabytes(manifest, definition)).toBe(megabytes);
  });

  it('are the lowest of all modules that share it', () => {
    const manifest = withModules({
      function: [{ key: 'run', handler: 'index.run', timeoutSeconds: 900 }],
      consumer: [{ key: 'c', queue: 'q', function: 'run' }],
    });
    const [definition] = manifest.functions;
    if (definition === undefined) throw new Error('no function');
    expect(timeoutSeconds(manifest, definition)).toBe(25);
    expect(timeoutSeconds({ ...manifest, triggers: [] }, definition)).toBe(900);
  });
});
