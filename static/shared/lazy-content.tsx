/** Content that loads, with a script of its own, when it is first drawn. */
import { useEffect, useState, type ComponentType, type ReactElement } from 'react';
import { useLanguage } from './language';
import { FailedState } from './states';

type Content =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed' }
  | { readonly kind: 'ready'; readonly Report: ComponentType };

/** Loads what is shown; the same function as long as the content is the same. */
export type LoadContent = () => Promise<ComponentType>;

/** A failed load must not take the page with it. */
export function LazyContent({ load }: { readonly load: LoadContent }): ReactElement {
  const { t } = useLanguage();
  const [content, setContent] = useState<Content>({ kind: 'loading' });
  useEffect(() => {
    let active = true;
    load()
      .then((Report) => active && setContent({ kind: 'ready', Report }))
      .catch(() => active && setContent({ kind: 'failed' }));
    return () => {
      active = false;
    };
  }, [load]);
  switch (content.kind) {
    case 'loading':
      return <p role="status">{t('loading.part')}</p>;
    case 'failed':
      // A browser remembers that a module failed, so that asking again would fail the same way.
      return <FailedState title={t('trouble.part')} message={t('trouble.reload')} />;
    case 'ready':
      return <content.Report />;
  }
}
