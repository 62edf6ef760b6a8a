/** What a deployment would make of an app's translations, and what it would refuse. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { readManifest } from './manifest';
import { FIXTURE_APP, temporaryFolder } from './testing/fixture-host';
import { bundleTranslations } from './translations';

const APP = path.join(__dirname, '../..');
const manifest = readManifest(FIXTURE_APP);

/** A folder with this one translation, under the name of the fixture's English one. */
function english(content: string): Parameters<typeof bundleTranslations> {
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, 'en-US.json'), content);
  const translations = {
    resources: [{ key: 'en-US', path: 'en-US.json' }],
    fallback: { default: 'en-US' },
  };
  return [{ ...manifest, translations }, folder];
}

it('gives a file for each locale, and one with the titles and the fallbacks', () => {
  const files = bundleTranslations(manifest, FIXTURE_APP);
  expect([...files.keys()].sort()).toEqual(['de-DE.json', 'en-US.json', 'i18n-info.json']);
  expect(JSON.parse(files.get('de-DE.json') ?? '')).toMatchObject({ panel: { greeting: 'Guten Tag' } });
  expect(JSON.parse(files.get('i18n-info.json') ?? '')).toEqual({
    translations: { 'panel.title': { 'en-US': 'Fixture panel', 'de-DE': 'Fixture-Feld' } },
    config: { locales: ['de-DE', 'en-US'], fallback: { default: 'en-US', 'fr-FR': ['de-DE'] } },
  });
});

it('gives those of Throughline', () => {
  const files = bundleTranslations(readManifest(APP), APP);
  expect([...files.keys()].sort()).toEqual(['de-DE.json', 'en-US.json', 'i18n-info.json']);
});

it('gives none to an app without translations', () => {
  expect(bundleTranslations({ ...manifest, translations: null }, FIXTURE_APP).size).toBe(0);
});

it('finds a title under its whole name too', () => {
  const files = bundleTranslations(...english('{ "panel.title": "Flat", "panel": { "title": "Nested" } }'));
  expect(files.get('i18n-info.json')).toContain('{"panel.title":{"en-US":"Flat"}}');
});

it.each([
  ['not JSON', 'the translations of en-US are no JSON object'],
  ['["panel.title"]', 'the translations of en-US are no JSON object'],
  ['{ "panel": {} }', 'the default locale en-US has no text for panel.title'],
  ['{ "panel": { "title": { "deep": "x" } } }', 'the default locale en-US has no text for panel.title'],
])('refuses the translation %s', (content, message) => {
  const app = english(content);
  expect(() => bundleTranslations(...app)).toThrow(message);
});

it('refuses a file that is not there', () => {
  const [broken] = english('{}');
  expect(() => bundleTranslations(broken, temporaryFolder())).toThrow(
    'the translations of en-US cannot be read',
  );
});
