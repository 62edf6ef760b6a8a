/** Asks before something is done that cannot be undone: a dialog of the browser's own, which needs no styles at run time. */
import Button from '@atlaskit/button/new';
import { useEffect, useId, useRef, type ReactElement, type ReactNode } from 'react';
import { useLanguage } from '../shared/language';

/** Open as long as it is drawn. Escape and the second button close it; the focus returns to what opened it. */
export function Confirmation({
  title,
  confirm,
  isReady = true,
  onConfirm,
  onClose,
  children,
}: {
  readonly title: string;
  /** What the button says that does it. */
  readonly confirm: string;
  /** Whether it may be done already. */
  readonly isReady?: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}): ReactElement {
  const { t } = useLanguage();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const opened = dialog.current;
    opened?.showModal();
    // Closed by the browser, it gives the focus back.
    return () => opened?.close();
  }, []);
  return (
    <dialog ref={dialog} className="confirmation" aria-labelledby={id} onCancel={onClose}>
      <form
        method="dialog"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) onConfirm();
        }}
      >
        <h2 id={id}>{title}</h2>
        {children}
        <div className="settings-actions">
          <Button type="submit" appearance="danger" isDisabled={!isReady}>
            {confirm}
          </Button>
          <Button autoFocus onClick={onClose}>
            {t('settings.cancel')}
          </Button>
        </div>
      </form>
    </dialog>
  );
}
