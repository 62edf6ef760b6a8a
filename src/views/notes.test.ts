import { setTimeout as sleep } from 'node:timers/promises';
import {
  AS_VIEWER,
  startInProcessApp,
  type InProcessApp,
  type InProcessOptions,
} from '../../test/in-process-app';
import { openPullRequest, REPOSITORY_UUID, smallWorkspace } from '../../test/small-workspace';
import { getEntity } from '../storage/forge-storage';
import { key, NOTES_ENTITY, withoutBraces } from '../storage/keys';
import { changeNotes } from '../storage/notes';
import { purgeRepository } from '../storage/purge';
import { markRemoved } from '../storage/repositories';
import type { Answer } from './contract';
import {
  MOST_NOTES,
  type ChangeNotesAnswer,
  type NoteChange,
  type NotesReport,
} from './reports/notes-report';
import { resolve } from './resolver';

const REPOSITORY = withoutBraces(REPOSITORY_UUID);
const OTHER_UUID = '{5d0c8a7e-7f0e-4d4b-9a39-0f7d6a1f3a11}';

let forge: InProcessApp;

async function start(options: InProcessOptions = {}): Promise<void> {
  forge = await startInProcessApp(
    smallWorkspace([openPullRequest(1, 'ann', '2026-10-30T00:00:00Z')]),
    options,
  );
  await forge.install();
  await forge.drain();
}
afterEach(() => forge.close());

const ask = <T>(functionKey: string, payload: unknown, uuid = REPOSITORY_UUID): Promise<Answer<T>> =>
  resolve(
    { call: { functionKey, payload }, context: { extension: { repository: { uuid } } } },
    AS_VIEWER,
  ) as Promise<Answer<T>>;

function dataOf<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new Error(answer.message);
  return answer.data;
}

type Fetch = (meta: { readonly remote?: string }, ...rest: unknown[]) => Promise<Response>;

/** Puts something between the app and whatever it calls, until the app is closed. */
function replaceFetch(replaced: (working: Fetch, ...call: Parameters<Fetch>) => Promise<Response>): void {
  const globals = globalThis as { __forge_fetch__?: Fetch };
  const working = globals.__forge_fetch__;
  if (working === undefined) throw new Error('The app is not started.');
  globals.__forge_fetch__ = (...call) => replaced(working, ...call);
}

const notes = async (): Promise<NotesReport> => dataOf(await ask<NotesReport>('notes', {}));
const change = (wanted: unknown): Promise<Answer<ChangeNotesAnswer>> =>
  ask('changeNotes', { change: wanted });
const changed = async (wanted: NoteChange): Promise<ChangeNotesAnswer> => dataOf(await change(wanted));
const add = (day: string, text: string): NoteChange => ({ kind: 'add', day, text });

const textsOf = (report: NotesReport): readonly string[] => report.notes.map(({ text }) => text);

