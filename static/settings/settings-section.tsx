/** A part of a settings page: its title, what it is about, and its content once it is loaded. */
import { useId, type ReactElement, type ReactNode } from 'react';
import { Answered } from '../shared/answered';
import { useLanguage } from '../shared/language';
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
  const isRefused = state.kind === 'failed' && state.cause === 'not-allowed';
  return (
    <Answered
      state={state}
      loading={t('loading.part')}
      title={t('settings.notLoaded')}
      {...(isRefused ? {} : { onRetry })}
    >
      {children}
    </Answered>
  );
}
