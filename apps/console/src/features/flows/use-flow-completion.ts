import type { Extension } from '@codemirror/state';
import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { connectionsQuery, connectorsQuery, mappingsQuery, schemasQuery, tablesQuery } from '../../api/build.js';
import { rolesQuery } from '../../api/govern.js';
import type { Installed } from './flow-completion.js';

/** Completion for the editor of flow files; it comes after the editor, which works without. */
export function useFlowCompletion(): Extension | undefined {
  const queries = useQueryClient();
  const [extension, setExtension] = useState<Extension>();
  useEffect(() => {
    let left = false;
    void import('./flow-completion.js').then(
      ({ flowCompletion }) => left || setExtension(flowCompletion(installedBy(queries))),
      () => undefined,
    );
    return () => {
      left = true;
    };
  }, [queries]);
  return extension;
}

const often = { retry: false, staleTime: 60_000 } as const;

/** Lists are asked for when a value of theirs is written. What may not be read offers nothing. */
export function installedBy(queries: QueryClient): Installed {
  return {
    connections: listOf(() => queries.fetchQuery({ ...connectionsQuery, ...often })),
    connectors: listOf(() => queries.fetchQuery({ ...connectorsQuery, ...often })),
    mappings: listOf(() => queries.fetchQuery({ ...mappingsQuery, ...often })),
    tables: listOf(() => queries.fetchQuery({ ...tablesQuery, ...often })),
    schemas: listOf(() => queries.fetchQuery({ ...schemasQuery, ...often })),
    roles: listOf(() => queries.fetchQuery({ ...rolesQuery, ...often })),
  };
}

const listOf =
  <T>(ask: () => Promise<{ items: T[] }>) =>
  (): Promise<readonly T[]> =>
    ask().then(
      ({ items }) => items,
      () => [],
    );
