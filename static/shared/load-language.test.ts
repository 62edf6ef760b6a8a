import german from '../locales/de-DE.json';
import english from '../locales/en-US.json';
import type { Language } from './language';

/** What Forge serves beside the screens: the answers by address; anything else is not there. */
let served: ReadonlyMap<string, unknown>;
const asked: string[] = [];

const INFO = { config: { locales: ['en-US', 'de-DE'], fallback: { default: 'en-US' } } };
const everything = new Map<string, unknown>([
  ['./__LOCALES__/i18n-info.json', INFO],
  ['./__LOCALES__/en-US.json', english],
  ['./__LOCALES__/de-DE.json', german],
]);

let load: (locale: string) => Promise<Language>;

beforeAll(async () => {
  // The bridge wants to be inside Bitbucket when it is imported; translations come by fetch alone.
  Object.assign(globalThis, { __bridge: { callBridge: () => Promise.resolve() } });
  globalThis.fetch = (address: unknown) => {
    const name = typeof address === 'string' ? address : '';
    asked.push(name);
    const answer = served.get(name);
    return Promise.resolve(
      answer === undefined ? new Response(null, { status: 404 }) : Response.json(answer),
    );
  };
  const { i18n } = await import('@forge/bridge');
  const { loadLanguage } = await import('./load-language');
  load = (locale) => {
    asked.length = 0;
    i18n.resetTranslationsCache();
    return loadLanguage(locale, 'Europe/Vienna');
  };
});
beforeEach(() => {
  served = everything;
});

it('asks Forge for the texts of the reader’s language, and writes numbers by the reader’s country', async () => {
  const language = await load('de-AT');
  expect(language).toMatchObject({ locale: 'de-AT', timeZone: 'Europe/Vienna' });
  expect(language.t('page.title')).toBe(german.page.title);
  expect(asked).toEqual(['./__LOCALES__/i18n-info.json', './__LOCALES__/de-DE.json']);
  expect(await load('en-GB')).toMatchObject({ locale: 'en-GB' });
});

it('speaks English, numbers too, where there is no file of the reader’s language', async () => {
  const language = await load('fr-FR');
  expect(language.locale).toBe('en-US');
  expect(language.t('page.title')).toBe(english.page.title);
});

it.each([
  ['nothing', new Map<string, unknown>()],
  ['no German file', new Map(everything).set('./__LOCALES__/de-DE.json', undefined)],
  ['an answer of another form', new Map(everything).set('./__LOCALES__/i18n-info.json', {})],
])('opens in English where Forge gives %s', async (_, answers) => {
  served = answers;
  const language = await load('de-DE');
  expect(language.locale).toBe('en-US');
  expect(language.t('page.title')).toBe(english.page.title);
});
