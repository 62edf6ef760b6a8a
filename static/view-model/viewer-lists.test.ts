import fc from 'fast-check';
import { environmentsIn, nameFilter, repositoriesIn, withUnlisted } from './viewer-lists';

it('reads repositories with the workspace’s word, and whether there are more', () => {
  const page = {
    size: 60,
    next: 'https://api.bitbucket.org/more',
    values: [
      { uuid: '{a}', name: 'shop', full_name: 'acme/shop' },
      { uuid: '{b}', full_name: 'acme/other' },
      { name: 'without an id' },
    ],
  };
  expect(repositoriesIn(page)).toEqual({
    repositories: [
      { uuid: '{a}', name: 'shop' },
      { uuid: '{b}', name: '{b}' },
    ],
    total: 60,
    hasNext: true,
    workspaceSlug: 'acme',
  });
});

it('reads environments by the ids that deployments name', () => {
  const page = {
    values: [
      { uuid: '{e1}', name: 'Customers', environment_type: { name: 'Staging' } },
      { uuid: '{e2}' },
      { name: 'without an id' },
    ],
  };
  expect(environmentsIn(page)).toEqual([
    { id: 'e1', name: 'Customers', type: 'Staging' },
    { id: 'e2', name: 'e2', type: null },
  ]);
});

it('takes nothing from whatever else comes', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (answer) => {
      expect(environmentsIn(answer).every(({ id }) => typeof id === 'string')).toBe(true);
      expect(repositoriesIn(answer).repositories.every(({ uuid }) => typeof uuid === 'string')).toBe(true);
    }),
  );
  expect(repositoriesIn(null)).toEqual({
    repositories: [],
    total: null,
    hasNext: false,
    workspaceSlug: null,
  });
});

it('filters by a name, which cannot end the text it stands in', () => {
  expect(nameFilter('  ')).toBeNull();
  expect(nameFilter(' shop ')).toBe('name ~ "shop"');
  expect(nameFilter('a" OR name != "\\')).toBe('name ~ "a OR name != "');
  fc.assert(
    fc.property(fc.string(), (wanted) => {
      const filter = nameFilter(wanted);
      expect(filter === null || /^name ~ "[^"\\]+"$/.test(filter)).toBe(true);
    }),
  );
});

it('keeps what is meant but no longer listed, once', () => {
  const listed = [{ id: 'e1', name: 'Customers', type: null }];
  expect(withUnlisted(listed, ['e1', '0123456789', '0123456789'])).toEqual([
    ...listed,
    { id: '0123456789', name: '01234567…', type: null },
  ]);
});
