import type { PanelDeployment, PullRequestReport } from '../../src/views/reports/pull-request-report';
import {
  instantRows,
  stageRows,
  stateName,
  stateSentence,
  timelineNotes,
  timelineSentence,
} from './pull-request-timeline';
import { aPullRequestReport, HOUR, OPENED } from './pull-request-testing';
import { english, german, TO } from './testing';

const merged = (deployment: PanelDeployment | null, stages: PullRequestReport['timeline']['stages'] = []) =>
  aPullRequestReport({
    state: 'MERGED',
    closedAt: TO,
    timeline: { stages, instants: [], deployment },
  });

describe('the state', () => {
  it('of an open one is its age', () => {
    expect(stateSentence(aPullRequestReport(), english)).toBe('For 10 h, since Nov 20, 2026, 2:00 PM.');
    expect(stateSentence(aPullRequestReport(), german)).toBe('10 Std., seit 20.11.2026, 14:00.');
  });

  it('of a closed one is when that was, and after how long', () => {
    expect(stateSentence(merged(null), english)).toBe('Nov 21, 2026, 12:00 AM, 10 h after it was opened.');
    const undated = aPullRequestReport({ state: 'DECLINED', closedAt: null });
    expect(stateSentence(undated, english)).toBe('Nothing tells when.');
  });

  it.each([
    [{}, 'Open', 'Offen'],
    [{ draft: true }, 'Draft', 'Entwurf'],
    [{ state: 'MERGED', draft: true }, 'Merged', 'Gemergt'],
    [{ state: 'DECLINED' }, 'Declined', 'Abgelehnt'],
    [{ state: 'SUPERSEDED' }, 'Superseded', 'Ersetzt'],
  ] as const)('%j is named', (overrides, name, inGerman) => {
    expect(stateName(aPullRequestReport(overrides), english)).toBe(name);
    expect(stateName(aPullRequestReport(overrides), german)).toBe(inGerman);
  });
});

describe('the stages', () => {
  it('each have their time, their span and their share, and say which one runs', () => {
    const [coding, pickup] = stageRows(aPullRequestReport(), english);
    expect(coding).toMatchObject({
      name: 'Coding',
      took: '3 h',
      sentence: 'Coding: 3 h, Nov 20, 2026, 11:00 AM to Nov 20, 2026, 2:00 PM',
      isRunning: false,
    });
    expect(coding?.share).toBeCloseTo(3 / 13);
    expect(pickup).toMatchObject({
      name: 'Pickup',
      took: '10 h so far',
      span: 'since Nov 20, 2026, 2:00 PM',
      isRunning: true,
    });
  });

  it('tell the whole duration of what is written short', () => {
    const stage = {
      stage: 'deploy',
      from: TO - 100_000,
      to: TO,
      seconds: 100_000,
      isRunning: false,
    } as const;
    expect(stageRows(merged(null, [stage]), english)).toMatchObject([
      {
        name: 'Deployment',
        took: '1.2 days',
        sentence: expect.stringMatching(/^Deployment: 1 d 3 h 46 min 40 s, /) as string,
        share: 1,
      },
    ]);
  });

  it('have no share of no time', () => {
    const stage = { stage: 'undivided', from: TO, to: TO, seconds: 0, isRunning: false } as const;
    expect(stageRows(merged(null, [stage]), english)).toMatchObject([{ name: 'Not divided yet', share: 0 }]);
  });

  it('are summed up by the longest', () => {
    expect(timelineSentence(aPullRequestReport(), english)).toBe(
      'Pickup takes the largest part so far: 10 h of 13 h.',
    );
    const [coding, pickup] = aPullRequestReport().timeline.stages;
    if (coding === undefined || pickup === undefined) throw new Error('There are two stages.');
    const over = { ...pickup, stage: 'unreviewed', isRunning: false } as const;
    expect(timelineSentence(merged(null, [coding, over]), english)).toBe(
      'Unreviewed took the largest part: 10 h of 13 h.',
    );
    expect(timelineSentence(merged(null, [coding, over]), german)).toBe(
      'Den größten Teil nahm „Ohne Review“ ein: 10 Std. (von 13 Std.).',
    );
    expect(timelineSentence(merged(null, [over]), english)).toBe('Unreviewed: 10 h.');
    expect(timelineSentence(merged(null), english)).toBe('Nothing is known of its stages.');
  });
});

