import { commitsOf } from './commits';

/** A commit as `git log` gives it by `LOG_ARGUMENTS`. */
function logged(subject: string, body = '', decorations = ''): string {
  return ['0123456789abcdef', '2026-11-21', decorations, subject, `${body}\n`].join('\u001f') + '\u001e\n';
}

it('reads kind, text and the short hash', () => {
  expect(commitsOf(logged('feat: the tab Reviews'))).toEqual([
    {
      date: '2026-11-21',
      version: null,
      changes: [{ kind: 'feat', breaking: false, text: 'the tab Reviews', commit: '0123456' }],
    },
  ]);
});

it.each([
  ['an exclamation mark', 'feat!: other names', ''],
  ['one behind a scope', 'fix(export)!: other names', ''],
  ['a footer', 'feat: other names', 'Why.\n\nBREAKING CHANGE: columns have other names'],
  ['the footer with a hyphen', 'feat: other names', 'BREAKING-CHANGE: columns have other names'],
])('knows what breaks by %s', (_, subject, body) => {
  expect(commitsOf(logged(subject, body))[0]?.changes).toMatchObject([
    { breaking: true, text: 'other names' },
  ]);
});

it('does not take the words in the middle of a line for a footer', () => {
  const [commit] = commitsOf(logged('docs: what breaks', 'What is no BREAKING CHANGE: a new text.'));
  expect(commit?.changes).toMatchObject([{ breaking: false }]);
});

it('reads several changes of one subject, and a semicolon that separates none', () => {
  const [commit] = commitsOf(logged('feat: ledgers; settings and marks; fix: a lost message; docs: why'));
  expect(commit?.changes.map(({ kind, text }) => [kind, text])).toEqual([
    ['feat', 'ledgers; settings and marks'],
    ['fix', 'a lost message'],
    ['docs', 'why'],
  ]);
});

it.each([
  ['tag: v1.2.3', '1.2.3'],
  ['HEAD -> main, tag: 0.1.0, origin/main', '0.1.0'],
  ['tag: v1.2.3-rc.1', null],
  ['HEAD -> v1.2.3', null],
])('reads the version of %j', (decorations, version) => {
  expect(commitsOf(logged('fix: a', '', decorations))[0]?.version).toBe(version);
});

it('finds no change in a message that is not conventional', () => {
  expect(
    commitsOf(logged("Merge branch 'main'") + logged('fix: a')).map(({ changes }) => changes.length),
  ).toEqual([0, 1]);
});

it('finds nothing in an empty log', () => {
  expect(commitsOf('\n')).toEqual([]);
});
