/** What stands behind a number, in a card of its own that takes the focus and gives it back. */
import Button from '@atlaskit/button/new';
import { useEffect, useId, useRef, type ReactElement, type ReactNode } from 'react';
import { useLanguage } from '../../shared/language';

export function ExplainedPanel({
  title,
  onClose,
  children,
}: {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}): ReactElement {
  const { t } = useLanguage();
  const heading = useRef<HTMLHeadingElement>(null);
  const titleId = useId();
  useEffect(() => {
    heading.current?.focus();
    heading.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <section
      className="card explained"
      aria-labelledby={titleId}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <div className="card-head">
        <h2 id={titleId} ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <Button onClick={onClose}>{t('explained.close')}</Button>
      </div>
      {children}
    </section>
  );
}
