/** How many pull requests a second become facts. */
import { answers } from '../../../src/bitbucket/answers';
import { deriveFacts, type FactSources } from '../../../src/facts/derive-facts';
import { NOTHING_OBSERVED } from '../../../src/facts/observations';
import { timed, type Sampler } from '../measure';
import { answeredWorkspace, pullRequestTexts, type PullRequestTexts } from '../recorded-answers';
import { rowsAgainst, type Section, type SectionSettings, type Table } from '../section';

export const FACTS: Section = {
  name: 'facts',
  measures: 'How many pull requests a second become facts, from the text of Bitbucket’s answers on.',
  tables,
};

async function* tables({ effort }: SectionSettings): AsyncGenerator<Table> {
  const { source, name, endsAt } = answeredWorkspace();
  const texts = source.repositories().flatMap(pullRequestTexts);
  const sources = texts.map((each) => sourcesOf(each, endsAt));
  const aSecond =
    (work: () => unknown): Sampler =>
    async () =>
      (texts.length / (await timed(work)())) * 1_000;
  yield {
    title: `${texts.length} pull requests of ${name}`,
    unit: 'a second',
    baseline: 'JSON.parse of the same answers',
    rows: await rowsAgainst(
      { name: 'JSON.parse of the answers', sample: aSecond(() => texts.map(jsonOf)) },
      [
        {
          name: 'parsed and checked by the schemas',
          sample: aSecond(() => texts.map((each) => sourcesOf(each, endsAt))),
        },
        { name: 'facts derived from what was parsed', sample: aSecond(() => sources.map(deriveFacts)) },
        {
          name: 'all of it: text to facts',
          sample: aSecond(() => texts.map((each) => deriveFacts(sourcesOf(each, endsAt)))),
        },
      ],
      effort,
    ),
  };
}

function jsonOf({ pullRequest, activity, commits, diffstat }: PullRequestTexts): readonly unknown[] {
  return [pullRequest, activity, commits, diffstat].map((text): unknown => JSON.parse(text));
}

function sourcesOf(texts: PullRequestTexts, now: number): FactSources {
  const [pullRequest, activity, commits, diffstat] = jsonOf(texts);
  return {
    pullRequest: answers.pullRequest.parse(pullRequest),
    activity: answers.activityPage.parse(activity).values,
    commits: answers.commitPage.parse(commits).values,
    diffstat: answers.diffstatPage.parse(diffstat).values,
    observations: NOTHING_OBSERVED,
    now,
  };
}
