/** Which fields Bitbucket's events may lack, as its documents or recorded payloads show, and which of them one has. */

/** Of which events a field is documented: those that have the part it stands in. */
interface OptionalField {
  readonly path: string;
  /** What the event is about: the last part of its name. */
  readonly of: readonly string[] | 'all';
}

const PULL_REQUEST = ['pullrequest', 'pullrequest-comment', 'pullrequest-reviewer-status'];

/** Their places are stored, as bits of a number: add at the end only, 31 at most. */
export const OPTIONAL_FIELDS: readonly OptionalField[] = [
  { path: 'timestamp', of: 'all' },
  { path: 'selfGenerated', of: 'all' },
  { path: 'actor.accountId', of: 'all' },
  { path: 'repository.slug', of: 'all' },
  { path: 'workspace.slug', of: 'all' },
  { path: 'pullrequest.author', of: PULL_REQUEST },
  { path: 'pullrequest.createdOn', of: PULL_REQUEST },
  { path: 'pullrequest.updatedOn', of: PULL_REQUEST },
  { path: 'pullrequest.commentCount', of: PULL_REQUEST },
  { path: 'pullrequest.taskCount', of: PULL_REQUEST },
  { path: 'push.mainbranch', of: ['repository'] },
  { path: 'reviewers.truncated', of: ['pullrequest-reviewer-status'] },
  { path: 'deployment.updatedTimestamp', of: ['deployment'] },
  { path: 'pipeline.uuid', of: ['deployment'] },
];

/** One bit for each of OPTIONAL_FIELDS that a payload has; what stands there is not looked at. */
export function fieldsIn(payload: unknown): number {
  return OPTIONAL_FIELDS.reduce((bits, { path }, place) => bits | (has(payload, path) ? 1 << place : 0), 0);
}

/** The fields that events of this name may have, with their bits. */
export function fieldsOf(eventType: string): readonly { readonly path: string; readonly bit: number }[] {
  const subject = eventType.slice(eventType.lastIndexOf(':') + 1);
  return OPTIONAL_FIELDS.flatMap(({ path, of }, place) => {
    // Only a push of all that is about a repository has this part.
    const isOfAnother = path.startsWith('push.') && !eventType.includes(':push:');
    return (of === 'all' || of.includes(subject)) && !isOfAnother ? [{ path, bit: 1 << place }] : [];
  });
}

function has(payload: unknown, path: string): boolean {
  let value = payload;
  for (const name of path.split('.')) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, name)) return false;
    value = (value as Readonly<Record<string, unknown>>)[name];
  }
  return value !== undefined && value !== null;
}
