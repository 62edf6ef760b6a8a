/** Tests of the four forms of pages: a walk gives every element once. */
import fc from 'fast-check';
import { Refused } from './errors';
import { elementsOf, pageOf, type PageForm, type Paging } from './paging';
import { textOf } from './values';
import type { JsonObject } from './workspace-source';

const FORMS: readonly PageForm[] = ['numbered', 'sequence', 'history', 'log'];

function listOf(count: number): JsonObject[] {
  return Array.from({ length: count }, (_, index) => ({ id: index }));
}

function nextOf(page: JsonObject): string {
  return textOf(page, 'next') ?? '';
}

function pagingOf(form: PageForm): Paging {
  return { form, standard: 10, most: 50 };
}

/** Follows `next` to the end; `between` may change the list before each further page. */
function walk(
  form: PageForm,
  pagelen: number,
  list: () => readonly JsonObject[],
  between?: () => void,
): unknown[] {
  const seen: unknown[] = [];
  let link: unknown = `http://127.0.0.1:1/list?fields=id&pagelen=${pagelen}`;
  while (typeof link === 'string') {
    const page = pageOf(elementsOf(list()), pagingOf(form), new URL(link));
    seen.push(...(page.values as JsonObject[]).map((value) => value.id));
    link = page.next;
    between?.();
  }
  return seen;
}

describe.each(FORMS)('a list of form %s', (form) => {
  it('gives every element once to who follows next', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 120 }), fc.integer({ min: 1, max: 50 }), (count, pagelen) => {
        const list = listOf(count);
        expect(walk(form, pagelen, () => list)).toEqual(list.map((value) => value.id));
      }),
    );
  });

  it('keeps origin and query in next', () => {
    const url = new URL('http://127.0.0.1:1/list?state=OPEN&state=MERGED&fields=%2Bvalues.x&pagelen=2');
    const next = new URL(nextOf(pageOf(elementsOf(listOf(5)), pagingOf(form), url)));
    expect(next.origin).toBe(url.origin);
    expect(next.searchParams.getAll('state')).toEqual(['OPEN', 'MERGED']);
    expect(next.searchParams.get('fields')).toBe('+values.x');
    expect(next.searchParams.get('pagelen')).toBe('2');
  });

  it.each(['0', '51', '-1', 'x', '1.5', ''])('refuses pagelen %j', (pagelen) => {
    const url = new URL(`http://127.0.0.1:1/list?pagelen=${pagelen}`);
    expect(() => pageOf(elementsOf(listOf(5)), pagingOf(form), url)).toThrow(Refused);
  });
});

describe.each(['history', 'log'] as const)('a walk over a list of form %s that grows in front', (form) => {
  it('still gives the elements there were at its start, each once', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 10 }),
        fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 60 }),
        (count, pagelen, growth) => {
          const list = listOf(count);
          const expected = list.map((value) => value.id);
          let fresh = 1000;
          const grow = (): void => {
            for (let added = growth.shift() ?? 0; added > 0; added -= 1) list.unshift({ id: (fresh += 1) });
          };
          expect(walk(form, pagelen, () => list, grow)).toEqual(expected);
        },
      ),
    );
  });
});

describe('the shapes of pages', () => {
  const page = (form: PageForm, query: string): JsonObject =>
    pageOf(elementsOf(listOf(5)), pagingOf(form), new URL(`http://127.0.0.1:1/list?${query}`));

  it('numbered pages tell size, page, next and previous', () => {
    expect(page('numbered', 'pagelen=2&page=2')).toEqual({
      pagelen: 2,
      size: 5,
      page: 2,
      values: [{ id: 2 }, { id: 3 }],
      next: 'http://127.0.0.1:1/list?pagelen=2&page=3',
      previous: 'http://127.0.0.1:1/list?pagelen=2&page=1',
    });
    expect(page('numbered', 'pagelen=2&page=9')).toMatchObject({ values: [], size: 5 });
  });

  it('activity pages tell neither size nor page', () => {
    expect(Object.keys(page('log', 'pagelen=2')).sort()).toEqual(['next', 'pagelen', 'values']);
    expect(nextOf(page('log', 'pagelen=2'))).toContain('ctx=');
    expect(Object.keys(page('log', ''))).not.toContain('next');
  });

  it('commit pages have no size', () => {
    expect(Object.keys(page('sequence', 'pagelen=2')).sort()).toEqual(['next', 'page', 'pagelen', 'values']);
    expect(Object.keys(page('history', 'pagelen=2')).sort()).toEqual(['next', 'pagelen', 'values']);
  });

  it("refuses pages that are no pages, and the page after the last of a pull request's commits", () => {
    expect(() => page('numbered', 'page=2/')).toThrow(Refused);
    expect(() => page('numbered', 'page=0')).toThrow(Refused);
    expect(() => page('sequence', 'page=9')).toThrow(Refused);
    expect(() => page('sequence', 'page=nonsense')).toThrow(Refused);
    expect(() => page('log', 'ctx=nonsense')).toThrow(Refused);
    const cursor = new URL(nextOf(page('log', 'pagelen=2'))).searchParams.get('ctx') ?? '';
    expect(() => page('history', `ctx=${cursor}`)).toThrow(Refused);
  });
});
