/** Reads numbers that somebody else wrote, such as those of an answer's headers. */

/** The next whole number of a text; `null` where it is none above 0, or too large to be counted with. */
export function positiveNumber(text: string | null): number | null {
  const number = Math.ceil(Number(text ?? ''));
  return Number.isSafeInteger(number) && number > 0 ? number : null;
}
