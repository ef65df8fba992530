import { processRows } from './a-processes.js';
import { postgresRows } from './b-postgres.js';
import { erpRows } from './c-erp.js';
import { inboundRows } from './d-inbound.js';
import type { Row } from './row.js';
import { trytonRows } from './tryton.js';

export { runRow, withoutRun, type Row, type RowResult } from './row.js';

/** Every row that there is, in the order of the table. */
export const rows: readonly Row[] = [...processRows, ...postgresRows, ...erpRows, ...inboundRows, ...trytonRows];
