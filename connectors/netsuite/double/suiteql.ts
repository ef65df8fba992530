import { decimal, type Books, type MasterTable } from './books.js';

type Row = Record<string, string | null>;

const literals = (text: string): string[] => [...text.matchAll(/'((?:[^']|'')*)'/g)].map(([, value]) => value!.replaceAll("''", "'"));
const tableOf: Record<string, MasterTable> = {
  customer: 'customer',
  item: 'item',
  account: 'account',
  currency: 'currency',
  salestaxitem: 'salestaxitem',
  department: 'department',
  classification: 'classification',
  location: 'location',
  subsidiary: 'subsidiary',
};

/** The queries that the connector asks, answered from the double's books; any other is NetSuite's 400. Values are text, null columns are left out. */
export function runSuiteql(q: string, books: Books, page: { limit: number; offset: number }): Row[] | undefined {
  const parts = q.startsWith('SELECT t.id, t.tranid')
    ? [transactions(q, books)]
    : q.split(' UNION ALL ').map((select) => selectOf(select, books));
  if (parts.includes(undefined)) return undefined;
  const rows = parts.flatMap((part) => part ?? []);
  return rows
    .slice(page.offset, page.offset + page.limit)
    .map((row) => Object.fromEntries(Object.entries(row).filter(([, v]) => v !== null)));
}

function selectOf(select: string, books: Books): Row[] | undefined {
  const table = /FROM (\w+)/.exec(select)?.[1] ?? '';
  const where = select.slice(select.indexOf(' WHERE ') + 1);
  if (table === 'accountingperiod') return periodOf(select, books);
  if (table === 'transaction') return invoices(select, where, books);
  const name = tableOf[table];
  if (!name) return undefined;
  const kind = /^SELECT '([\w-]+)' AS kind/.exec(select)?.[1];
  const asked = select.includes(' WHERE ') ? literals(where).map((code) => code.toLowerCase()) : undefined;
  return books.master[name]
    .filter(
      (row) => asked === undefined || asked.includes(row.code.toLowerCase()) || asked.includes((row.externalId ?? row.id).toLowerCase()),
    )
    .map((row): Row => {
      const flag = row.inactive ? 'T' : 'F';
      if (kind !== undefined)
        return { kind, code: row.code, other: row.externalId ?? null, id: row.id, inactive: flag, extra: row.extra ?? null };
      const named = {
        entityid: row.code,
        itemid: row.code,
        acctnumber: row.code,
        symbol: name === 'subsidiary' ? (row.extra ?? null) : row.code,
        name: row.code,
      };
      return { id: row.id, ...named, isinactive: flag, taxtype: row.extra ?? null, currencyprecision: '2' };
    });
}

function periodOf(select: string, books: Books): Row[] {
  const month = (/TO_DATE\('(\d{4}-\d\d)/.exec(select)?.[1] ?? '') as string;
  if (!/^202[0-9]-/.test(month)) return [];
  const closed = books.closed.has(month) ? 'T' : 'F';
  const id = month.replace('-', '');
  if (select.startsWith("SELECT 'period'")) return [{ kind: 'period', code: month, other: null, id, inactive: closed, extra: null }];
  return [{ id, periodname: month, closed, alllocked: 'F', arlocked: 'F', first: `${month}-01`, last: `${month}-28` }];
}

function invoices(select: string, where: string, books: Books): Row[] {
  const asked = new Set(literals(where));
  const all = [...books.records.values()].filter(({ kind }) => kind === 'invoice');
  if (!select.startsWith("SELECT 'invoice'")) return all.slice(0, 1).map(({ id }) => ({ id }));
  return all
    .filter((one) => asked.has(one.tranId) || asked.has(String(one.sent['otherRefNum'])))
    .map((one) => ({ kind: 'invoice', code: one.tranId, other: String(one.sent['otherRefNum']), id: one.id, inactive: 'F', extra: null }));
}

const typeOf: Record<string, string> = {
  CustInvc: 'invoice',
  CustCred: 'creditMemo',
  CustPymt: 'customerPayment',
  Journal: 'journalEntry',
};

/** The read-back: after (time, id), in that order. */
function transactions(q: string, books: Books): Row[] {
  const kind = typeOf[/t\.type = '(\w+)'/.exec(q)?.[1] ?? ''];
  const [at, id] = [/ > '([^']+)' OR/.exec(q)?.[1] ?? '', Number(/t\.id > (\d+)/.exec(q)?.[1] ?? 0)];
  const until = / < '([^']+)'/.exec(q)?.[1];
  return [...books.records.values()]
    .filter((one) => one.kind === kind && (one.changedAt > at || (one.changedAt === at && Number(one.id) > id)))
    .filter((one) => until === undefined || one.changedAt < until)
    .sort((a, b) => (a.changedAt === b.changedAt ? Number(a.id) - Number(b.id) : a.changedAt < b.changedAt ? -1 : 1))
    .map((one) => ({
      id: one.id,
      tranid: one.tranId,
      otherrefnum: one.sent['otherRefNum'] === undefined ? null : String(one.sent['otherRefNum']),
      externalid: one.externalId ?? null,
      type: q.includes('CustInvc') ? 'CustInvc' : 'CustCred',
      status: 'A',
      customer: books.master.customer.find((row) => row.id === one.entity)?.code ?? null,
      currency: 'USD',
      total: decimal(one.totalCents),
      unpaid: decimal(one.openCents),
      day: String(one.sent['tranDate']),
      period: String(one.sent['tranDate']).slice(0, 7),
      subsidiary: '3',
      changed: one.changedAt,
    }));
}
