/** Waits for several calls, and in case of a failure also for those still under way. */

/**
 * Like Promise.all, but rejects only when every call has ended: Forge shares warm processes between tenants, so
 * nothing may run on after a function has answered.
 */
export async function allEnded<T extends readonly unknown[]>(calls: {
  readonly [K in keyof T]: Promise<T[K]>;
}): Promise<T> {
  await Promise.allSettled(calls);
  return Promise.all(calls);
}
