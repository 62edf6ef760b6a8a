/** On whom an open pull request waits, each person with since when. */
import { useId, type ReactElement } from 'react';
import type { PullRequestReport } from '../../src/views/reports/pull-request-report';
import { useLanguage } from '../shared/language';
import { waitingText, type Names } from '../view-model/pull-request-waiting';

export function WaitingSection({
  report,
  names,
}: {
  readonly report: PullRequestReport;
  readonly names: Names;
}): ReactElement | null {
  const language = useLanguage();
  const titleId = useId();
  const text = waitingText(report, names, language);
  if (text === null) return null;
  const { sentence, people, alsoDue, idle } = text;
  return (
    <section className="card" aria-labelledby={titleId}>
      <h2 id={titleId}>{language.t('pullRequestPanel.waitsTitle')}</h2>
      <p className="card-sentence">{sentence}</p>
      <People lines={people} />
      {alsoDue.length > 0 && <p>{language.t('pullRequestPanel.alsoDue')}</p>}
      <People lines={alsoDue} />
      {idle !== null && <p className="quiet">{idle}</p>}
    </section>
  );
}

function People({ lines }: { readonly lines: readonly string[] }): ReactElement | null {
  if (lines.length === 0) return null;
  return (
    <ul className="values">
      {lines.map((line, place) => (
        <li key={place}>{line}</li>
      ))}
    </ul>
  );
}
