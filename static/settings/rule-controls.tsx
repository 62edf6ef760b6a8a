/** The control of each rule: choices, numbers, texts and lists, each drawn by the browser itself. */
import type { ComponentType, ReactElement } from 'react';
import {
  DEPLOYMENT_SOURCE_CHOICES,
  ENVIRONMENT_TYPE_CHOICES,
  MOST_FAILURE_WINDOW_HOURS,
  MOST_STALE_DAYS,
  type FigureRuleId,
  type FigureRulesReport,
} from '../../src/views/reports/settings-report';
import { LONGEST_PATTERN } from '../../src/metrics/figure-settings';
import { useLanguage, type MessageKey } from '../shared/language';
import {
  BAND_YEAR_CHOICES,
  chosen,
  ENVIRONMENT_TYPE_TEXTS,
  FAILURE_SCOPES,
  FAILURE_SCOPE_TEXTS,
  SOURCE_TEXTS,
} from '../view-model/figure-rules';
import { BranchRulesControl } from './branch-rules-control';
import { EnvironmentsControl } from './environments-control';

export interface RuleControlProps<Id extends FigureRuleId> {
  readonly value: FigureRulesReport[Id];
  /** The elements that name and explain the rule. */
  readonly labelId: string;
  readonly aboutId: string;
  readonly environmentIds: readonly string[];
  readonly onChange: (value: FigureRulesReport[Id]) => void;
}

export type RuleControl<Id extends FigureRuleId> = ComponentType<RuleControlProps<Id>>;

function Choice<Value extends string | number>({
  value,
  choices,
  nameOf,
  labelId,
  aboutId,
  onChange,
}: {
  readonly value: Value;
  readonly choices: readonly Value[];
  readonly nameOf: (choice: Value) => string;
  readonly labelId: string;
  readonly aboutId: string;
  readonly onChange: (value: Value) => void;
}): ReactElement {
  return (
    <select
      className="settings-input"
      aria-labelledby={labelId}
      aria-describedby={aboutId}
      value={value}
      onChange={(event) => onChange(chosen(choices, event.target.value, value))}
    >
      {choices.map((each) => (
        <option key={each} value={each}>
          {nameOf(each)}
        </option>
      ))}
    </select>
  );
}

/** The unit beside it is part of its name. */
function WholeNumber({
  value,
  most,
  unit,
  labelId,
  aboutId,
  onChange,
}: {
  readonly value: number;
  readonly most: number;
  readonly unit: MessageKey;
  readonly labelId: string;
  readonly aboutId: string;
  readonly onChange: (value: number) => void;
}): ReactElement {
  const { t } = useLanguage();
  const unitId = `${labelId}-unit`;
  return (
    <span className="settings-number">
      <input
        className="settings-input"
        type="number"
        min={1}
        max={most}
        step={1}
        aria-labelledby={`${labelId} ${unitId}`}
        aria-describedby={aboutId}
        // An empty field is a number that was not written.
        value={Number.isNaN(value) ? '' : value}
        onChange={(event) => onChange(event.target.valueAsNumber)}
      />{' '}
      <span id={unitId}>{t(unit)}</span>
    </span>
  );
}

function SourceControl(props: RuleControlProps<'deploymentSource'>): ReactElement {
  const { t } = useLanguage();
  return <Choice {...props} choices={DEPLOYMENT_SOURCE_CHOICES} nameOf={(each) => t(SOURCE_TEXTS[each])} />;
}

function TagPatternControl({
  value,
  labelId,
  aboutId,
  onChange,
}: RuleControlProps<'tagPattern'>): ReactElement {
  return (
    <input
      className="settings-input"
      type="text"
      maxLength={LONGEST_PATTERN}
      aria-labelledby={labelId}
      aria-describedby={aboutId}
      value={value ?? ''}
      onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
    />
  );
}

function EnvironmentTypesControl({
  value,
  labelId,
  aboutId,
  onChange,
}: RuleControlProps<'productionEnvironmentTypes'>): ReactElement {
  const { t } = useLanguage();
  return (
    <div role="group" aria-labelledby={labelId} aria-describedby={aboutId} className="settings-checks">
      {ENVIRONMENT_TYPE_CHOICES.map((each) => (
        <label key={each} className="settings-check">
          <input
            type="checkbox"
            checked={value.includes(each)}
            onChange={(event) =>
              // In the order of the choices, so that the same ones are the same value.
              onChange(
                ENVIRONMENT_TYPE_CHOICES.filter((type) =>
                  type === each ? event.target.checked : value.includes(type),
                ),
              )
            }
          />
          {t(ENVIRONMENT_TYPE_TEXTS[each])}
        </label>
      ))}
    </div>
  );
}

function DirectPushControl({
  value,
  aboutId,
  onChange,
}: RuleControlProps<'directPushIsRepair'>): ReactElement {
  const { t } = useLanguage();
  return (
    <label className="settings-check">
      <input
        type="checkbox"
        checked={value}
        aria-describedby={aboutId}
        onChange={(event) => onChange(event.target.checked)}
      />
      {t('figureRules.directPushCounts')}
    </label>
  );
}

function FailureWindowControl(props: RuleControlProps<'failureWindowHours'>): ReactElement {
  return <WholeNumber {...props} most={MOST_FAILURE_WINDOW_HOURS} unit="figureRules.hours" />;
}

function FailureScopeControl(props: RuleControlProps<'failureScope'>): ReactElement {
  const { t } = useLanguage();
  return <Choice {...props} choices={FAILURE_SCOPES} nameOf={(each) => t(FAILURE_SCOPE_TEXTS[each])} />;
}

function BandYearControl(props: RuleControlProps<'bandYear'>): ReactElement {
  return <Choice {...props} choices={BAND_YEAR_CHOICES} nameOf={String} />;
}

function StaleDaysControl(props: RuleControlProps<'staleDays'>): ReactElement {
  return <WholeNumber {...props} most={MOST_STALE_DAYS} unit="figureRules.days" />;
}

/** Complete by the compiler. */
export const RULE_CONTROLS: { readonly [Id in FigureRuleId]: RuleControl<Id> } = {
  deploymentSource: SourceControl,
  tagPattern: TagPatternControl,
  productionEnvironmentTypes: EnvironmentTypesControl,
  productionEnvironmentIds: EnvironmentsControl,
  directPushIsRepair: DirectPushControl,
  failureWindowHours: FailureWindowControl,
  failureScope: FailureScopeControl,
  bandYear: BandYearControl,
  staleDays: StaleDaysControl,
  branchRules: BranchRulesControl,
};
