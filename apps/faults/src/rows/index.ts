import { processRows } from './a-processes.js';
import { memoryRows } from './a-memory.js';
import { redisRows } from './a-redis.js';
import { figureRows } from './a-figures.js';
import { limitRows } from './b-limits.js';
import { versionRows } from './b-versions.js';
import { postgresRows } from './b-postgres.js';
import { answerRows } from './c-erp.js';
import { outageRows } from './c-outage.js';
import { refusalRows } from './c-refusals.js';
import { clockRows } from './d-clocks.js';
import { inboundRows } from './d-inbound.js';
import { usageRows } from './d-usage.js';
import { auditRows } from './h-audit.js';
import { moneyRows } from './i-money.js';
import { monthRows } from './i-months.js';
import type { ProgramRow, Row } from './row.js';
import { trytonRows } from './tryton.js';

export { runRow, withoutRun, type ProgramRow, type Row, type RowResult } from './row.js';

/** Every row that there is, in the order of the table. */
export const rows: readonly (Row | ProgramRow)[] = [
  ...processRows,
  ...redisRows,
  ...memoryRows,
  ...figureRows,
  ...postgresRows,
  ...limitRows,
  ...versionRows,
  ...answerRows,
  ...refusalRows,
  ...outageRows,
  ...inboundRows,
  ...usageRows,
  ...clockRows,
  ...auditRows,
  ...moneyRows,
  ...monthRows,
  ...trytonRows,
].sort((one, other) => numberOf(one) - numberOf(other));

/** "1" before "1b" before "3"; what has no number comes last. */
function numberOf({ id }: Pick<Row, 'id'>): number {
  const number = Number.parseInt(id, 10);
  return Number.isNaN(number) ? 1_000 : number;
}
