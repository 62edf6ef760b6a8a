/** The reader's language: what every screen says, and how numbers and dates are written in it. */
import { IntlMessageFormat } from 'intl-messageformat';
import { createContext, useContext } from 'react';
import type english from '../locales/en-US.json';

type Texts = typeof english;

/** Every `area.name` of the English file; the others have the same (a test compares them). */
export type MessageKey = {
  [Area in keyof Texts]: `${Area}.${Extract<keyof Texts[Area], string>}`;
}[keyof Texts];

/** What a message's placeholders stand for. Numbers are written by the message itself; all else comes as text. */
export type MessageValues = Readonly<Record<string, string | number>>;

export interface Language {
  /** A BCP 47 tag of the language that the messages are in, for numbers and dates too. */
  readonly locale: string;
  /** The reader's IANA zone. */
  readonly timeZone: string;
  /** The message with its placeholders filled; the key itself where there is none or it cannot be formatted. */
  readonly t: (key: MessageKey, values?: MessageValues) => string;
}

/** `messages` is a locale file as it came, area -> name -> ICU message: what does not fit is as if it were not there. */
export function createLanguage(locale: string, timeZone: string, messages: unknown): Language {
  const formats = new Map<MessageKey, IntlMessageFormat | null>();
  const formatOf = (key: MessageKey): IntlMessageFormat | null => {
    const known = formats.get(key);
    if (known !== undefined) return known;
    const message = messageOf(messages, key);
    const format = message === null ? null : new IntlMessageFormat(message, locale, {}, { ignoreTag: true });
    formats.set(key, format);
    return format;
  };
  return {
    locale,
    timeZone,
    t: (key, values = {}) => {
      try {
        const text: unknown = formatOf(key)?.format({ ...values });
        return typeof text === 'string' ? text : key;
      } catch {
        // A text that is wrong must not take the screen with it.
        return key;
      }
    },
  };
}

function messageOf(messages: unknown, key: MessageKey): string | null {
  const dot = key.indexOf('.');
  const message = record(record(messages)[key.slice(0, dot)])[key.slice(dot + 1)];
  return typeof message === 'string' ? message : null;
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : {};
}

/** Set around every screen before it is drawn (main.tsx). */
export const LanguageContext = createContext<Language>(createLanguage('en-US', 'UTC', {}));

export function useLanguage(): Language {
  return useContext(LanguageContext);
}
