/** Rules for kinds of branches, in their order: the first that fits decides. */
import type { ReactElement } from 'react';
import { BRANCH_KINDS } from '../../src/facts/pull-request-facts';
import { LONGEST_PATTERN } from '../../src/metrics/figure-settings';
import { MOST_BRANCH_RULES } from '../../src/views/reports/settings-report';
import { useLanguage } from '../shared/language';
import { chosen, movedUp } from '../view-model/figure-rules';
import type { RuleControlProps } from './rule-controls';

type BranchRules = RuleControlProps<'branchRules'>['value'];

export function BranchRulesControl({
  value,
  labelId,
  aboutId,
  onChange,
}: RuleControlProps<'branchRules'>): ReactElement {
  const { t } = useLanguage();
  const replaced = (place: number, changed: Partial<BranchRules[number]>): BranchRules =>
    value.map((rule, index) => (index === place ? { ...rule, ...changed } : rule));
  return (
    <div role="group" aria-labelledby={labelId} aria-describedby={aboutId}>
      {value.length === 0 && <p className="quiet">{t('figureRules.noBranchRules')}</p>}
      <ol className="branch-rules">
        {value.map(({ pattern, kind }, place) => (
          // A rule has no name of its own but its place.
          <li key={place}>
            <input
              className="settings-input"
              type="text"
              maxLength={LONGEST_PATTERN}
              aria-label={t('figureRules.pattern', { number: place + 1 })}
              value={pattern}
              onChange={(event) => onChange(replaced(place, { pattern: event.target.value }))}
            />
            <select
              className="settings-input"
              aria-label={t('figureRules.kind', { number: place + 1 })}
              value={kind}
              onChange={(event) =>
                onChange(replaced(place, { kind: chosen(BRANCH_KINDS, event.target.value, kind) }))
              }
            >
              {BRANCH_KINDS.map((each) => (
                <option key={each} value={each}>
                  {t(`branchKind.${each}`)}
                </option>
              ))}
            </select>
            <button
              type="button"
              className="link"
              disabled={place === 0}
              aria-label={t('figureRules.moveUpNumber', { number: place + 1 })}
              onClick={() => onChange(movedUp(value, place))}
            >
              {t('figureRules.moveUp')}
            </button>
            <button
              type="button"
              className="link"
              aria-label={t('figureRules.removeNumber', { number: place + 1 })}
              onClick={() => onChange(value.filter((_, index) => index !== place))}
            >
              {t('figureRules.remove')}
            </button>
          </li>
        ))}
      </ol>
      {value.length < MOST_BRANCH_RULES && (
        <button
          type="button"
          className="link"
          onClick={() => onChange([...value, { pattern: '', kind: 'hotfix' }])}
        >
          {t('figureRules.addBranchRule')}
        </button>
      )}
    </div>
  );
}
