import { rejected, type ConnectorContext, type JsonObject } from '@waybill/sdk';
import { literal, suiteql } from './api.js';

export type ReferenceKind = 'customer' | 'item' | 'account' | 'currency' | 'tax-code' | 'department' | 'class' | 'location' | 'invoice';

/** Where a kind of record stands in SuiteQL and by which column people call it; each can also be called by its external id. */
const tables: Record<ReferenceKind, { from: string; code: string; other?: string; inactive?: string; extra?: string; where?: string }> = {
  customer: { from: 'customer', code: 'entityid', inactive: 'isinactive' },
  item: { from: 'item', code: 'itemid', inactive: 'isinactive' },
  account: { from: 'account', code: 'acctnumber', inactive: 'isinactive' },
  currency: { from: 'currency', code: 'symbol', inactive: 'isinactive' },
  'tax-code': { from: 'salestaxitem', code: 'itemid', inactive: 'isinactive', extra: 'taxtype' },
  department: { from: 'department', code: 'name', inactive: 'isinactive' },
  class: { from: 'classification', code: 'name', inactive: 'isinactive' },
  location: { from: 'location', code: 'name', inactive: 'isinactive' },
  invoice: { from: 'transaction', code: 'tranid', other: 'otherrefnum', where: "type = 'CustInvc'" },
};

export interface Reference {
  kind: ReferenceKind;
  code: string;
  /** Where in the mapping's document, for the exception. */
  path: string;
}

export interface Wanted {
  references: readonly Reference[];
  /** The accounting date; its period is looked up. `receivable`: a period that is locked for receivables counts as closed. */
  period?: { date: string; receivable: boolean };
}

/** Internal ids by kind and code. Asking for what was not wanted, or is not there, throws. */
export interface References {
  id(kind: ReferenceKind, code: unknown): string;
  taxType(code: unknown): string;
  period: string | undefined;
}

const quoted = (codes: readonly string[]): string => codes.map(literal).join(', ');

/** One query for all that a document names: kind by kind, joined by UNION ALL. Pure. */
export function referencesQuery(wanted: Wanted): string {
  const kinds = [...new Set(wanted.references.map(({ kind }) => kind))];
  const selects = kinds.map((kind) => {
    const { from, code, other = 'externalid', inactive = "'F'", extra = 'NULL', where } = tables[kind];
    const codes = quoted([...new Set(wanted.references.filter((one) => one.kind === kind).map((one) => one.code))]);
    const fits = `(${code} IN (${codes}) OR ${other} IN (${codes}))`;
    return `SELECT '${kind}' AS kind, ${code} AS code, ${other} AS other, id, ${inactive} AS inactive, ${extra} AS extra FROM ${from} WHERE ${where === undefined ? '' : `${where} AND `}${fits}`;
  });
  if (wanted.period) {
    const day = `TO_DATE(${literal(wanted.period.date)}, 'YYYY-MM-DD')`;
    const locked = `closed = 'T' OR alllocked = 'T'${wanted.period.receivable ? " OR arlocked = 'T'" : ''}`;
    selects.push(
      `SELECT 'period' AS kind, periodname AS code, NULL AS other, id, CASE WHEN ${locked} THEN 'T' ELSE 'F' END AS inactive, NULL AS extra FROM accountingperiod WHERE isquarter = 'F' AND isyear = 'F' AND isadjust = 'F' AND startdate <= ${day} AND enddate >= ${day}`,
    );
  }
  return selects.join(' UNION ALL ');
}

const same = (value: unknown, code: string): boolean => typeof value === 'string' && value.toLowerCase() === code.toLowerCase();

/** Looks everything up before anything is written, so that what is missing, inactive or closed is told by name. */
export async function resolve(context: ConnectorContext, wanted: Wanted): Promise<References> {
  const rows = await suiteql(context, referencesQuery(wanted), { what: 'look up what the document names', limit: 1000 });
  for (const one of wanted.references) usable(rows, one);
  const period = wanted.period ? openPeriod(rows, wanted.period.date) : undefined;
  const row = (kind: ReferenceKind, code: unknown): JsonObject => {
    const of = wanted.references.find((one) => one.kind === kind && one.code === code);
    if (!of) throw new Error(`${kind} ${String(code)} was not asked for`);
    return usable(rows, of);
  };
  return { id: (kind, code) => String(row(kind, code)['id']), taxType: (code) => taxTypeOf(row('tax-code', code), code), period };
}

function usable(rows: readonly JsonObject[], { kind, code, path }: Reference): JsonObject {
  const ofKind = rows.filter((row) => row['kind'] === kind);
  const byOther = ofKind.filter((row) => same(row['other'], code));
  const fitting = byOther.length > 0 ? byOther : ofKind.filter((row) => same(row['code'], code));
  const [row, second] = fitting;
  if (row && second && second['id'] !== row['id'])
    throw missing(kind, code, path, {
      code: `${kind}-ambiguous`,
      say: 'is there more than once',
      remedy: `Give the right ${kind} the external id ${code} in NetSuite, then replay.`,
    });
  if (!row) {
    if (kind === 'invoice') throw invoiceUnknown(code, path);
    throw missing(kind, code, path, {
      code: `${kind}-unknown`,
      say: 'is not there',
      remedy: `Create the ${kind} in NetSuite or correct the table that names it, then replay.`,
    });
  }
  if (row['inactive'] === 'T')
    throw missing(kind, code, path, {
      code: `${kind}-inactive`,
      say: 'is inactive',
      remedy: `Make the ${kind} active in NetSuite, then replay.`,
    });
  return row;
}

const missing = (kind: ReferenceKind, code: string, path: string, of: { code: string; say: string; remedy: string }) =>
  rejected({
    code: of.code,
    category: 'master-data',
    message: `The ${kind} ${code} ${of.say} in NetSuite.`,
    path,
    cause: `${kind} ${code} ${of.say}`,
    remedy: of.remedy,
  });

const invoiceUnknown = (code: string, path: string) =>
  rejected({
    code: 'invoice-unknown',
    category: 'posting-rejection',
    message: `Invoice ${code} is not in NetSuite’s books.`,
    path,
    cause: `invoice ${code} not posted`,
    remedy: 'Post the invoice first, then replay.',
  });

function taxTypeOf(row: JsonObject, code: unknown): string {
  if (typeof row['extra'] === 'string') return row['extra'];
  throw rejected({
    code: 'tax-type-missing',
    category: 'master-data',
    message: `The tax code ${String(code)} has no tax type in NetSuite, so its tax cannot be posted as a SuiteTax detail.`,
    cause: `tax code ${String(code)} without tax type`,
    remedy: 'Use a tax code of SuiteTax, or set the connection to post tax as lines.',
  });
}

function openPeriod(rows: readonly JsonObject[], date: string): string {
  const [period] = rows.filter((row) => row['kind'] === 'period');
  if (period && period['inactive'] !== 'T') return String(period['id']);
  const said = period ? `The period ${String(period['code'])} is closed` : `There is no accounting period for ${date}`;
  throw rejected({
    code: period ? 'TRAN_PRD_CLOSED' : 'UNDEFINED_ACCTNG_PRD',
    category: 'posting-rejection',
    message: `${said} in NetSuite.`,
    path: '/postingDate',
    cause: period ? `period ${String(period['code'])} closed` : `no period for ${date.slice(0, 7)}`,
    remedy: 'Open the period in NetSuite, or let the policy date the document into the next open one, then replay.',
  });
}
