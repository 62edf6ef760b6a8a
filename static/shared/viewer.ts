/** Who looks and from where, as Forge's context tells the front end. */
import { createContext, useContext } from 'react';

export interface Viewer {
  /** For instance `bitbucket:repoMainMenuPage`. */
  readonly moduleType: string;
  readonly workspaceUuid: string;
  readonly repositoryUuid: string;
  /** Empty where Forge does not say who looks. */
  readonly accountId: string;
  /** The whole address of the page in Bitbucket; empty where Forge's context does not tell it. */
  readonly address: string;
  /** What the reader chose, a BCP 47 tag; which language the screens are in is for it to say (language.ts). */
  readonly locale: string;
  /** An IANA zone. */
  readonly timeZone: string;
}

const UNKNOWN: Viewer = {
  moduleType: '',
  workspaceUuid: '',
  repositoryUuid: '',
  accountId: '',
  address: '',
  locale: 'en-US',
  timeZone: 'UTC',
};

export const ViewerContext = createContext<Viewer>(UNKNOWN);

export function useViewer(): Viewer {
  return useContext(ViewerContext);
}

/** The context's fields that the screens use; what is missing or wrong is replaced, so that a screen still opens. */
export function readViewer(context: unknown): Viewer {
  const outer = record(context);
  const extension = record(outer.extension);
  return {
    moduleType: text(extension.type, UNKNOWN.moduleType),
    workspaceUuid: text(outer.workspaceId, UNKNOWN.workspaceUuid),
    repositoryUuid: text(record(extension.repository).uuid, UNKNOWN.repositoryUuid),
    accountId: text(outer.accountId, UNKNOWN.accountId),
    address: text(extension.location, UNKNOWN.address),
    locale: known(
      (locale) => Intl.getCanonicalLocales(locale),
      text(outer.locale, '').replace('_', '-'),
      UNKNOWN.locale,
    ),
    timeZone: known(
      (timeZone) => new Intl.DateTimeFormat('en', { timeZone }),
      text(outer.timezone, ''),
      UNKNOWN.timeZone,
    ),
  };
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : {};
}

function text(value: unknown, otherwise: string): string {
  return typeof value === 'string' && value !== '' ? value : otherwise;
}

function known(check: (value: string) => unknown, value: string, otherwise: string): string {
  if (value === '') return otherwise;
  try {
    check(value);
    return value;
  } catch {
    return otherwise;
  }
}
