/** Why a recording cannot be used. */

/** A recording that is missing, damaged or of another form; the message names the file and what is wrong. */
export class RecordingError extends Error {
  constructor(
    readonly file: string,
    problem: string,
  ) {
    super(`${file}: ${problem}`);
    this.name = 'RecordingError';
  }
}
