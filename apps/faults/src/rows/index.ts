import { processRows } from './a-processes.js';
import { postgresRows } from './b-postgres.js';
import { answerRows } from './c-erp.js';
import { outageRows } from './c-outage.js';
import { refusalRows } from './c-refusals.js';
import { clockRows } from './d-clocks.js';
import { inboundRows } from './d-inbound.js';
import { moneyRows } from './i-money.js';
import type { Row } from './row.js';
import { trytonRows } from './tryton.js';

export { runRow, withoutRun, type Row, type RowResult } from './row.js';

/** Every row that there is, in the order of the table. */
export const rows: readonly Row[] = [
  ...processRows,
  ...postgresRows,
  ...[...answerRows, ...refusalRows, ...outageRows].sort((a, b) => Number(a.id) - Number(b.id)),
  ...inboundRows,
  ...clockRows,
  ...moneyRows,
  ...trytonRows,
];
