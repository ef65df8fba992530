/** What NetSuite keeps, as its double keeps it. Ids are text, as REST shows them. */
export interface MasterRow {
  id: string;
  code: string;
  externalId?: string;
  inactive: boolean;
  extra?: string;
}

export type MasterTable =
  'customer' | 'item' | 'account' | 'currency' | 'salestaxitem' | 'department' | 'classification' | 'location' | 'subsidiary';

export interface StoredRecord {
  id: string;
  kind: string;
  externalId?: string;
  /** The body as it was sent. */
  sent: Record<string, unknown>;
  tranId: string;
  /** In cents, so that the double adds without floats. */
  totalCents: bigint;
  taxCents: bigint;
  openCents: bigint;
  entity?: string;
  changedAt: string;
}

export interface Books {
  master: Record<MasterTable, MasterRow[]>;
  /** Months by name, `2026-11`; true is closed. */
  closed: Set<string>;
  records: Map<string, StoredRecord>;
  /** Tokens that were given and are still good. */
  tokens: Set<string>;
  nextId: number;
  /** The next write of a record is refused with this, once. */
  refuse?: { status: number; code: string; detail: string } | undefined;
  now: () => Date;
  publicKey: string;
}

const row = (id: string, code: string, more: Partial<MasterRow> = {}): MasterRow => ({ id, code, inactive: false, ...more });

export function openBooks(publicKey: string, now: () => Date): Books {
  return {
    master: {
      customer: [row('101', 'CUST-1001'), row('102', 'CUST-1002'), row('199', 'CUST-1999', { inactive: true })],
      item: [
        row('11', 'PRO-PLAN'),
        row('12', 'API-CALLS'),
        row('13', 'SALES-TAX'),
        row('14', 'BAD-DEBT'),
        row('19', 'OLD-PLAN', { inactive: true }),
      ],
      account: [row('41', '4010'), row('42', '2400'), row('43', '1060'), row('44', '1100')],
      currency: [row('1', 'USD'), row('2', 'EUR')],
      salestaxitem: [row('71', 'CA-9.5', { extra: '13' })],
      department: [row('5', 'Sales')],
      classification: [row('6', 'SaaS')],
      location: [row('7', 'Oakland')],
      subsidiary: [row('3', 'Acme US Inc', { extra: 'USD' })],
    },
    closed: new Set(['2025-12']),
    records: new Map(),
    tokens: new Set(),
    nextId: 5000,
    now,
    publicKey,
  };
}

/** `12.5` as cents; JSON numbers come back out of their text, so the double reads the request's text and no float. */
export function cents(value: unknown): bigint {
  const found = /^(-?)(\d+)(?:\.(\d{0,2})0*)?$/.exec(String(value ?? '0'));
  if (!found) throw new Error(`the double takes two decimals, not ${String(value)}`);
  const whole = BigInt(`${found[2]}${(found[3] ?? '').padEnd(2, '0')}`);
  return found[1] === '-' ? -whole : whole;
}

export function decimal(value: bigint): string {
  const text = (value < 0n ? -value : value).toString().padStart(3, '0');
  return `${value < 0n ? '-' : ''}${text.slice(0, -2)}.${text.slice(-2)}`;
}
