/** Finds the recorded data beside the project: tests that need it are skipped where it is absent, and fail in CI. */
import { existsSync } from 'node:fs';
import path from 'node:path';

const folder = path.resolve(__dirname, '../../shared/data');

/** Absolute path of the recorded data, or `null` where this checkout has none beside it. */
export function sharedData(): string | null {
  return existsSync(path.join(folder, 'README.md')) ? folder : null;
}

/** A `describe` that needs the recorded data: skipped with the reason in its name where it is absent, failing in CI. */
export function describeWithSharedData(name: string, define: (data: string) => void): void {
  const data = sharedData();
  if (data !== null) {
    describe(name, () => define(data));
    return;
  }
  if (process.env.CI === 'true') {
    describe(name, () => {
      it('has the recorded data at ../shared/data', () => {
        throw new Error('CI=true needs the recorded data at ../shared/data, and it is not there.');
      });
    });
    return;
  }
  // The one place a test may be skipped: the recordings do not ship with the project.
  describe.skip(`${name} (skipped: needs the recorded data at ../shared/data)`, () => {
    it('needs ../shared/data', () => undefined);
  });
}
