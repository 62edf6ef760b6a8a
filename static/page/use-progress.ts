/** Loads how far the import is, and again while something is being read. */
import type { ProgressReport } from '../../src/views/contract';
import { call } from '../api';
import { useReport, type ReportState } from '../shared/use-report';
import { isUnderWay } from '../view-model/progress';

const askForProgress = (): Promise<ProgressReport> => call('progress', {});

/** The state, a function that asks from the beginning, and one that only looks again. */
export function useProgress(): readonly [ReportState<ProgressReport>, () => void, () => void] {
  const { state, again, look } = useReport(askForProgress, isUnderWay);
  return [state, again, look];
}
