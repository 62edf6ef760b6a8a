/** The link that Bitbucket gives with a pull request to the diffstat of its two commits. */
import { routeFromAbsolute, type Route } from '@forge/api';
import { FIELDS } from './fields';

const PATH = /^\/2\.0\/repositories\/[^/]+\/[^/]+\/diffstat\/[^?]+$/;

/** Where the diffstat is read with one request; `null` where a link leads elsewhere, as an older form did. */
export function routeOfDiffstat(link: string): Route | null {
  if (!URL.canParse(link)) return null;
  const url = new URL(link);
  if (!PATH.test(url.pathname)) return null;
  url.searchParams.set('pagelen', '100');
  url.searchParams.set('fields', FIELDS.diffstat);
  return routeFromAbsolute(url.href);
}
