/** Bundles the app's translations as a deployment does: a file for each locale, and one that tells which there are. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { ManifestError, type ForgeManifest, type Translations } from './manifest';

/** The folder beside each resource in which `i18n` of `@forge/bridge` looks for the files. */
export const TRANSLATIONS_FOLDER = '__LOCALES__';

const INFO_FILE = 'i18n-info.json';

const texts = z.record(z.string(), z.unknown());
type Texts = z.infer<typeof texts>;

/**
 * The files of the folder by name, each as JSON; none for an app without translations.
 *
 * @throws {ManifestError} where a file cannot be read, or where the default locale lacks a title: Forge refuses to deploy
 * both.
 */
export function bundleTranslations(
  manifest: ForgeManifest,
  appDirectory: string,
): ReadonlyMap<string, string> {
  const { translations } = manifest;
  if (translations === null) return new Map();
  const contents = translations.resources.map(({ key, path: file }) => ({
    locale: key,
    content: contentOf(path.join(appDirectory, file), key),
  }));
  const byLocale = new Map(contents.map(({ locale, content }) => [locale, parsed(content, locale)]));
  const info = {
    translations: titlesIn(manifest, translations, byLocale),
    config: { locales: [...byLocale.keys()].sort(), fallback: translations.fallback },
  };
  return new Map([
    ...contents.map(({ locale, content }) => [`${locale}.json`, content] as const),
    [INFO_FILE, JSON.stringify(info)],
  ]);
}

function contentOf(file: string, locale: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw refused(`the translations of ${locale} cannot be read: ${String(cause)}`);
  }
}

function parsed(content: string, locale: string): Texts {
  try {
    return texts.parse(JSON.parse(content));
  } catch {
    throw refused(`the translations of ${locale} are no JSON object`);
  }
}

/** What Bitbucket itself shows of the app: the modules' titles, each by locale. */
function titlesIn(
  { userInterfaces }: ForgeManifest,
  { fallback }: Translations,
  byLocale: ReadonlyMap<string, Texts>,
): Readonly<Record<string, Readonly<Record<string, string>>>> {
  const keys = new Set(userInterfaces.flatMap(({ title }) => (typeof title === 'object' ? title.i18n : [])));
  return Object.fromEntries(
    [...keys].map((key) => {
      const found = [...byLocale].flatMap(([locale, content]) => {
        const text = textAt(content, key);
        return text === null ? [] : [[locale, text] as const];
      });
      if (!found.some(([locale]) => locale === fallback.default)) {
        throw refused(`the default locale ${fallback.default} has no text for ${key}`);
      }
      return [key, Object.fromEntries(found)];
    }),
  );
}

/** The text of a key: under that very name, or at it as a dotted path. */
function textAt(content: Texts, key: string): string | null {
  const flat = content[key];
  if (typeof flat === 'string' && flat !== '') return flat;
  let found: unknown = content;
  for (const name of key.split('.')) {
    const inner = texts.safeParse(found);
    found = inner.success ? inner.data[name] : undefined;
  }
  return typeof found === 'string' && found !== '' ? found : null;
}

function refused(problem: string): ManifestError {
  return new ManifestError('manifest.yml', [problem]);
}
