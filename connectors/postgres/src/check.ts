import { type CheckStep, type ConnectorContext } from '@waybill/sdk';
import type pg from 'pg';
import { columnsOf, isUnique, requireColumns, timestampOf } from './catalog.js';
import { connectTo, letGo } from './client.js';
import { readFailure } from './failures.js';
import { quoted, quotedTable } from './names.js';
import { requireOutbox } from './outbox.js';
import { rowTableOf } from './rows.js';
import { lagSecondsOf, text, texts } from './settings.js';
import { statement, targetOf } from './upsert.js';

/** Reaches the server, then looks at each table of the settings as its use needs it. */
export async function check(context: ConnectorContext): Promise<CheckStep[]> {
  const { settings } = context;
  let client: pg.Client | undefined;
  const failed = (name: string, error: unknown): CheckStep => {
    const { message, facts } = readFailure(error, { what: 'look at the server', settings });
    return { name, ok: false, detail: message, remedy: facts.remedy ?? 'Check the address, the port and the encryption; is the server up?' };
  };
  const step = async (name: string, look: () => Promise<CheckStep>): Promise<CheckStep> => {
    try {
      return await look();
    } catch (error) {
      return failed(name, error);
    }
  };
  try {
    const open = await connectTo(context);
    client = open;
    const { rows } = await open.query<{ version: string; replica: string }>(`select current_setting('server_version') as version, pg_is_in_recovery() as replica`);
    const replica = rows[0]!.replica === 't';
    const steps: CheckStep[] = [{ name: 'Reach and sign in', ok: true, detail: `PostgreSQL ${rows[0]!.version}.` }];
    if (replica) steps.push({ name: 'Primary', ok: false, detail: 'The server is a replica.', remedy: 'Enter the address of the primary: an outbox is read by its transactions.' });
    if (text(settings, 'table') !== '') steps.push(await step('Rows', () => lookAtRows(open, context)));
    for (const table of [...new Set([...texts(settings, 'usageOutboxes'), text(settings, 'outbox')])].filter(Boolean))
      steps.push(await step(`Outbox ${table}`, () => lookAtOutbox(open, table)));
    if (text(settings, 'target') !== '') steps.push(await step('Table to write to', () => lookAtTarget(open, context)));
    return steps;
  } catch (error) {
    return [failed('Reach and sign in', error)];
  } finally {
    await letGo(client);
  }
} // prettier-ignore

async function lookAtRows(client: pg.Client, { settings }: ConnectorContext): Promise<CheckStep> {
  const name = 'Rows';
  const of = rowTableOf(settings);
  const [watermark, ...keys] = requireColumns(await columnsOf(client, of.table), of.table, [of.watermark, ...of.key]);
  timestampOf(watermark!, of.watermark);
  const nullable = of.key.filter((_, n) => !keys[n]!.notNull);
  if (nullable.length > 0 || !(await isUnique(client, of.table, of.key)))
    return {
      name,
      ok: false,
      detail: `${of.key.join(', ')} is no key of ${of.table}: rows with the same watermark and the same values would be passed by.`,
      remedy: 'Name the columns of a unique index, none of which may be null.',
    };
  const at = `t.${quoted(of.watermark)}`;
  const { rows } = await client.query<{ never: string }>(
    `select count(*)::text as never from (select 1 from ${quotedTable(of.table)} t where ${at} is null or not isfinite(${at}) or ${at} < '0001-01-01' limit 1000) never`,
  );
  const never = Number(rows[0]!.never);
  return never > 0
    ? { name, ok: false, detail: `${never === 1000 ? 'At least 1000' : never} rows of ${of.table} have no watermark, or one that is no time. They are never read.`, remedy: `Fill in ${of.watermark} and make it not null.` }
    : { name, ok: true, detail: `${of.table} by ${of.watermark} and ${of.key.join(', ')}, ${lagSecondsOf(settings)} seconds behind the server’s clock.` };
} // prettier-ignore

async function lookAtOutbox(client: pg.Client, table: string): Promise<CheckStep> {
  const name = `Outbox ${table}`;
  await requireOutbox(client, table);
  const { rows } = await client.query<{ ahead: string }>(
    `select count(*)::text as ahead from (select 1 from ${quotedTable(table)} where xid >= pg_snapshot_xmax(pg_current_snapshot()) limit 1000) ahead`,
  );
  const ahead = Number(rows[0]!.ahead);
  return ahead > 0
    ? { name, ok: false, detail: `${ahead === 1000 ? 'At least 1000' : ahead} rows carry a transaction that this server has not reached: they were made on another one. They are not read.`, remedy: 'Give the rows that are still to be read a transaction of this server: update … set xid = pg_current_xact_id().' }
    : { name, ok: true, detail: 'The table has the columns of an outbox.' };
} // prettier-ignore

async function lookAtTarget(client: pg.Client, { settings }: ConnectorContext): Promise<CheckStep> {
  const name = 'Table to write to';
  const of = targetOf(settings);
  const columns = await columnsOf(client, of.table);
  const row = Object.fromEntries([...of.key, of.version].map((column) => [column, null]));
  requireColumns(columns, of.table, Object.keys(row));
  if (!(await isUnique(client, of.table, of.key)))
    return { name, ok: false, detail: `No unique index of ${of.table} has exactly ${of.key.join(', ')}.`, remedy: 'Make one: a row is written over by it.' };
  // Planned and not run: it needs the rights that the statement needs.
  await client.query(`explain ${statement(of, row, columns).sql}`, Object.keys(row).map(() => null));
  return { name, ok: true, detail: `${of.table} by ${of.key.join(', ')}; the newest ${of.version} counts.` };
} // prettier-ignore
