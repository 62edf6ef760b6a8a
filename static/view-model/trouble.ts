/** Says in the reader's words why something could not be read. */
import type { BitbucketScope, Trouble } from '../../src/sync/trouble';
import type { Language } from '../shared/language';

/** Where a version without causes stored why. */
export const UNKNOWN_TROUBLE: Trouble = { cause: 'unknown', scope: null };

/** A sentence for the cause, with the permission where one is missing. */
export function causeText({ cause, scope }: Trouble, { t }: Language): string {
  return cause === 'missing-permission' || cause === 'permission-awaited'
    ? t(`cause.${cause}`, { known: scope === null ? 'no' : 'yes', permission: scope ?? '' })
    : t(`cause.${cause}`);
}

/** A sentence for each of these permissions. */
export function missingTexts(missing: readonly BitbucketScope[], language: Language): readonly string[] {
  return missing.map((scope) => causeText({ cause: 'missing-permission', scope }, language));
}
