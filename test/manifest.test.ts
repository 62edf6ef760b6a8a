/** The manifest and the code agree: every handler is exported and used, every event is subscribed to and handled. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readManifest } from '../local/forge/manifest';
import * as functions from '../src/index';
import { EVENT_NAMES } from '../src/events/event-map';
import { ALL_ENTITIES } from '../src/storage/keys';
import { appDirectory } from './forge-host';

const manifest = readManifest(appDirectory);

it('exports exactly the handlers that the manifest names', () => {
  const handlers = manifest.functions.map(({ handler }) => handler.replace('index.', ''));
  expect(handlers.sort()).toEqual(Object.keys(functions).sort());
});

it('subscribes to exactly the events that have a handler', () => {
  const subscribed = manifest.triggers
    .flatMap(({ events }) => events)
    .filter((name) => name.startsWith('avi:bitbucket:'));
  expect([...subscribed].sort()).toEqual([...EVENT_NAMES].sort());
});

it('declares exactly the entities that are stored', () => {
  expect(manifest.entities.map(({ name }) => name).sort()).toEqual([...ALL_ENTITIES].sort());
});

it('asks for no write scope and no egress', () => {
  expect(manifest.permissions.scopes.filter((scope) => /write|admin|delete/.test(scope))).toEqual([]);
  expect(manifest.permissions.external).toEqual({});
});

it('gives each scope its reason in the README', () => {
  const readme = readFileSync(path.join(appDirectory, 'README.md'), 'utf8');
  for (const scope of manifest.permissions.scopes) {
    expect(readme).toMatch(new RegExp(`\\| \`${scope}\`\\s+\\| \\S`));
  }
});
