/** Lets an administrator have history read anew; whether they may, Bitbucket says when they ask. */
import { useState, type ReactElement } from 'react';
import type { ImportScope } from '../../src/views/contract';
import { call } from '../api';

const NAMES: Readonly<Record<ImportScope, string>> = {
  repository: 'Read this repository again',
  workspace: 'Read the whole workspace again',
};

type Outcome = { readonly kind: 'none' | 'asking' } | { readonly kind: 'answered'; readonly message: string };

export function ImportAgain({ onBegun }: { readonly onBegun: () => void }): ReactElement {
  const [outcome, setOutcome] = useState<Outcome>({ kind: 'none' });
  const begin = async (scope: ImportScope): Promise<void> => {
    setOutcome({ kind: 'asking' });
    try {
      const { hasBegun, message } = await call('importAgain', { scope });
      setOutcome({ kind: 'answered', message });
      if (hasBegun) onBegun();
    } catch (error) {
      const message = error instanceof Error ? error.message : 'The import could not be begun.';
      setOutcome({ kind: 'answered', message });
    }
  };
  return (
    <section aria-label="Import again">
      <p className="quiet">
        If figures look wrong, an administrator can have all history read again. It costs requests of the
        hour, and the figures stay meanwhile.
      </p>
      <div className="bar-line">
        {(['repository', 'workspace'] as const).map((scope) => (
          <button
            key={scope}
            type="button"
            className="link"
            disabled={outcome.kind === 'asking'}
            onClick={() => void begin(scope)}
          >
            {NAMES[scope]}
          </button>
        ))}
      </div>
      <p role="status">{outcome.kind === 'answered' ? outcome.message : ''}</p>
    </section>
  );
}
