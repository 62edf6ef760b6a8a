import fc from 'fast-check';
import {
  MOST_BRANCH_RULES,
  MOST_FAILURE_WINDOW_HOURS,
  type FigureRulesReport,
} from '../../src/views/reports/settings-report';
import { chosen, isRuleOf, isSameValue, movedUp, RULE_GROUPS, ruleProblem, ruleText } from './figure-rules';
import { english, german } from './testing';

const RULES: FigureRulesReport = {
  deploymentSource: 'tag',
  tagPattern: 'release',
  productionEnvironmentTypes: ['PRODUCTION', 'TEST'],
  productionEnvironmentIds: ['e1'],
  directPushIsRepair: false,
  failureWindowHours: 48,
  failureScope: 'last',
  bandYear: 2021,
  staleDays: 1,
  branchRules: [{ pattern: 'prod fix', kind: 'hotfix' }],
};

it('shows every rule once, and environments by id only where they have names', () => {
  const shown = RULE_GROUPS.flatMap(([, ids]) => ids);
  expect([...shown].sort()).toEqual(Object.keys(RULES).sort());
  expect(shown.filter((id) => !isRuleOf('workspace', id))).toEqual(['productionEnvironmentIds']);
  expect(shown.every((id) => isRuleOf('repository', id))).toBe(true);
});

it.each([
  ['deploymentSource', 'Pushed tags'],
  ['tagPattern', 'release'],
  ['productionEnvironmentTypes', 'Production, Test'],
  ['productionEnvironmentIds', '1 environment'],
  ['directPushIsRepair', 'no'],
  ['failureWindowHours', '48 h'],
  ['failureScope', 'Only the last deployment before it'],
  ['bandYear', '2021'],
  ['staleDays', '1 day'],
  ['branchRules', 'prod fix: hotfix'],
] as const)('puts %s into words', (id, text) => {
  expect(ruleText(id, RULES[id], english)).toBe(text);
  expect(ruleText(id, RULES[id], german).length).toBeGreaterThan(0);
});

it('puts what is empty into words', () => {
  expect(ruleText('tagPattern', null, english)).toBe('every tag');
  expect(ruleText('branchRules', [], english)).toMatch(/^No rules of your own/);
  expect(ruleText('productionEnvironmentTypes', [], english)).toBe('–');
  expect(ruleText('productionEnvironmentIds', [], english)).toBe('none');
});

describe('what cannot be saved', () => {
  it.each([0, -1, 1.5, Number.NaN, MOST_FAILURE_WINDOW_HOURS + 1])('%p hours', (hours) => {
    expect(ruleProblem('failureWindowHours', hours, english)).toBe('Write a whole number from 1 to 720.');
  });
  it.each([1, MOST_FAILURE_WINDOW_HOURS])('%p hours can', (hours) => {
    expect(ruleProblem('failureWindowHours', hours, english)).toBeNull();
  });
  it.each([0, 366])('%p days', (days) => {
    expect(ruleProblem('staleDays', days, english)).toBe('Write a whole number from 1 to 365.');
  });
  it('a pattern of one character, or of spaces', () => {
    for (const pattern of ['v', ' v ', '   ', 'x'.repeat(51)]) {
      expect(ruleProblem('tagPattern', pattern, english)).toBe('Write 2 to 50 characters.');
      expect(ruleProblem('branchRules', [{ pattern, kind: 'hotfix' }], english)).toBe(
        'Write 2 to 50 characters.',
      );
    }
    expect(ruleProblem('tagPattern', null, english)).toBeNull();
    expect(ruleProblem('tagPattern', 'v1', english)).toBeNull();
  });
  it('more rules than are kept', () => {
    const rules = (count: number): FigureRulesReport['branchRules'] =>
      Array.from({ length: count }, () => ({ pattern: 'fix', kind: 'bugfix' }));
    expect(ruleProblem('branchRules', rules(MOST_BRANCH_RULES + 1), english)).toMatch(/^At most 30 rules/);
    expect(ruleProblem('branchRules', rules(MOST_BRANCH_RULES), english)).toBeNull();
  });
});

it('takes a choice by its text, and keeps the one before where it names none', () => {
  expect(chosen([2021, 2024], '2024', 2021)).toBe(2024);
  expect(chosen([2021, 2024], '2023', 2021)).toBe(2021);
});

it('knows a value again', () => {
  expect(isSameValue(RULES.branchRules, [{ pattern: 'prod fix', kind: 'hotfix' }])).toBe(true);
  expect(isSameValue(null, 'release')).toBe(false);
  expect(isSameValue(['TEST'], ['PRODUCTION'])).toBe(false);
});

it('moves an entry up by one place, and loses none', () => {
  expect(movedUp(['a', 'b', 'c'], 2)).toEqual(['a', 'c', 'b']);
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.integer({ min: -1, max: 12 }), (entries, place) => {
      const moved = movedUp(entries, place);
      expect([...moved].sort()).toEqual([...entries].sort());
      const isMoved = place >= 1 && place < entries.length;
      expect(moved[isMoved ? place - 1 : 0]).toBe(entries[isMoved ? place : 0]);
    }),
  );
});