describe('whoever administers the repository', () => {
  beforeEach(() => start({ administers: (_, uuid) => uuid === REPOSITORY_UUID }));

  it('pins notes, which stand in the order of their days', async () => {
    expect(await notes()).toEqual({ notes: [], mayChange: true });
    await changed(add('2026-10-02', '  Release 2 '));
    const { outcome, report } = await changed(add('2026-09-30', 'New team'));
    expect(outcome).toBe('saved');
    expect(report).toMatchObject({
      notes: [
        { day: '2026-09-30', text: 'New team' },
        { day: '2026-10-02', text: 'Release 2' },
      ],
    });
    expect(await notes()).toEqual(report);
  });

  it('removes a note, also one that is gone already', async () => {
    const { report } = await changed(add('2026-10-02', 'Release'));
    await changed(add('2026-10-03', 'Stays'));
    const noteId = report.notes[0]?.noteId ?? '';
    for (let time = 0; time < 2; time += 1) {
      const answer = await changed({ kind: 'remove', noteId });
      expect(answer.outcome).toBe('saved');
      expect(textsOf(answer.report)).toEqual(['Stays']);
    }
  });

  it('loses nothing to others who write at the same time', async () => {
    const texts = ['a', 'b', 'c', 'd'];
    // Each call takes a while, so that all of them have read before the first has written.
    replaceFetch((working, ...call) => sleep(10).then(() => working(...call)));
    await Promise.all(texts.map((text) => changed(add('2026-10-02', text))));
    const report = await notes();
    expect([...textsOf(report)].sort()).toEqual(texts);
    expect(new Set(report.notes.map(({ noteId }) => noteId)).size).toBe(4);
  });

  it('is told where no more notes can be kept', async () => {
    const many = Array.from({ length: MOST_NOTES }, (_, place) => ({
      id: `note-${place}`,
      day: '2026-10-02',
      text: 'ü'.repeat(120),
    }));
    await changeNotes(REPOSITORY, (before) => ({ detail: { ...before, notes: many }, result: undefined }));
    const { outcome, report } = await changed(add('2026-10-03', 'One more'));
    expect(outcome).toBe('too-many');
    expect(report.notes).toHaveLength(MOST_NOTES);
    await changed({ kind: 'remove', noteId: 'note-7' });
    expect(await changed(add('2026-10-03', 'One more'))).toMatchObject({ outcome: 'saved' });
  });

  it.each([
    [add('2026-10-02', ' '), /change\.text.*empty/],
    [add('2026-10-02', 'n'.repeat(121)), /120 characters/],
    [add('2026-10-02', 'two\nlines'), /control character/],
    [add('2026-10-02', 'turned \u202e around'), /control character/],
    [add('2026-02-30', 'No such day'), /change\.day/],
    [add('0002-10-02', 'A year half typed'), /between 2000-01-01/],
    [add('2026-10-02T00:00:00Z', 'An instant'), /change\.day/],
    [{ kind: 'remove' }, /noteId/],
    [{ kind: 'replace', notes: [] }, /change/],
  ])('cannot save %j', async (wanted, sentence) => {
    expect(await change(wanted)).toMatchObject({
      ok: false,
      cause: 'bad-request',
      message: expect.stringMatching(sentence),
    });
    expect((await notes()).notes).toEqual([]);
  });

  it('finds no repository but the one of the context', async () => {
    const elsewhere = await ask('changeNotes', { change: add('2026-10-02', 'Elsewhere') }, OTHER_UUID);
    expect(elsewhere).toMatchObject({ ok: false, cause: 'nothing-yet' });
    expect(await getEntity(NOTES_ENTITY, key.notes(withoutBraces(OTHER_UUID)))).toBeUndefined();
  });

  it('leaves no note behind a repository that is removed', async () => {
    await changed(add('2026-10-02', 'Release'));
    await markRemoved(REPOSITORY, 1_790_000_000);
    await purgeRepository(REPOSITORY);
    expect(await getEntity(NOTES_ENTITY, key.notes(REPOSITORY))).toBeUndefined();
    expect(await ask('notes', {})).toMatchObject({ ok: false, cause: 'nothing-yet' });
    expect(await change(add('2026-10-02', 'Late'))).toMatchObject({ ok: false, cause: 'nothing-yet' });
  });

  it('sees notes also while Bitbucket does not say who administers', async () => {
    await changed(add('2026-10-02', 'Release'));
    replaceFetch((working, meta, ...rest) =>
      meta.remote === 'bitbucket'
        ? Promise.resolve(new Response('{}', { status: 502 }))
        : working(meta, ...rest),
    );
    expect(await notes()).toMatchObject({ mayChange: null, notes: [{ text: 'Release' }] });
    expect(await change(add('2026-10-02', 'Another'))).toMatchObject({ ok: false, cause: 'unavailable' });
  });
});

it('refuses everybody else, who sees the notes', async () => {
  await start({ administers: (_, uuid) => uuid === OTHER_UUID });
  const kept = [{ id: 'note', day: '2026-10-02', text: 'Release' }];
  await changeNotes(REPOSITORY, (before) => ({ detail: { ...before, notes: kept }, result: undefined }));
  for (const wanted of [add('2026-10-02', 'Mine'), { kind: 'remove', noteId: 'note' }]) {
    expect(await change(wanted)).toMatchObject({
      ok: false,
      cause: 'not-allowed',
      message: expect.stringContaining('administrator'),
    });
  }
  expect(await notes()).toEqual({
    notes: [{ noteId: 'note', day: '2026-10-02', text: 'Release' }],
    mayChange: false,
  });
});
