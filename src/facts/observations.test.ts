import fc from 'fast-check';
import {
  NOTHING_OBSERVED,
  countWithdrawnApprovals,
  mergeObservations,
  type Observations,
} from './observations';

function sighting(at: number, approvedBy: readonly string[], truncated = false): Observations {
  return {
    sightings: [
      { at, truncated, statuses: approvedBy.map((actorId) => ({ actorId, status: 'approved', at })) },
    ],
    closedAt: null,
  };
}

function all(...each: readonly Observations[]): Observations {
  return each.reduce(mergeObservations, NOTHING_OBSERVED);
}

describe('withdrawn approvals', () => {
  it('are those that a later event no longer shows', () => {
    expect(countWithdrawnApprovals(all(sighting(1, ['a', 'b']), sighting(2, ['b']), sighting(3, [])))).toBe(
      2,
    );
  });

  it('count again when given and withdrawn again', () => {
    expect(
      countWithdrawnApprovals(all(sighting(1, ['a']), sighting(2, []), sighting(3, ['a']), sighting(4, []))),
    ).toBe(2);
  });

  it('are not read from an event that lists only some reviewers', () => {
    expect(countWithdrawnApprovals(all(sighting(1, ['a']), sighting(2, [], true)))).toBe(0);
  });

  it('include an approval that became a request for changes', () => {
    const turned: Observations = {
      sightings: [
        { at: 2, truncated: true, statuses: [{ actorId: 'a', status: 'changes_requested', at: 2 }] },
      ],
      closedAt: null,
    };
    expect(countWithdrawnApprovals(all(sighting(1, ['a']), turned))).toBe(1);
  });
});

it('merges to the same whatever the order and the number of repetitions', () => {
  const pieces = [
    sighting(1, ['a']),
    sighting(2, []),
    sighting(3, ['b'], true),
    { sightings: [], closedAt: 9 },
    { sightings: [], closedAt: 4 },
  ];
  const expected = all(...pieces);
  expect(expected.closedAt).toBe(4);
  fc.assert(
    fc.property(fc.shuffledSubarray([...pieces, ...pieces], { minLength: 10 }), (shuffled) => {
      expect(all(...shuffled)).toEqual(expected);
    }),
  );
});
