/** The workspace's page: every repository that the viewer may see, with its trend and how complete its data is. */
import type { ReactElement } from 'react';
import { useLanguage } from '../shared/language';
import { FailedState, LoadingState, MessageState } from '../shared/states';
import type { LoadedWorkspace } from '../view-model/workspace-rows';
import { RepositoryTable } from './repository-table';
import { useWorkspace, type WorkspaceState } from './use-workspace';
import { WorkspaceTotals } from './workspace-totals';
import './workspace.css';

export function WorkspacePage(): ReactElement {
  const { t } = useLanguage();
  const [state, again, goOn] = useWorkspace();
  const { loaded, isLoading, failure } = state;
  return (
    <main className="page">
      <div className="bar-line">
        <h1>{t('workspacePage.title')}</h1>
        {loaded !== null && !isLoading && (
          <button type="button" className="link" onClick={again}>
            {t('workspacePage.loadAgain')}
          </button>
        )}
      </div>
      {loaded !== null ? (
        <Loaded loaded={loaded} state={state} onGoOn={goOn} />
      ) : failure === null ? (
        <LoadingState />
      ) : (
        <FailedState title={t('workspacePage.failed')} message={t(`failure.${failure}`)} onRetry={again} />
      )}
    </main>
  );
}

function Loaded({
  loaded,
  state,
  onGoOn,
}: {
  readonly loaded: LoadedWorkspace;
  readonly state: WorkspaceState;
  readonly onGoOn: () => void;
}): ReactElement {
  const { t } = useLanguage();
  const { rows, unknown, days } = loaded;
  if (rows.length === 0 && !state.isLoading && state.failure === null) {
    return unknown === 0 ? (
      <MessageState title={t('workspacePage.noneTitle')}>
        <p>{t('workspacePage.none')}</p>
      </MessageState>
    ) : (
      <MessageState title={t('workspacePage.notFoundTitle')}>
        <p>{t('workspacePage.notFound', { count: unknown })}</p>
      </MessageState>
    );
  }
  return (
    <>
      <p className="quiet">{t('workspacePage.about', { days })}</p>
      <LoadingLine loaded={loaded} state={state} onGoOn={onGoOn} />
      <WorkspaceTotals loaded={loaded} />
      <RepositoryTable rows={rows} days={days} />
    </>
  );
}

/** How much of the list is there, while or where not all of it is. */
function LoadingLine({
  loaded,
  state,
  onGoOn,
}: {
  readonly loaded: LoadedWorkspace;
  readonly state: WorkspaceState;
  readonly onGoOn: () => void;
}): ReactElement | null {
  const { t } = useLanguage();
  const { rows, unknown, total } = loaded;
  const done = rows.length + unknown;
  if (state.failure !== null) {
    return (
      <div className="notice notice-warning" role="alert">
        <p>
          {t('workspacePage.notAll', { done })} {t(`failure.${state.failure}`)}
        </p>
        <button type="button" className="link" onClick={onGoOn}>
          {t('workspacePage.goOn')}
        </button>
      </div>
    );
  }
  if (!state.isLoading) return null;
  return (
    <div className="notice">
      <p>
        {total === null
          ? t('workspacePage.loadingSome', { done })
          : t('workspacePage.loadingOf', { done, all: total })}
      </p>
      <progress
        aria-label={t('workspacePage.loading')}
        max={1}
        {...(total === null || total === 0 ? {} : { value: Math.min(1, done / total) })}
      />
    </div>
  );
}
