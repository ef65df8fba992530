import { MutationCache, QueryClient } from '@tanstack/react-query';
import { asProblem } from '../api/problem.js';

export function createQueryClient(): QueryClient {
  return new QueryClient({
    mutationCache: new MutationCache(),
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        // what the engine refused will be refused again; what failed on the way may work
        retry: (failures, error) => failures < 2 && (asProblem(error).status === 0 || asProblem(error).status >= 500),
        retryDelay: (failures) => Math.min(500 * 2 ** failures, 4000),
        refetchOnWindowFocus: true,
        // Without a network a request fails and says so; it does not wait, and what somebody does is never done later without them.
        networkMode: 'always',
        refetchOnReconnect: true,
      },
      mutations: { networkMode: 'always' },
    },
  });
}
