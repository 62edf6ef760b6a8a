/** What becomes of a message after each way to end. */
import { InvocationError, InvocationErrorCode } from '@forge/events';
import fc from 'fast-check';
import { backoffSeconds, endingOfError, endingOfResult } from './retry-policy';

describe('backoffSeconds', () => {
  it('doubles from two seconds up to a quarter of an hour', () => {
    expect([1, 2, 3, 9, 10, 11, 500].map(backoffSeconds)).toEqual([2, 4, 8, 512, 900, 900, 900]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), (deliveries) => {
        expect(backoffSeconds(deliveries + 1)).toBeGreaterThanOrEqual(backoffSeconds(deliveries));
      }),
    );
  });
});

describe('endingOfResult', () => {
  it('knows the InvocationError of the SDK', () => {
    const retryReason = InvocationErrorCode.FUNCTION_UPSTREAM_RATE_LIMITED;
    const error = new InvocationError({ retryAfter: 30, retryReason, retryData: { page: 2 } });
    expect(endingOfResult(JSON.parse(JSON.stringify(error)))).toMatchObject({
      outcome: 'asked-for-retry',
      retry: { afterSeconds: 30, reason: retryReason, data: { page: 2 } },
    });
    expect(endingOfResult(JSON.parse(JSON.stringify(new InvocationError())))).toMatchObject({
      outcome: 'asked-for-retry',
      retry: { reason: 'FUNCTION_RETRY_REQUEST' },
    });
  });

  it('refuses a retry after more than 900 seconds', () => {
    expect(endingOfResult({ _retry: true, retryOptions: { retryAfter: 901 } })).toMatchObject({
      outcome: 'threw',
      error: 'retryAfter is 901 seconds; Forge allows 900.',
    });
  });

  it('takes everything else for a success', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (result) => {
        expect(endingOfResult(result)).toEqual({ outcome: 'succeeded', result });
      }),
    );
  });
});

describe('endingOfError', () => {
  it("throws on what is the host's own fault", () => {
    expect(() => endingOfError(new Error('a bug'))).toThrow('a bug');
  });
});
