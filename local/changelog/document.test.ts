import { changelogDocument } from './document';
import type { Release } from './releases';

const change = (kind: string, text: string, breaking = false): Release['changes'][number] => ({
  kind,
  breaking,
  text,
  commit: '0123456',
});

const unreleased = (...changes: Release['changes'][number][]): Release => ({
  version: null,
  date: null,
  changes,
});

it('says under which version a change will come, and when another came', () => {
  const document = changelogDocument(
    [unreleased(change('fix', 'a')), { version: '1.0.0', date: '2026-12-01', changes: [] }],
    '1.0.1',
  );
  expect(document.match(/^## .*/gm)).toEqual(['## 1.0.1, not released yet', '## 1.0.0, 2026-12-01']);
});

it('lists by kind, what breaks first and only there, and counts what no user notices', () => {
  const document = changelogDocument(
    [
      unreleased(
        change('perf', 'fast'),
        change('test', 'tried'),
        change('feat', 'new'),
        change('refactor', 'tidy'),
        change('feat', 'other names', true),
        change('fix', 'mended'),
      ),
    ],
    '2.0.0',
  );
  expect(document.split('\n').filter((line) => /^(#{3}|-|\d)/.test(line))).toEqual([
    '### Breaking',
    '- other names (0123456)',
    '### Added',
    '- new (0123456)',
    '### Mended',
    '- mended (0123456)',
    '### Faster or cheaper',
    '- fast (0123456)',
    '2 changes of tests, documents and inner form are not listed.',
  ]);
});

it('writes what a message says, not what Markdown would make of it', () => {
  const document = changelogDocument([unreleased(change('fix', 'a <b> in src/*_x [y]'))], '0.1.0');
  expect(document).toContain('- a \\<b> in src/\\*\\_x \\[y\\] (0123456)');
});
