import fc from 'fast-check';
import { fieldsIn, fieldsOf, OPTIONAL_FIELDS } from './event-fields';

/** Those of a payload, by path. */
function pathsIn(payload: unknown): readonly string[] {
  const bits = fieldsIn(payload);
  return OPTIONAL_FIELDS.flatMap(({ path }, place) => ((bits & (1 << place)) === 0 ? [] : [path]));
}

it('knows which fields a payload has, whatever stands there', () => {
  expect(pathsIn({})).toEqual([]);
  expect(
    pathsIn({
      timestamp: '2026-11-21T12:00:00Z',
      selfGenerated: false,
      actor: { uuid: '{u}' },
      repository: { slug: null },
      pullrequest: { commentCount: 0, taskCount: 'seven' },
    }),
  ).toEqual(['timestamp', 'selfGenerated', 'pullrequest.commentCount', 'pullrequest.taskCount']);
});

it('throws for no payload', () => {
  fc.assert(fc.property(fc.anything(), (payload) => fieldsIn(payload) >= 0));
});

it.each([
  ['avi:bitbucket:push:repository', 'push.mainbranch', true],
  ['avi:bitbucket:updated:repository', 'push.mainbranch', false],
  ['avi:bitbucket:created:pullrequest-comment', 'pullrequest.taskCount', true],
  ['avi:bitbucket:updated:build-status', 'pullrequest.taskCount', false],
  ['avi:bitbucket:completed:deployment', 'pipeline.uuid', true],
  ['avi:bitbucket:updated:build-status', 'timestamp', true],
])('of %s it asks for %s: %p', (eventType, path, isAsked) => {
  expect(fieldsOf(eventType).some((field) => field.path === path)).toBe(isAsked);
});
