/** What the reader looks at, known to every part of a page: the window and the filters. */
import { createContext, useContext } from 'react';
import type { ViewQuery } from '../../src/views/view-query';

export const DEFAULT_QUERY: ViewQuery = { window: 90 };

export const QueryContext = createContext<ViewQuery>(DEFAULT_QUERY);

export function useQuery(): ViewQuery {
  return useContext(QueryContext);
}
