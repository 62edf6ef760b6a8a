/** The address under which a view of the page can be given to others. */
import { writeAddress, type PageAddress } from './page-address';

/** The page's address with the view in its search part; `null` where the page's address is none. */
export function viewHref(page: string, address: PageAddress): string | null {
  if (!URL.canParse(page)) return null;
  const url = new URL(page);
  url.search = writeAddress(address);
  // Where a host keeps its history behind the `#`, that would win over the search part.
  url.hash = '';
  return url.href;
}
