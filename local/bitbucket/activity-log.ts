/** The repository-wide activity log, composed from the activity of each pull request. */
import type { Elements } from './paging';
import { isJsonObject, microsecondsOf, objectOf, textOf } from './values';
import type { JsonObject, RepositorySource } from './workspace-source';

/** Where each kind of entry keeps its instant. */
const INSTANTS: readonly (readonly [kind: string, field: string])[] = [
  ['update', 'date'],
  ['comment', 'created_on'],
  ['approval', 'date'],
  ['changes_requested', 'date'],
];

/** The instant of an activity entry in microseconds; `null` for an entry of no known kind. */
export function entryInstant(entry: JsonObject): number | null {
  for (const [kind, field] of INSTANTS) {
    const detail = objectOf(entry, kind);
    const text = detail && textOf(detail, field);
    if (text) return microsecondsOf(text);
  }
  return null;
}

interface Place {
  readonly at: number;
  readonly pullRequest: number;
  readonly index: number;
}

function placesOf(source: RepositorySource, pullRequest: number): readonly Place[] {
  const raw = source.pullRequest(pullRequest);
  const opened = raw === null ? null : textOf(raw, 'created_on');
  // An entry without an instant stands where its neighbours do; the first of all where the pull request began.
  let before = (opened === null ? null : microsecondsOf(opened)) ?? 0;
  const entries = source.activity(pullRequest);
  const places: Place[] = [];
  for (let index = entries.length - 1; index >= 0; index -= 1) {
    const entry = entries[index];
    before = (isJsonObject(entry) ? entryInstant(entry) : null) ?? before;
    places.push({ at: before, pullRequest, index });
  }
  return places;
}

/**
 * Every activity entry of a repository, newest first. Only the places are held; the entries stay with the source, so
 * that a large recording does not fill memory.
 */
export function activityLogOf(source: RepositorySource): Elements {
  const places = source
    .pullRequestIds()
    .flatMap((id) => placesOf(source, id))
    .sort(
      (left, right) => right.at - left.at || right.pullRequest - left.pullRequest || left.index - right.index,
    );
  return {
    length: places.length,
    at(position) {
      const place = places[position];
      const entry = place && source.activity(place.pullRequest)[place.index];
      if (entry === undefined) throw new RangeError(`The activity log has no entry ${position}.`);
      return entry;
    },
  };
}
