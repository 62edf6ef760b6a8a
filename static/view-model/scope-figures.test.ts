import { FIGURE_IDS } from '../../src/metrics/explained/figure-explanation';
import { BITBUCKET_SCOPES } from '../../src/sync/trouble';
import { SCOPES } from '../../src/views/reports/connection-report';
import { fedFigures, SCOPE_FIGURES, scopeStates } from './scope-figures';

it('has for every figure a permission of Bitbucket that feeds it', () => {
  const fed = new Set(BITBUCKET_SCOPES.flatMap((scope) => SCOPE_FIGURES[scope]));
  expect(FIGURE_IDS.filter((figure) => !fed.has(figure))).toEqual([]);
});

it.each(SCOPES)('names no figure twice for %s', (scope) => {
  const figures = SCOPE_FIGURES[scope];
  expect(new Set(figures).size).toBe(figures.length);
});

it('tells all, none and some apart', () => {
  expect(fedFigures('storage:app')).toEqual({ kind: 'all' });
  expect(fedFigures('report:personal-data')).toEqual({ kind: 'none' });
  const pipelines = fedFigures('read:pipeline:bitbucket');
  expect(pipelines.kind === 'some' && pipelines.figures).toContain('pipeline_queue_time');
});

it('lists every permission, and does not know one that no check speaks of', () => {
  const states = scopeStates([{ scope: 'read:pipeline:bitbucket', granted: 'missing', checkedAt: 5 }]);
  expect(states.map(({ scope }) => scope)).toEqual(SCOPES);
  expect(states.find(({ scope }) => scope === 'read:pipeline:bitbucket')?.granted).toBe('missing');
  expect(states.find(({ scope }) => scope === 'storage:app')).toEqual({
    scope: 'storage:app',
    granted: 'unknown',
    checkedAt: null,
  });
});
