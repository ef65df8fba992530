import {
  amountOf,
  inDoubt,
  isConnectorFailure,
  misconfigured,
  money,
  rejected,
  retryable,
  type ConnectorContext,
  type JsonObject,
  type Operation,
  type Receipt,
  type SendRequest,
} from '@waybill/sdk';
import { read, write } from './api.js';
import { modelOf, saleProperties } from './sale.js';
import { text } from './settings.js';

export type Kind = 'SalesInvoice' | 'ReturnInvoice';

/** Signs that a path cannot carry are written so. Source: the note on every transaction call of the REST reference. */
const replaced: Record<string, string> = { '/': '_-ava2f-_', '+': '_-ava2b-_', '?': '_-ava3f-_', '%': '_-ava25-_', '#': '_-ava23-_' };
export const pathOf = (context: ConnectorContext, code: string): string => {
  const encode = (given: string) => [...given].map((sign) => replaced[sign] ?? encodeURIComponent(sign)).join('');
  return `/companies/${encode(text(context.settings, 'companyCode'))}/transactions/${encode(code)}`;
};

/** The transaction under a code, as it is now. */
export function transactionOf(context: ConnectorContext, code: string, kind: string): Promise<JsonObject | null> {
  return read(context, pathOf(context, code), `look for the transaction ${code}`, { documentType: kind, $include: 'SummaryOnly' });
}

/** What AvaTax says of a transaction. Throws when the answer is none. */
export function receiptOf(answer: JsonObject, writes: boolean): Receipt {
  const { id, code, currencyCode, totalAmount, totalTax, status } = answer;
  if (typeof id === 'string' && typeof code === 'string' && typeof totalAmount === 'string' && typeof totalTax === 'string')
    return {
      documentId: id,
      documentNumber: code,
      ...(typeof currencyCode === 'string' ? { totals: { currency: currencyCode, total: money.add(totalAmount, totalTax), tax: totalTax } } : {}),
      details: { status: typeof status === 'string' ? status : null, taxable: answer['totalTaxable'] ?? null },
    };
  const facts = { code: 'answer-no-transaction', message: 'AvaTax answered, and the answer is no transaction.', vendorWords: JSON.stringify(answer) };
  throw writes ? inDoubt(facts) : retryable(facts);
} // prettier-ignore

/** Ours is what carries our key. Another one under this code would be adjusted, that is overwritten, without a word. */
function ours(found: JsonObject, { key, document }: SendRequest): Receipt {
  if (found['referenceCode'] === key) return receiptOf(found, false);
  throw rejected({
    code: 'code-taken',
    category: 'duplicate',
    message: `A transaction ${String(document['code'])} is in AvaTax already, and it was not made by Waybill.`,
    remedy: 'Void or rename it in AvaTax, or resolve this if it is the same document.',
    path: '/code',
    cause: `transaction ${String(document['code'])}`,
  });
}

const codeOf = ({ document }: SendRequest): string => String(document['code']);

async function create(context: ConnectorContext, request: SendRequest, kind: Kind): Promise<Receipt> {
  const code = codeOf(request);
  const found = await transactionOf(context, code, kind);
  if (found) return ours(found, request);
  const { document } = request;
  const { taxAmount } = document;
  const model = {
    ...modelOf(document, { type: kind, companyCode: text(context.settings, 'companyCode') }),
    code,
    referenceCode: request.key,
    description: typeof document['description'] === 'string' ? document['description'] : undefined,
    commit: document['commit'] === true,
    taxOverride: typeof taxAmount === 'string' ? { type: 'TaxAmount', taxAmount: amountOf(taxAmount), reason: 'Tax as billed' } : undefined,
  };
  const call = { what: `record the transaction ${code}`, about: `customer ${String(document['customer'])}` };
  return receiptOf(await write(context, '/transactions/createoradjust', { createTransactionModel: model }, call), true);
}

async function voided(context: ConnectorContext, request: SendRequest, kind: Kind): Promise<Receipt> {
  const code = originalCode(request);
  try {
    const path = `${pathOf(context, code)}/void?documentType=${kind}`;
    return receiptOf(await write(context, path, { code: 'DocVoided' }, { what: `void the transaction ${code}` }), true);
  } catch (error) {
    if (!isConnectorFailure(error) || error.facts.code !== 'TransactionAlreadyCancelled') throw error;
    const found = await findVoided(context, request, kind);
    if (found) return found;
    throw error;
  }
}

async function findVoided(context: ConnectorContext, request: SendRequest, kind: Kind): Promise<Receipt | null> {
  const found = await transactionOf(context, originalCode(request), kind);
  return found?.['status'] === 'Cancelled' ? receiptOf(found, false) : null;
}

function originalCode({ original }: SendRequest): string {
  if (original?.documentNumber !== undefined) return original.documentNumber;
  throw misconfigured({ code: 'original-missing', message: 'There is no transaction to void.', remedy: 'Void the document in AvaTax, then resolve this.' });
} // prettier-ignore

export function transactions(kind: Kind, document: string, title: string): Operation {
  return {
    title,
    summary: `A ${kind} under the document’s own code, committed at once or by a flow of its own; void cancels it.`,
    kind: 'financial-posting',
    document,
    effects: ['create', 'void'],
    input: {
      type: 'object',
      additionalProperties: false,
      required: ['code', 'date', 'customer', 'currency', 'shipTo', 'lines'],
      properties: {
        code: { type: 'string', title: 'Code', description: 'The document’s number.', minLength: 1, maxLength: 50 },
        ...saleProperties,
        taxAmount: { type: 'string', title: 'Tax as billed', description: 'What the customer was billed: it is recorded instead of what AvaTax works out.', pattern: '^-?\\d{1,18}(\\.\\d{1,10})?$' },
        description: { type: 'string', title: 'Description', minLength: 1, maxLength: 2048 },
        commit: { type: 'boolean', title: 'Commit at once', default: false },
      },
    },
    writes: 'once',
    // A code is one transaction of its kind in a company; recording it again adjusts the same one.
    idempotency: { mode: 'unique-external-id' },
    maxUpstreamSeconds: 120,
    send: (context, request) => (request.effect === 'void' ? voided(context, request, kind) : create(context, request, kind)),
    find: async (context, request) => {
      if (request.effect === 'void') return findVoided(context, request, kind);
      const found = await transactionOf(context, codeOf(request), kind);
      return found && ours(found, request);
    },
  };
} // prettier-ignore
