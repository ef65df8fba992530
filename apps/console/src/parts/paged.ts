/** Pages of a cursor list as one list. */
export function rowsOf<T>(data: { pages: { items: T[] }[] } | undefined): T[] {
  return data ? data.pages.flatMap((page) => page.items) : [];
}

export function countOf(data: { pages: { count?: number }[] } | undefined): number | undefined {
  return data?.pages[0]?.count;
}

export function moreOf(query: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown }): {
  has: boolean;
  loading: boolean;
  load: () => void;
} {
  return { has: query.hasNextPage, loading: query.isFetchingNextPage, load: () => void query.fetchNextPage() };
}
