/** Whether the viewer may change what a screen shows, where the screen opens also while nobody can tell. */
import { BitbucketError } from '../bitbucket/errors';
import { describeError, log } from '../runtime/log';

/** What Bitbucket says of the viewer; `null` where it does not say. */
export async function viewerMay(ask: () => Promise<boolean>): Promise<boolean | null> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof BitbucketError)) throw error;
    log.warn('administration not known', describeError(error));
    return null;
  }
}
