/** Tests of the `fields` parameter. */
import fc from 'fast-check';
import { partialResponse } from './partial-responses';
import type { Json } from './workspace-source';

const HIDDEN = ['values.participants', 'values.merge_commit.date'];

const PAGE: Json = {
  size: 2,
  next: 'link',
  values: [
    {
      id: 1,
      author: { uuid: '{a}', links: { self: 's', html: 'h' } },
      participants: [{ user: { uuid: '{p}' }, approved: true }],
      merge_commit: { hash: 'abc', date: 'today' },
    },
    { id: 2, author: null, participants: [], merge_commit: null },
  ],
};

function ask(fields: string | null): Json {
  return partialResponse(fields, HIDDEN)(PAGE);
}

describe('fields', () => {
  it('absent or empty: everything but what must be asked for', () => {
    const standard = {
      size: 2,
      next: 'link',
      values: [
        { id: 1, author: { uuid: '{a}', links: { self: 's', html: 'h' } }, merge_commit: { hash: 'abc' } },
        { id: 2, author: null, merge_commit: null },
      ],
    };
    expect(ask(null)).toEqual(standard);
    expect(ask('')).toEqual(standard);
  });

  it('a list of names: those and nothing else, through lists and nulls', () => {
    expect(ask('next,values.id,values.author.uuid')).toEqual({
      next: 'link',
      values: [
        { id: 1, author: { uuid: '{a}' } },
        { id: 2, author: null },
      ],
    });
  });

  it('sends what is hidden when it is asked for by name, and only then', () => {
    expect(ask('values.participants.user.uuid,values.merge_commit.date')).toEqual({
      values: [
        { participants: [{ user: { uuid: '{p}' } }], merge_commit: { date: 'today' } },
        { participants: [], merge_commit: null },
      ],
    });
    expect(ask('values.merge_commit')).toEqual({
      values: [{ merge_commit: { hash: 'abc' } }, { merge_commit: null }],
    });
    expect(ask('values.merge_commit,values.merge_commit.date')).toEqual(
      ask('values.merge_commit.date,values.merge_commit'),
    );
    expect(ask('values.merge_commit,values.merge_commit.date')).toEqual({
      values: [{ merge_commit: { hash: 'abc', date: 'today' } }, { merge_commit: null }],
    });
  });

  it('+name: the standard fields and that one', () => {
    const answer = ask('+values.participants,+values.merge_commit.date');
    expect(answer).toEqual(PAGE);
  });

  it('-name: all but that one', () => {
    expect(ask('-values.author,-values.merge_commit,-size')).toEqual({
      next: 'link',
      values: [{ id: 1 }, { id: 2 }],
    });
    expect(ask('values.author,-values.author.links.self')).toEqual({
      values: [{ author: { uuid: '{a}', links: { html: 'h' } } }, { author: null }],
    });
  });

  it('*: every name, hidden ones too', () => {
    expect(ask('values.*')).toEqual({ values: (PAGE as { values: Json }).values });
    expect(ask('values.*.hash')).toEqual({
      values: [{ id: 1, author: {}, participants: [{}], merge_commit: { hash: 'abc' } }, PAGE_NULLS],
    });
    expect(ask('values.id,values.author,-values.author.*')).toEqual({
      values: [
        { id: 1, author: {} },
        { id: 2, author: null },
      ],
    });
  });

  it('a name that the answer does not have adds nothing', () => {
    expect(ask('values.nothing.here,size')).toEqual({ size: 2, values: [{}, {}] });
  });

  it('the order of names does not matter', () => {
    const names = [
      'values.id',
      'values.author',
      'values.author.uuid',
      'values.merge_commit',
      'next',
      '-values.author.links',
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(names, { minLength: 1 }), (chosen) => {
        expect(ask(chosen.join(','))).toEqual(ask([...chosen].sort().join(',')));
      }),
    );
  });
});

const PAGE_NULLS = { id: 2, author: null, participants: [], merge_commit: null };
