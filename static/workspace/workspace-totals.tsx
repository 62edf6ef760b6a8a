/** The head of the workspace's page: how many repositories, what was merged and is open, and how complete it all is. */
import type { ReactElement } from 'react';
import { useLanguage } from '../shared/language';
import { decimal, duration, instant } from '../view-model/format';
import { workspaceTotals, type LoadedWorkspace } from '../view-model/workspace-rows';

export function WorkspaceTotals({ loaded }: { readonly loaded: LoadedWorkspace }): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const { rows, unknown, total, days, importing } = loaded;
  const { merged, open, openOverP85, whole, complete, repositories } = workspaceTotals(rows);
  const partly = whole === repositories ? [] : [t('workspacePage.partly', { whole, all: repositories })];
  return (
    <section className="tiles workspace-totals" aria-label={t('workspacePage.totals')}>
      <Tile
        name={t('workspacePage.repositories')}
        value={decimal(total ?? repositories + unknown, 0, language)}
        notes={[
          t('workspacePage.visible'),
          ...(unknown === 0 ? [] : [t('workspacePage.unknown', { count: unknown })]),
        ]}
      />
      <Tile name={t('workspacePage.merges', { days })} value={decimal(merged, 0, language)} notes={partly} />
      <Tile
        name={t('workspacePage.openNow')}
        value={decimal(open, 0, language)}
        notes={[t('workspacePage.overP85Total', { count: openOverP85 })]}
      />
      <Tile
        name={t('workspacePage.complete')}
        value={t('progress.of', { done: complete, all: repositories })}
        notes={complete === repositories ? [] : importNotes()}
      />
    </section>
  );

  function importNotes(): readonly string[] {
    const { remainingSeconds = null, pausedUntil = null } = importing ?? {};
    return [
      remainingSeconds === null
        ? t('workspacePage.importing')
        : t('workspacePage.remaining', { duration: duration(Math.max(1, remainingSeconds), language) }),
      ...(pausedUntil === null
        ? []
        : [t('workspacePage.paused', { instant: instant(pausedUntil, language) })]),
    ];
  }
}

function Tile({
  name,
  value,
  notes,
}: {
  readonly name: string;
  readonly value: string;
  readonly notes: readonly string[];
}): ReactElement {
  return (
    <div className="tile">
      <span className="tile-name">{name}</span>
      <span className="tile-value">{value}</span>
      {notes.map((note) => (
        <span key={note} className="tile-meaning">
          {note}
        </span>
      ))}
    </div>
  );
}
