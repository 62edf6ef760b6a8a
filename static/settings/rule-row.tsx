/** One rule of the figures: its value, where that comes from, and what to do with it. */
import Button from '@atlaskit/button/new';
import { useId, useState, type ReactElement, type SyntheticEvent } from 'react';
import type {
  FigureRuleId,
  FigureRulesReport,
  FigureRulesState,
  SettingsOutcome,
} from '../../src/views/reports/settings-report';
import { useLanguage } from '../shared/language';
import { isSameValue, ruleProblem, ruleText, type SettingsPlace } from '../view-model/figure-rules';
import { RULE_CONTROLS, type RuleControl } from './rule-controls';
import { SavingLine, useSaving } from './saving';

export function RuleRow<Id extends FigureRuleId>({
  id,
  place,
  state,
  environmentIds,
  onSave,
}: {
  readonly id: Id;
  readonly place: SettingsPlace;
  readonly state: FigureRulesState;
  readonly environmentIds: readonly string[];
  /** `null` gives the value back to what is inherited. */
  readonly onSave: (id: Id, value: FigureRulesReport[Id] | null) => Promise<SettingsOutcome>;
}): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const labelId = useId();
  const aboutId = useId();
  const [saving, run] = useSaving();
  // What the reader chose and did not save yet.
  const [draft, setDraft] = useState<{ readonly value: FigureRulesReport[Id] } | null>(null);
  const saved = state.values[id];
  const value = draft === null ? saved : draft.value;
  const isChanged = !isSameValue(value, saved);
  const problem = isChanged ? ruleProblem(id, value, language) : null;
  const origin = state.origins[id];
  const save = (wanted: FigureRulesReport[Id] | null): void => {
    void run(() => onSave(id, wanted)).then((isSaved) => isSaved && setDraft(null));
  };
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (isChanged && problem === null) save(value);
  };
  const Control: RuleControl<Id> = RULE_CONTROLS[id];
  return (
    <form className="rule" onSubmit={submit} aria-busy={saving.kind === 'saving'}>
      <div className="rule-head">
        <span id={labelId} className="rule-name">
          {t(`figureRules.${id}`)}
        </span>
        <span className="mark">{t('figureRules.origin', { origin })}</span>
      </div>
      <p id={aboutId} className="quiet">
        {t(`figureRulesAbout.${id}`)}
      </p>
      <Control
        value={value}
        labelId={labelId}
        aboutId={aboutId}
        environmentIds={environmentIds}
        onChange={(wanted) => setDraft({ value: wanted })}
      />
      {problem !== null && <p role="alert">{problem}</p>}
      <div className="settings-actions">
        {isChanged && (
          <>
            <Button
              type="submit"
              appearance="primary"
              isDisabled={problem !== null || saving.kind === 'saving'}
              aria-describedby={labelId}
            >
              {t('settings.save')}
            </Button>
            <Button aria-describedby={labelId} onClick={() => setDraft(null)}>
              {t('settings.cancel')}
            </Button>
          </>
        )}
        {!isChanged && origin === place && (
          <button type="button" className="link" aria-describedby={labelId} onClick={() => save(null)}>
            {t('figureRules.back', { place, inherited: ruleText(id, state.inherited[id], language) })}
          </button>
        )}
        <SavingLine saving={saving} takesFocus />
      </div>
    </form>
  );
}
