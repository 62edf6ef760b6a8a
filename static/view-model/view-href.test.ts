import { readAddress, type PageAddress } from './page-address';
import { viewHref } from './view-href';

const PAGE = 'https://bitbucket.org/shop/web/forge/app/environment/repository-page';
const VIEW: PageAddress = { tab: 'delivery', query: { window: 30, targetBranches: ['release/1 & 2'] } };

it('opens the view again', () => {
  const href = viewHref(PAGE, VIEW) ?? '';
  expect(href.startsWith(`${PAGE}?`)).toBe(true);
  expect(readAddress(new URL(href).search)).toEqual(VIEW);
});

it('says nothing of what the address held before', () => {
  expect(viewHref(`${PAGE}?tab=data&days=365#/?days=180`, { tab: 'overview', query: { window: 90 } })).toBe(
    PAGE,
  );
});

it('is none where the page’s address is not known', () => {
  expect(viewHref('', VIEW)).toBeNull();
});
