/** Work that was given up after several tries: what, why, and how to have it tried again. */
import Button from '@atlaskit/button/new';
import { useState, type ReactElement } from 'react';
import type { DeadLettersReport } from '../../src/views/reports/connection-report';
import { call } from '../api';
import { useLanguage } from '../shared/language';
import { useAnswer } from '../shared/use-answer';
import { deadLetterRow, type DeadLetterRow } from '../view-model/dead-letters';
import { SavingLine, useSaving } from './saving';
import { Loaded, SettingsSection } from './settings-section';
import { useRepositoryNames } from './use-repository-names';

export function GivenUpSection({
  count,
  onReplayed,
}: {
  /** How many the report on the connection counts: where there are none, nothing is asked. */
  readonly count: number;
  readonly onReplayed: () => void;
}): ReactElement {
  const { t } = useLanguage();
  // What was given up is shown until the reader leaves, also once all of it was replayed.
  const [hadSome, setHadSome] = useState(count > 0);
  if (count > 0 && !hadSome) setHadSome(true);
  return (
    <SettingsSection title={t('deadLetters.title')} about={t('deadLetters.about')}>
      {hadSome ? <Letters onReplayed={onReplayed} /> : <p>{t('deadLetters.none')}</p>}
    </SettingsSection>
  );
}

function Letters({ onReplayed }: { readonly onReplayed: () => void }): ReactElement {
  const [state, again] = useAnswer('deadLetters', {});
  return (
    <Loaded state={state} onRetry={again}>
      {(loaded) => <LetterList loaded={loaded} onReplayed={onReplayed} />}
    </Loaded>
  );
}

function LetterList({
  loaded,
  onReplayed,
}: {
  readonly loaded: DeadLettersReport;
  readonly onReplayed: () => void;
}): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const [report, setReport] = useState(loaded);
  const [saving, run] = useSaving();
  const names = useRepositoryNames();
  const { letters, total } = report;
  const replay = (ids: readonly string[] | 'all'): void => {
    void run(async () => {
      const { replayed, report: left } = await call('replayDeadLetters', { ids });
      setReport(left);
      onReplayed();
      return { message: t('deadLetters.replayed', { count: replayed }) };
    });
  };
  return (
    <div aria-busy={saving.kind === 'saving'}>
      {letters.length === 0 ? (
        <p>{t('deadLetters.none')}</p>
      ) : (
        <>
          {letters.length < total && (
            <p className="quiet">{t('deadLetters.shown', { shown: letters.length, all: total })}</p>
          )}
          <ul className="settings-rows">
            {letters.map((letter) => (
              <LetterRow
                key={letter.id}
                row={deadLetterRow(letter, names, language)}
                onReplay={() => replay([letter.id])}
              />
            ))}
          </ul>
          <Button isDisabled={saving.kind === 'saving'} onClick={() => replay('all')}>
            {t('deadLetters.replayAll', { count: letters.length })}
          </Button>
        </>
      )}
      <SavingLine saving={saving} takesFocus />
    </div>
  );
}

function LetterRow({
  row,
  onReplay,
}: {
  readonly row: DeadLetterRow;
  readonly onReplay: () => void;
}): ReactElement {
  const { t } = useLanguage();
  const { at, work, repository, reason, attempts } = row;
  return (
    <li>
      <div>
        <strong>{work}</strong>
        {repository !== null && ` · ${repository}`}
        <div className="quiet">
          {at} · {attempts}
        </div>
        <div className="quiet reason">{reason}</div>
      </div>
      <button
        type="button"
        className="link"
        aria-label={t('deadLetters.replayOne', { work, instant: at })}
        onClick={onReplay}
      >
        {t('deadLetters.replay')}
      </button>
    </li>
  );
}
