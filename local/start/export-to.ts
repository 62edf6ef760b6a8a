/** The headless run: imports, writes the export of METRICS 9, and ends. */
import { writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { exportDocument } from './export-document';
import { isOver, progressLine, progressReader } from './progress';
import type { Polling } from './bitbucket-side';
import type { System } from './system';

/** Writes the file; rejects where the import failed. */
export async function exportTo(file: string, system: System): Promise<void> {
  const { host, bitbucket, polling } = system;
  const { repositoryUuids, requests, viewers } = bitbucket;
  await host.install();
  if (polling === null) await host.idle();
  else await importLive(system, polling);
  const progress = await progressReader(system).read();
  if (progress.failed.length > 0) throw new Error(`The import failed: ${progress.failed.join('; ')}`);
  if (!isOver(progress)) throw new Error(`The import did not end. ${progressLine(progress)}`);
  // Bitbucket went on while it was read: live figures are those of the end.
  const asOf = polling === null ? system.asOf : Date.now();
  const { accountId } = viewers.accounts[0];
  const document = await exportDocument(host, requests, repositoryUuids, asOf, accountId);
  writeFileSync(file, `${JSON.stringify(document, null, 1)}\n`);
  const { sync } = document;
  console.log(
    `Wrote ${file}: ${repositoryUuids.length} repositories, ${sync.pullRequests} pull requests, ` +
      `${sync.requests.total} requests to Bitbucket (${sync.requestsPerPullRequest ?? 0} a pull request).`,
  );
}

/**
 * Waits for all parts, over as many hours as the limit needs: nothing is under way then while the next hour is waited
 * for, so that idleness says nothing. What has changed since an earlier start, or meanwhile, is read at the end.
 */
async function importLive(system: System, polling: Polling): Promise<void> {
  const { host } = system;
  const reader = progressReader(system);
  for (let progress = await reader.read(); !isOver(progress); progress = await reader.read()) {
    console.log(progressLine(progress));
    await setTimeout(reader.pause);
  }
  while (!(await reader.isEveryPartOver())) await setTimeout(reader.pause);
  const events = await polling.lookAtAll();
  if (events === 0) return;
  console.log(`Reading what is new: ${events} changes.`);
  await host.idle();
}
