/** What a file of usage holds, a column each. Pure. */
import { Decimal } from '../../platform/csv/index.js';

type Cell = string | number | Decimal;
/** A row as its list shows it. */
export type Shown = Readonly<Record<string, unknown>>;
type Columns = readonly [name: string, cell: (row: Shown) => Cell][];

const text = (name: string): [string, (row: Shown) => Cell] => [snake(name), (row) => String(row[name] ?? '')];
const count = (name: string): [string, (row: Shown) => Cell] => [snake(name), (row) => Number(row[name])];
const json = (name: string): [string, (row: Shown) => Cell] => [
  snake(name),
  (row) => (row[name] === null || row[name] === undefined ? '' : JSON.stringify(row[name])),
];
const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

export const eventColumns: Columns = [
  ...['id', 'state', 'kind', 'type', 'subject', 'source', 'eventId', 'occurredAt', 'receivedAt'].map(text),
  json('data'),
  json('attributes'),
  ...['corrects', 'correctedBy', 'reason'].map(text),
];

export const summaryColumns: Columns = [
  ...['id', 'state', 'kind', 'customer', 'subscription', 'plan', 'region', 'legalEntity', 'meter'].map(text),
  count('meterVersion'),
  json('dimensions'),
  ...['period', 'usedIn', 'from', 'to', 'aggregate'].map(text),
  ['quantity', (row) => new Decimal(row['quantity'] as string)],
  text('unit'),
  ...['eventCount', 'added', 'removed'].map(count),
  ...['digest', 'adjusts', 'sealedAt'].map(text),
];
