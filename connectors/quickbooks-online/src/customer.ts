import { isConnectorFailure, type ConnectorContext, type JsonObject, type Operation, type Receipt, type SendRequest } from '@waybill/sdk';
import { query, quoted, write } from './api.js';
import { customerOf } from './documents.js';
import { customerInput } from './schemas.js';

/** Also those that finance made inactive: they are written and stay inactive. */
async function named(context: ConnectorContext, displayName: string): Promise<JsonObject | undefined> {
  const rows = await query(context, 'Customer', ` where DisplayName = ${quoted(displayName)} and Active in (true, false)`);
  return rows[0];
}

/** Only what is given is written over; a record that somebody else changed at the same moment is refused (5010) and tried again. */
async function change(context: ConnectorContext, { document }: SendRequest, { Id, SyncToken }: JsonObject): Promise<JsonObject> {
  const displayName = String(document['displayName']);
  return write(context, 'Customer', {
    body: { ...customerOf(document), Id, SyncToken, sparse: true },
    requestId: `${String(Id)}-${String(SyncToken)}-${hashOf(document)}`,
    what: `change the customer ${displayName}`,
    about: `customer ${displayName}`,
  });
}

/** The same change of the same state again may be replayed; another change must not be. Short: an id takes 50 characters. */
function hashOf(document: JsonObject): string {
  let hash = 0;
  for (const unit of JSON.stringify(document)) hash = (Math.imul(hash, 31) + unit.codePointAt(0)!) | 0;
  return (hash >>> 0).toString(36);
}

async function send(context: ConnectorContext, request: SendRequest): Promise<Receipt> {
  const { document, key } = request;
  const displayName = String(document['displayName']);
  const known = await named(context, displayName);
  if (known) return receiptOf(await change(context, request, known));
  const currency = document['currency'];
  try {
    const made = await write(context, 'Customer', {
      body: { ...customerOf(document), Notes: `Waybill ${key}`, CurrencyRef: currency === undefined ? undefined : { value: currency } },
      requestId: `${key}-${hashOf(document)}`,
      what: `make the customer ${displayName}`,
      about: `customer ${displayName}`,
    });
    return receiptOf(made);
  } catch (error) {
    if (!isConnectorFailure(error) || error.facts.code !== '6240') throw error;
    const madeMeanwhile = await named(context, displayName);
    if (!madeMeanwhile) throw error; // a vendor or an employee has the name
    return receiptOf(await change(context, request, madeMeanwhile));
  }
}

const receiptOf = ({ Id, DisplayName, Active, SyncToken }: JsonObject): Receipt => ({
  documentId: String(Id),
  documentNumber: String(DisplayName),
  url: `https://app.qbo.intuit.com/app/customerdetail?nameId=${encodeURIComponent(String(Id))}`,
  details: { active: Active ?? null, syncToken: SyncToken ?? null },
});

export const customer = {
  title: 'Customer',
  summary: 'Makes a customer or changes it, by its display name. One that finance made inactive stays inactive.',
  kind: 'operational',
  document: 'customer',
  effects: ['create'],
  input: customerInput,
  writes: 'upsert',
  idempotency: { mode: 'unique-external-id' },
  maxUpstreamSeconds: 120,
  send,
} satisfies Operation;
