/** What waits longer than usual in a repository, and what concerns the viewer. */
import type { EpochSeconds } from '../facts/pull-request-facts';
import type { RepositoryPlace } from './places';
import type { RemindersReport } from './reports/reminders-report';
import { RequestRefused } from './request-refused';

export function remindersOf(_place: RepositoryPlace, _now: EpochSeconds): Promise<RemindersReport | null> {
  return Promise.reject(new RequestRefused('unavailable', 'Not built yet.'));
}
