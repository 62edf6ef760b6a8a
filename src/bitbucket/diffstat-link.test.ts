import { routeOfDiffstat } from './diffstat-link';

const LINK =
  'https://api.bitbucket.org/2.0/repositories/ws/store/diffstat/ws/store:aaaaaaaaaaaa%0Dbbbbbbbbbbbb?from_pullrequest_id=7&topic=true';

it('asks by the link for the fields that are used, on the host that Forge reaches', () => {
  const value = routeOfDiffstat(LINK)?.value ?? '';
  expect(value).toMatch(
    /^\/2\.0\/repositories\/ws\/store\/diffstat\/ws\/store:aaaaaaaaaaaa%0Dbbbbbbbbbbbb\?/,
  );
  const { searchParams } = new URL(value, LINK);
  expect(Object.fromEntries(searchParams)).toEqual({
    from_pullrequest_id: '7',
    topic: 'true',
    pagelen: '100',
    fields: 'next,size,values.lines_added,values.lines_removed',
  });
});

it.each([
  'https://api.bitbucket.org/2.0/repositories/ws/store/pullrequests/7/diffstat',
  'https://api.bitbucket.org/2.0/repositories/ws/store/diffstat/../../../user',
  'https://api.bitbucket.org/2.0/workspaces/ws/diffstat/x',
  'diffstat',
  '',
])('does not follow %p', (link) => {
  expect(routeOfDiffstat(link)).toBeNull();
});
