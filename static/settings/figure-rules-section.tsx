/** How figures are computed: each rule with the value that counts, where it comes from, and how to change it. */
import type { ReactElement } from 'react';
import type {
  FigureRulesChange,
  FigureRulesState,
  SettingsOutcome,
} from '../../src/views/reports/settings-report';
import { useLanguage } from '../shared/language';
import { isRuleOf, RULE_GROUPS, type SettingsPlace } from '../view-model/figure-rules';
import { RuleRow } from './rule-row';
import { SettingsSection } from './settings-section';

export function FigureRulesSection({
  place,
  state,
  environmentIds = [],
  onSave,
}: {
  readonly place: SettingsPlace;
  readonly state: FigureRulesState;
  /** Environments of the repository that something was deployed to lately, by id. */
  readonly environmentIds?: readonly string[];
  readonly onSave: (values: FigureRulesChange) => Promise<SettingsOutcome>;
}): ReactElement {
  const { t } = useLanguage();
  return (
    <SettingsSection title={t('figureRules.title')} about={t('figureRules.about', { place })}>
      {RULE_GROUPS.map(([group, ids]) => (
        <div key={group}>
          <h3>{t(`figureRules.${group}`)}</h3>
          {ids
            .filter((id) => isRuleOf(place, id))
            .map((id) => (
              <RuleRow
                key={id}
                id={id}
                place={place}
                state={state}
                environmentIds={environmentIds}
                onSave={(rule, value) => onSave({ [rule]: value })}
              />
            ))}
        </div>
      ))}
    </SettingsSection>
  );
}
