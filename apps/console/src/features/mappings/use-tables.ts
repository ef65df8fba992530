import { useQueries } from '@tanstack/react-query';
import { parseSyntax, tablesRead, type TableRows } from '@waybill/mapping-language';
import { useMemo } from 'react';
import { tableSnapshotQuery } from '../../api/build.js';
import { asProblem } from '../../api/problem.js';
import { t } from '../../language/index.js';
import type { TableHere } from './bindings-panel.js';

/** The tables that the expressions read, for the worker: those that can be had, and why others cannot. */
export function useTables(source: string, saved: string): { rows: readonly TableRows[]; told: TableHere[]; ready: boolean } {
  const here = useMemo(() => namesIn(source), [source]);
  const there = useMemo(() => namesIn(saved), [saved]);
  const joined = [...new Set([...here, ...there])].sort().join('\n');
  const names = useMemo(() => (joined === '' ? [] : joined.split('\n')), [joined]);
  const results = useQueries({ queries: names.map(tableSnapshotQuery) });
  // Rows are given on only when one of the tables is another one: what depends on them runs again.
  const state = results.map(({ status, data }) => `${status} ${data?.version ?? ''}`).join('\n');
  return useMemo(
    () => ({
      rows: results.flatMap(({ data }) => (data && !data.more ? [data] : [])),
      told: results.flatMap(({ data, error }, index) => {
        const name = names[index]!;
        const away = error
          ? t('not here: {{detail}}', { detail: asProblem(error).detail })
          : data?.more
            ? t('has more than 5,000 rows: the engine alone reads it')
            : undefined;
        // What only the saved text reads is there for the comparison with it.
        return here.includes(name) ? [{ name, version: data?.version, rows: data?.rows.length ?? 0, away }] : [];
      }),
      ready: results.every(({ isPending }) => !isPending),
    }),
    [names, state, here],
  );
}

const namesIn = (source: string): string[] => (parseSyntax(source) ? tablesRead(source) : []);
