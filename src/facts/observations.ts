/** What only events tell of a pull request, kept from them because Bitbucket's API forgets it. */

/** One reviewer's status as an event showed it; `at` in milliseconds. */
export interface ReviewerStatus {
  readonly actorId: string;
  readonly status: string;
  readonly at: number;
}

/** The reviewers' statuses at the instant of one reviewer-status event (milliseconds). */
export interface ReviewerStatusSighting {
  readonly at: number;
  /** The event did not list everybody, so absence from it proves nothing. */
  readonly truncated: boolean;
  readonly statuses: readonly ReviewerStatus[];
}

export interface Observations {
  /** Ascending by instant, each event once. */
  readonly sightings: readonly ReviewerStatusSighting[];
  /** Earliest instant of a fulfilled or rejected event, in milliseconds. */
  readonly closedAt: number | null;
}

export const NOTHING_OBSERVED: Observations = { sightings: [], closedAt: null };

/** Both sets of observations as one; the order and number of merges make no difference. */
export function mergeObservations(a: Observations, b: Observations): Observations {
  const distinct = new Map([...a.sightings, ...b.sightings].map((each) => [JSON.stringify(each), each]));
  const closings = [a.closedAt, b.closedAt].filter((at) => at !== null);
  return {
    sightings: [...distinct.entries()]
      .sort(([keyA, left], [keyB, right]) => left.at - right.at || (keyA < keyB ? -1 : 1))
      .map(([, sighting]) => sighting),
    closedAt: closings.length === 0 ? null : Math.min(...closings),
  };
}

/** Approvals that a sighting showed and a later complete one no longer shows. */
export function countWithdrawnApprovals(observations: Observations): number {
  const approved = new Set<string>();
  let withdrawn = 0;
  for (const sighting of observations.sightings) {
    const statuses = new Map(sighting.statuses.map((each) => [each.actorId, each.status]));
    for (const actorId of [...approved]) {
      const status = statuses.get(actorId);
      const gone = status === undefined ? !sighting.truncated : status !== 'approved';
      if (!gone) continue;
      approved.delete(actorId);
      withdrawn += 1;
    }
    for (const [actorId, status] of statuses) if (status === 'approved') approved.add(actorId);
  }
  return withdrawn;
}
