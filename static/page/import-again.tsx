/** Lets an administrator have history read anew; whether they may, Bitbucket says when they ask. */
import { useState, type ReactElement } from 'react';
import { IMPORT_SCOPES, type ImportScope } from '../../src/views/contract';
import { call, failureOf } from '../api';
import { useLanguage } from '../shared/language';

type Outcome = { readonly kind: 'none' | 'asking' } | { readonly kind: 'answered'; readonly message: string };

export function ImportAgain({ onBegun }: { readonly onBegun: () => void }): ReactElement {
  const { t } = useLanguage();
  const [outcome, setOutcome] = useState<Outcome>({ kind: 'none' });
  const begin = async (scope: ImportScope): Promise<void> => {
    setOutcome({ kind: 'asking' });
    try {
      const { outcome: answered } = await call('importAgain', { scope });
      setOutcome({ kind: 'answered', message: t(`importAgain.${answered}`) });
      if (answered === 'begun') onBegun();
    } catch (error) {
      setOutcome({ kind: 'answered', message: t(`failure.${failureOf(error)}`) });
    }
  };
  return (
    <section aria-label={t('importAgain.region')}>
      <p className="quiet">{t('importAgain.about')}</p>
      <div className="bar-line">
        {IMPORT_SCOPES.map((scope) => (
          <button
            key={scope}
            type="button"
            className="link"
            disabled={outcome.kind === 'asking'}
            onClick={() => void begin(scope)}
          >
            {t(`importAgain.${scope}`)}
          </button>
        ))}
      </div>
      <p role="status">{outcome.kind === 'answered' ? outcome.message : ''}</p>
    </section>
  );
}
