/** Loads the reader's language from Forge's translations. */
import { i18n } from '@forge/bridge';
import { createLanguage, type Language } from './language';

/** The locale file of each language that there is one of; readers of one language share it, wherever they live. */
const FILES = { de: 'de-DE', en: 'en-US' } as const;

type Locale = (typeof FILES)[keyof typeof FILES];

/**
 * The language for a reader's locale: Forge's translation, by its fallback English. Where Forge gives none the English
 * file comes as a script of its own, so that a screen still opens. Throws where that cannot be loaded either.
 */
export async function loadLanguage(locale: string, timeZone: string): Promise<Language> {
  const wanted = fileOf(locale);
  const translated = await translation(wanted ?? FILES.en);
  const { file, messages } = translated ?? {
    file: FILES.en,
    messages: (await import('../locales/en-US.json')).default,
  };
  // Numbers and dates by the reader's country, but in the language of the words around them.
  return createLanguage(wanted === file ? locale : file, timeZone, messages);
}

/** `null` for a language that there is no file of. */
function fileOf(locale: string): Locale | null {
  const { language } = new Intl.Locale(locale);
  return language === 'de' || language === 'en' ? FILES[language] : null;
}

async function translation(
  wanted: Locale,
): Promise<{ readonly file: string; readonly messages: unknown } | null> {
  try {
    const { locale, translations } = await i18n.getTranslations(wanted, { fallback: true });
    return translations === null ? null : { file: locale, messages: translations };
  } catch {
    // The English file stands in; Forge's translations are not worth a screen that does not open.
    return null;
  }
}
