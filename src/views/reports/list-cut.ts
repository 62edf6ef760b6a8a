/** What is told of a list that is longer than an answer may be. */

export interface ListCut {
  /** How many things stand behind the figure: the list has the first of them. */
  readonly of: number;
  /** How many of all have the value 1: those that count for it, where the figure is a share. */
  readonly counting: number;
}
