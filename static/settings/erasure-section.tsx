/** Erases everything: what that does, a word to type, how far it is, and how to connect again. */
import Button from '@atlaskit/button/new';
import { useId, useState, type ReactElement } from 'react';
import type { ErasureReport } from '../../src/views/reports/connection-report';
import { call, failureOf } from '../api';
import { LevelBar } from '../page/level-bar';
import { useLanguage } from '../shared/language';
import { decimal, instant } from '../view-model/format';
import { Confirmation } from './confirmation';
import { SavingLine, useSaving } from './saving';
import { Loaded, SettingsSection } from './settings-section';
import { useErasure } from './use-erasure';
import { useRepositoryPage } from './use-repository-page';

export function ErasureSection({
  onChanged,
}: {
  /** What the page showed is gone, or begins anew. */
  readonly onChanged: () => void;
}): ReactElement {
  const { t } = useLanguage();
  const [state, again] = useErasure();
  return (
    <SettingsSection title={t('erasure.title')} about={t('erasure.about')}>
      <Loaded state={state} onRetry={again}>
        {(report) => {
          switch (report.state) {
            case 'none':
              return <NothingErased onBegun={onChanged} />;
            case 'erasing':
              return <Erasing report={report} />;
            case 'erased':
              return <Erased report={report} onConnected={onChanged} />;
          }
        }}
      </Loaded>
    </SettingsSection>
  );
}

function NothingErased({ onBegun }: { readonly onBegun: () => void }): ReactElement {
  const { t } = useLanguage();
  const [isAsking, setIsAsking] = useState(false);
  const [typed, setTyped] = useState('');
  const [saving, run] = useSaving();
  const id = useId();
  // Which word it is stands in the workspace's address; the app does not store it.
  const [page] = useRepositoryPage(1, '');
  const slug = page.kind === 'ready' ? page.data.workspaceSlug : null;
  const erase = (): void => {
    setIsAsking(false);
    void run(async () => {
      try {
        await call('eraseAll', { confirmation: typed.trim() });
      } catch (error) {
        // The app asks Bitbucket for the word at that moment.
        if (failureOf(error) === 'bad-request') return { message: t('erasure.wrongWord') };
        throw error;
      }
      onBegun();
      return { message: t('erasure.begun') };
    });
  };
  return (
    <>
      <ul>
        <li>{t('erasure.whatGoes')}</li>
        <li>{t('erasure.whatStops')}</li>
        <li>{t('erasure.whatStays')}</li>
      </ul>
      <div className="settings-actions">
        <Button appearance="danger" isDisabled={saving.kind === 'saving'} onClick={() => setIsAsking(true)}>
          {t('erasure.begin')}
        </Button>
        <SavingLine saving={saving} takesFocus />
      </div>
      {isAsking && (
        <Confirmation
          title={t('erasure.question')}
          confirm={t('erasure.confirm')}
          isReady={slug === null ? typed.trim() !== '' : typed.trim().toLowerCase() === slug.toLowerCase()}
          onConfirm={erase}
          onClose={() => setIsAsking(false)}
        >
          <p>{t('erasure.noWayBack')}</p>
          <label htmlFor={id}>{slug === null ? t('erasure.typeUnknown') : t('erasure.type', { slug })}</label>
          <input
            id={id}
            className="settings-input"
            type="text"
            autoComplete="off"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </Confirmation>
      )}
    </>
  );
}

function Erasing({ report }: { readonly report: ErasureReport }): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const { removed, repositories, repositoriesLeft } = report;
  const done =
    repositories === null || repositoriesLeft === null ? null : Math.max(0, repositories - repositoriesLeft);
  const text =
    done === null || repositories === null
      ? t('erasure.removed', { count: removed })
      : t('erasure.removedOf', { count: removed, done, all: repositories });
  return (
    <>
      <p role="status">{t('erasure.underWay')}</p>
      <p>{text}</p>
      <LevelBar
        role="progressbar"
        name={t('erasure.bar')}
        level={done === null || repositories === null || repositories === 0 ? null : done / repositories}
        text={text}
      />
    </>
  );
}

function Erased({
  report,
  onConnected,
}: {
  readonly report: ErasureReport;
  readonly onConnected: () => void;
}): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const [saving, run] = useSaving();
  const { endedAt, removed, found } = report;
  const connect = (): void => {
    void run(async () => {
      await call('connectAgain', {});
      onConnected();
      return { message: t('erasure.connected') };
    });
  };
  return (
    <>
      <p role="status">
        {endedAt === null
          ? t('erasure.erased', { removed: decimal(removed, 0, language) })
          : t('erasure.erasedAt', {
              removed: decimal(removed, 0, language),
              instant: instant(endedAt, language),
            })}{' '}
        {found === null ? t('erasure.notVerified') : t('erasure.verified', { count: found })}
      </p>
      <p>{t('erasure.again')}</p>
      <div className="settings-actions">
        <Button isDisabled={saving.kind === 'saving'} onClick={connect}>
          {t('erasure.connect')}
        </Button>
        <SavingLine saving={saving} takesFocus />
      </div>
    </>
  );
}
