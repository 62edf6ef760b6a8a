/** What the documents say of the project's own files and limits is so: links, paths, commands, fields, lengths, pictures. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { findingsOf } from '../local/check-deployed/checks';
import { aPullRequest } from '../src/facts/testing';
import { STORAGE_FEATURES } from '../src/storage/feature-check';
import { SELF_REPORT_FORMAT, type SelfReport } from '../src/views/reports/self-report';
import { appDirectory } from './forge-host';
import { linksIn, tableOf, tablesIn, withoutCode } from './markdown';

const MARKETPLACE = 'docs/marketplace';

const read = (file: string): string => readFileSync(path.join(appDirectory, file), 'utf8');

const documents = [
  ...readdirSync(appDirectory),
  ...readdirSync(path.join(appDirectory, 'docs'), { recursive: true, encoding: 'utf8' }).map((each) =>
    path.join('docs', each),
  ),
].filter((file) => file.endsWith('.md'));

const { scripts, license } = z
  .object({ scripts: z.record(z.string(), z.string()), license: z.string() })
  .parse(JSON.parse(read('package.json')));

/** What a heading's address is: its words in small letters, with hyphens, without other signs. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');
}

function anchorsIn(document: string): readonly string[] {
  return [...withoutCode(document).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));
}

/** The rooms and folders whose paths the documents may name; what is built or recorded need not be there. */
const PATH = /^(?:src|static|local|test|docs|\.ci)\/[\w./-]+$/;
const BUILT = /^static\/dist\b|^local\/forge-tools\/node_modules/;

describe.each(documents)('%s', (file) => {
  const document = read(file);

  it('links to what is there', () => {
    const broken = linksIn(document)
      .filter((target) => !/^https?:/.test(target))
      .filter((target) => {
        const [to = '', anchor] = target.split('#');
        const linked = to === '' ? file : path.join(path.dirname(file), to);
        if (!existsSync(path.join(appDirectory, linked))) return true;
        return anchor !== undefined && !anchorsIn(read(linked)).includes(anchor);
      });
    expect(broken).toEqual([]);
  });

  it('names paths that are there', () => {
    const named = [...document.matchAll(/`([^`\n]+)`/g)].map(([, text = '']) => text);
    const missing = named.filter(
      (each) => PATH.test(each) && !BUILT.test(each) && !existsSync(path.join(appDirectory, each)),
    );
    expect(missing).toEqual([]);
  });

  it('names commands that there are', () => {
    const run = [...document.matchAll(/\bnpm run ([a-z][\w:-]*)/g)].map(([, name = '']) => name);
    const tried = [...document.matchAll(/\bnpx jest (?!--)([\w./-]+)/g)].map(([, name = '']) => name);
    expect(run.filter((name) => !(name in scripts))).toEqual([]);
    expect(tried.filter((name) => !existsSync(path.join(appDirectory, name)))).toEqual([]);
  });
});

it('has the licence that package.json names', () => {
  expect(license).toBe('Apache-2.0');
  expect(read('LICENSE')).toMatch(/Apache License\s+Version 2\.0[^]+Copyright \d{4} The Throughline authors/);
});

describe('the listing', () => {
  const listing = read(`${MARKETPLACE}/listing.md`);
  /** What stands under a heading, up to the next one. */
  const under = (heading: string): string =>
    (listing.split(`\n## ${heading}\n`)[1] ?? '').split(/\n##? /)[0]?.trim() ?? '';

  it.each([
    ['Name', 60],
    ['Tagline', 130],
    ['Summary', 250],
  ])('has a %s of at most %d characters', (heading, most) => {
    expect(under(heading).length).toBeGreaterThan(10);
    expect(under(heading).length).toBeLessThanOrEqual(most);
  });

  it('has a name without the words that the Marketplace refuses', () => {
    expect(under('Name')).not.toMatch(/\b(atlassian|plugin|beta|add-on|app)\b/i);
  });

  it('has three highlights with a title of 50 characters and a text of 220 at most', () => {
    const highlights = under('Highlights')
      .split(/^### \d\. /m)
      .slice(1);
    expect(highlights.length).toBe(3);
    for (const highlight of highlights) {
      const [title = '', picture, text = ''] = highlight.trim().split('\n\n');
      expect(title.length).toBeLessThanOrEqual(50);
      expect(picture).toMatch(/^!\[/);
      expect({ title, fits: text.length > 0 && text.length <= 220 }).toEqual({ title, fits: true });
    }
  });

  it('shows every picture that there is, at most five, each 1840 x 900 and below 300 kB', () => {
    const pictures = readdirSync(path.join(appDirectory, MARKETPLACE)).filter((each) =>
      each.endsWith('.png'),
    );
    expect(
      linksIn(listing)
        .filter((each) => each.endsWith('.png'))
        .sort(),
    ).toEqual(pictures.sort());
    expect(pictures.length).toBeLessThanOrEqual(5);
    for (const name of pictures) {
      const bytes = readFileSync(path.join(appDirectory, MARKETPLACE, name));
      // The header of a PNG: its width and height from the sixteenth byte on.
      expect([name, bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([name, 1_840, 900]);
      expect(bytes.length).toBeLessThan(300_000);
    }
  });
});

it('tells every field of a pull request’s facts in the privacy answers', () => {
  const { rows } = tableOf(read(`${MARKETPLACE}/privacy-and-security.md`), [
    'field',
    'what it is',
    'personal',
  ]);
  expect(rows.map(([field]) => field).sort()).toEqual(Object.keys(aPullRequest()).sort());
  const personal = rows.filter(([, , each]) => each === 'yes').map(([field]) => field);
  expect(personal.sort()).toEqual(['authorId', 'closedById', 'requestedReviewerIds', 'reviews']);
});

it('names each line of check:deployed as the check of a doubt, and no other', () => {
  const works = STORAGE_FEATURES.map((feature) => [feature, { state: 'works' }]);
  const report: SelfReport = {
    format: SELF_REPORT_FORMAT,
    version: 1,
    asOf: 0,
    storeVersion: 1,
    context: { installation: 'workspace', hasAccountType: true, hasLicence: false, hasLocale: true },
    scopes: [],
    events: { types: [], refused: 0 },
    headers: null,
    storage: Object.fromEntries(works) as SelfReport['storage'],
  };
  const checks = tablesIn(read('docs/install.md'))
    .filter(({ columns }) => columns[0] === 'assumption')
    .flatMap(({ rows }) => rows.map(([, , check = '']) => check));
  const named = checks
    .filter((check) => /^`?[a-z-]+`?( `[a-z-]+`)*$/.test(check))
    .flatMap((check) => check.replaceAll('`', '').split(' '));
  expect(named.sort()).toEqual([...findingsOf(report).map(({ name }) => name)].sort());
});

it('names nobody as a contact', () => {
  const support = read(`${MARKETPLACE}/support.md`);
  expect(support).not.toMatch(/@\w|https?:/);
  expect(tableOf(support, ['what', 'where', 'answered within']).rows.length).toBe(4);
});
