/** How far the weekly report of personal data is: small enough to be saved after each step. */
import { z } from 'zod';
import { ACCOUNT_PLACES } from '../../storage/stored-accounts';

export const personalDataState = z.object({
  /**
   * `gather`: the stored account ids are found, a page at a time; `report`: Atlassian is asked, ninety at a time;
   * `erase`: closed ones are taken out of every place; `forget`: the list of ids is removed.
   */
  step: z.enum(['idle', 'gather', 'report', 'erase', 'forget']),
  startedAt: z.number().int(),
  /** Where in the store the step goes on. */
  place: z.enum(ACCOUNT_PLACES).nullable(),
  after: z.string().nullable(),
  /** Accounts found, and how many of them Atlassian was asked about. */
  accounts: z.number().int(),
  reported: z.number().int(),
  /** Closed accounts that are not erased yet, and how many there were in all. */
  closed: z.array(z.string()),
  closedCount: z.number().int(),
  /** When the first of the walks that erase them began, and this one; rows that this one found. */
  firstWalkAt: z.number().int().nullable(),
  walkAt: z.number().int().nullable(),
  erasedInWalk: z.number().int(),
});

export type PersonalDataState = z.output<typeof personalDataState>;

export function personalDataBeginning(): PersonalDataState {
  return {
    step: 'idle',
    startedAt: 0,
    place: null,
    after: null,
    accounts: 0,
    reported: 0,
    closed: [],
    closedCount: 0,
    firstWalkAt: null,
    walkAt: null,
    erasedInWalk: 0,
  };
}
