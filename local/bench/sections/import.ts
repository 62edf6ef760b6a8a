/** What the frugal import saves against one that asks for each pull request. */
import { importCost, IMPORT_MODES, requestsOf, type ImportCost } from '../../import-cost';
import { appFunctions } from '../functions';
import { summaryOf } from '../measure';
import { answeredWorkspace } from '../recorded-answers';
import { comparedRows, type Section, type SectionSettings, type Table } from '../section';

/** Bitbucket's limit up to a hundred seats. */
const REQUESTS_AN_HOUR = 1_000;

export const IMPORT: Section = {
  name: 'import',
  measures: `What an import costs at ${REQUESTS_AN_HOUR.toLocaleString('en')} requests an hour, in simulated time; counted, so that one run tells all.`,
  tables,
};

async function* tables({ folder }: SectionSettings): AsyncGenerator<Table> {
  const { source, name: where, endsAt } = answeredWorkspace();
  const pullRequests = source.repositories().reduce((sum, each) => sum + each.pullRequestIds().length, 0);
  const bundleDirectory = await appFunctions(folder);
  const costs: { readonly name: string; readonly cost: ImportCost }[] = [];
  // The reference first.
  for (const { name, faults } of IMPORT_MODES.toReversed()) {
    const run = { bundleDirectory, beginsAt: endsAt, limit: REQUESTS_AN_HOUR, faults };
    costs.push({ name, cost: await importCost(source, run) });
  }
  const table = (unit: string, valueOf: (cost: ImportCost) => number): Table => ({
    title: `${pullRequests} pull requests of ${where}`,
    unit,
    baseline: 'the import that asks for each pull request',
    rows: comparedRows(costs.map(({ name, cost }) => ({ name, measured: summaryOf([valueOf(cost)]) }))),
  });
  yield table('requests each', (cost) => requestsOf(cost) / pullRequests);
  yield table('stored each', ({ storageRequests }) => storageRequests / pullRequests);
  yield table('hours', ({ hours }) => hours);
}
