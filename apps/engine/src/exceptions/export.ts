/** What a file of exceptions holds, a column each. Pure. */
import { csvLine, Decimal } from '../platform/csv/index.js';
import type { shape } from './rows.js';

type Item = ReturnType<typeof shape>;
type Cell = string | number | Decimal;

const columns: readonly [name: string, cell: (item: Item) => Cell][] = [
  ['id', ({ id }) => id],
  ['state', ({ state }) => state],
  ['due', ({ due }) => due],
  ['due_at', ({ dueAt }) => dueAt],
  ['opened_at', ({ openedAt }) => openedAt],
  ['document', ({ title }) => title ?? ''],
  ['customer', ({ customer }) => customer ?? ''],
  ['legal_entity', ({ legalEntity }) => legalEntity ?? ''],
  ['amount', ({ amount }) => (amount === null ? '' : new Decimal(amount.amount))],
  ['currency', ({ amount }) => amount?.currency ?? ''],
  ['category', ({ category }) => category as string],
  ['code', ({ code }) => code],
  ['cause', ({ cause }) => cause],
  ['remedy', ({ remedy }) => remedy],
  ['vendor_words', ({ vendorWords }) => vendorWords ?? ''],
  ['flow', ({ flow }) => flow],
  ['owner', ({ assignee }) => assignee ?? ''],
  ['snoozed_until', ({ snoozedUntil }) => snoozedUntil ?? ''],
  ['returns', ({ returns }) => returns],
  ['closed_at', ({ closedAt }) => closedAt ?? ''],
  ['closed_by', ({ closedBy }) => closedBy ?? ''],
  ['resolution', ({ resolution }) => resolution ?? ''],
  ['message', ({ messageId }) => messageId],
];

export const exceptionsAsCsv = (items: readonly Item[]): string =>
  [csvLine(columns.map(([name]) => name)), ...items.map((item) => csvLine(columns.map(([, cell]) => cell(item))))].join('');
