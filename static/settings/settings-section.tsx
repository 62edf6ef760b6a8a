/** A part of a settings page: its title, what it is about, and its content once it is loaded. */
import { useId, type ReactElement, type ReactNode } from 'react';
import { useLanguage } from '../shared/language';
import { FailedState } from '../shared/states';
import type { AnswerState } from '../shared/use-answer';

export function SettingsSection({
  title,
  about,
  children,
}: {
  readonly title: string;
  readonly about: string;
  readonly children: ReactNode;
}): ReactElement {
  const id = useId();
  return (
    <section className="card settings-section" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <p className="card-sentence">{about}</p>
      {children}
    </section>
  );
}

/** What is loaded, or that it loads, or why it could not be, with another try. */
export function Loaded<Data>({
  state,
  onRetry,
  children,
}: {
  readonly state: AnswerState<Data>;
  readonly onRetry: () => void;
  readonly children: (data: Data) => ReactElement;
}): ReactElement {
  const { t } = useLanguage();
  switch (state.kind) {
    case 'loading':
      return <p role="status">{t('loading.part')}</p>;
    case 'failed':
      return (
        <FailedState
          title={t('settings.notLoaded')}
          message={t(`failure.${state.cause}`)}
          {...(state.cause === 'not-allowed' ? {} : { onRetry })}
        />
      );
    case 'ready':
      return children(state.data);
  }
}
