/** One change at a time, and what came of it, told beside the control that made it. */
import { useCallback, useEffect, useRef, useState, type ReactElement } from 'react';
import type { SettingsOutcome } from '../../src/views/reports/settings-report';
import { failureOf, type Failure } from '../api';
import { useLanguage, type Language } from '../shared/language';

export type Saving =
  | { readonly kind: 'none' | 'saving' }
  | { readonly kind: 'answered'; readonly outcome: SettingsOutcome }
  /** In the reader's words, where there is more to say than that it is saved. */
  | { readonly kind: 'told'; readonly message: string }
  | { readonly kind: 'failed'; readonly cause: Failure };

/** What a change came to: its outcome, or a sentence about it. */
export type Told = SettingsOutcome | { readonly message: string };

/** How far the last change is, and a function that makes one and tells whether it was made. */
export function useSaving(): readonly [Saving, (work: () => Promise<Told>) => Promise<boolean>] {
  const [saving, setSaving] = useState<Saving>({ kind: 'none' });
  const run = useCallback(async (work: () => Promise<Told>): Promise<boolean> => {
    setSaving({ kind: 'saving' });
    try {
      const told = await work();
      setSaving(
        typeof told === 'string'
          ? { kind: 'answered', outcome: told }
          : { kind: 'told', message: told.message },
      );
      return told === 'saved' || typeof told !== 'string';
    } catch (error) {
      setSaving({ kind: 'failed', cause: failureOf(error) });
      return false;
    }
  }, []);
  return [saving, run];
}

/** What was pressed may be gone with the change: the reader goes on where its outcome is told. */
export function SavingLine({
  saving,
  takesFocus = false,
}: {
  readonly saving: Saving;
  readonly takesFocus?: boolean;
}): ReactElement {
  const language = useLanguage();
  const text = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (takesFocus && saving.kind !== 'none' && saving.kind !== 'saving') text.current?.focus();
  }, [saving, takesFocus]);
  const isTrouble = saving.kind === 'failed' || (saving.kind === 'answered' && saving.outcome !== 'saved');
  return (
    <p
      role="status"
      ref={text}
      tabIndex={-1}
      className={isTrouble ? 'saving-line saving-trouble' : 'saving-line'}
    >
      {savingText(saving, language)}
    </p>
  );
}

function savingText(saving: Saving, { t }: Language): string {
  switch (saving.kind) {
    case 'none':
      return '';
    case 'saving':
      return t('settings.saving');
    case 'answered':
      return t(`settings.${saving.outcome}`);
    case 'told':
      return saving.message;
    case 'failed':
      return t('settings.notSaved', { reason: t(`failure.${saving.cause}`) });
  }
}
