import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { payloadSearchQuery, type MessageFilter, type PayloadQuestion } from '../../api/operate.js';
import { rowsOf } from '../../parts/paged.js';

/** So many are found before it asks whether it should go on. */
const foundAtOnce = 50;

/**
 * A search of payloads goes on step by step while the page is open: until enough is found, it is over, or somebody stops it. Who leaves ends it.
 */
export function usePayloadSearch(filter: MessageFilter, question: PayloadQuestion | undefined) {
  const queries = useQueryClient();
  const options = payloadSearchQuery(filter, question ?? { payload: '', stage: undefined });
  const query = useInfiniteQuery({ ...options, enabled: question !== undefined });
  const [pause, setPause] = useState<{ of: string; found: number; stopped: boolean }>();
  const about = JSON.stringify(options.queryKey);
  const rows = rowsOf(query.data);
  const { stopped, found } = pause?.of === about ? pause : { stopped: false, found: 0 };
  const { hasNextPage, isFetching, isError, fetchNextPage } = query;
  const goesOn = question !== undefined && hasNextPage && !isError && !stopped && rows.length < found + foundAtOnce;
  useEffect(() => {
    if (goesOn && !isFetching) void fetchNextPage();
  }, [goesOn, isFetching, fetchNextPage]);
  return {
    query,
    rows,
    last: query.data?.pages.at(-1),
    unreadable: (query.data?.pages ?? []).reduce((sum, page) => sum + page.unreadable, 0),
    goesOn: goesOn || isFetching,
    stop: () => setPause({ of: about, found, stopped: true }),
    more: () => {
      setPause({ of: about, found: rows.length, stopped: false });
      if (isError) void fetchNextPage();
    },
    again: () => queries.resetQueries({ queryKey: options.queryKey }),
  };
}

export type PayloadSearch = ReturnType<typeof usePayloadSearch>;