const DEPLOYED = { kind: 'deployed', isSourceChosen: false, at: TO } as const;

describe('the notes', () => {
  it('are none where everything is known', () => {
    expect(timelineNotes(aPullRequestReport(), english)).toEqual([]);
    expect(
      timelineNotes(merged({ ...DEPLOYED, source: 'pipeline', atSource: 'deployment' }), english),
    ).toEqual([]);
  });

  it.each([
    [{ isActivityRead: false }, /reviews and comments are not read yet/],
    [{ commits: null }, /commits are not read yet/],
    [{ commits: 0 }, /no commits of its own/],
    [{ state: 'SUPERSEDED', closedAt: null }, /Nothing tells when it was closed/],
  ] as const)('say of %j what is missing', (overrides, note) => {
    expect(timelineNotes(aPullRequestReport(overrides), english)).toEqual([expect.stringMatching(note)]);
  });

  it('say why there is no coding time of a commit after the opening', () => {
    const { timeline } = aPullRequestReport();
    const instants = [{ name: 'firstCommitAt', at: OPENED + HOUR, source: 'commits' }] as const;
    expect(timelineNotes(aPullRequestReport({ timeline: { ...timeline, instants } }), english)).toEqual([
      expect.stringMatching(/first commit came after the opening/),
    ]);
  });

  it.each([
    ['waiting', /no deployment has brought it/],
    ['other-branch', /another branch than the main one/],
    ['no-main-branch', /which branch is the main one/],
    ['first-known', /first deployment that is known/],
    ['unread', /still being read/],
    ['too-old', /older than a year/],
    ['before-tags', /merged before any tag/],
  ] as const)('say of a deployment that is %s', (kind, note) => {
    expect(timelineNotes(merged({ kind }), english)).toEqual([expect.stringMatching(note)]);
  });

  it('say that the merge stands for the deployment', () => {
    const deployment = { ...DEPLOYED, source: 'merge', atSource: 'activity' } as const;
    expect(timelineNotes(merged(deployment), english)).toEqual([
      expect.stringMatching(/Nothing is deployed .* the merge itself counts as the deployment/),
    ]);
    expect(timelineNotes(merged({ ...deployment, isSourceChosen: true }), english)).toEqual([
      expect.stringMatching(/By the settings, the merge itself counts as the deployment/),
    ]);
  });
});

it('names every instant with where it came from', () => {
  const { timeline } = aPullRequestReport();
  const instants = [...timeline.instants, { name: 'deployedAt', at: TO, source: 'deployment' } as const];
  expect(instantRows(aPullRequestReport({ timeline: { ...timeline, instants } }), english)).toEqual([
    { name: 'First commit', at: 'Nov 20, 2026, 11:00 AM', source: 'commits' },
    { name: 'Opened', at: 'Nov 20, 2026, 2:00 PM', source: 'pull request' },
    { name: 'In production', at: 'Nov 21, 2026, 12:00 AM', source: 'deployment' },
  ]);
});

describe('without a permission', () => {
  const scope = 'read:pullrequest:bitbucket';
  const none = { activity: null, commits: null, deployments: null } as const;

  it.each([
    [{ isActivityRead: false, missing: { ...none, activity: scope } }, /reviews and comments cannot be read/],
    [{ commits: null, missing: { ...none, commits: scope } }, /commits cannot be read/],
  ] as const)('the notes name it: %j', (overrides, note) => {
    const notes = timelineNotes(aPullRequestReport(overrides), english);
    expect(notes).toEqual([expect.stringMatching(note)]);
    expect(notes[0]).toContain(`the permission ${scope} is missing`);
  });

  it('the merge stands for its deployment, or nothing tells when that was', () => {
    const missing = { ...none, deployments: 'read:pipeline:bitbucket' } as const;
    const byMerge = { ...DEPLOYED, source: 'merge', atSource: 'activity' } as const;
    expect(timelineNotes({ ...merged(byMerge), missing }, english)).toEqual([
      expect.stringMatching(/read:pipeline:bitbucket is missing: so the merge itself counts/),
    ]);
    expect(timelineNotes({ ...merged({ kind: 'unread' }), missing }, english)).toEqual([
      expect.stringMatching(/read:pipeline:bitbucket is missing: nothing tells when/),
    ]);
  });
});
