import { rejected, type ConnectorContext, type JsonObject, type Operation, type Receipt, type SendRequest } from '@waybill/sdk';
import { write } from './api.js';
import { pathOf, receiptOf, transactionOf } from './transaction.js';

/** Committed transactions are what returns are made of. One that was adjusted since is committed under its newest version. */
const isCommitted = (found: JsonObject): boolean => found['status'] === 'Committed';

async function find(context: ConnectorContext, { document }: SendRequest): Promise<Receipt | null> {
  const [code, kind] = [String(document['code']), String(document['type'])];
  const found = await transactionOf(context, code, kind);
  return found && isCommitted(found) ? receiptOf(found, false) : null;
}

async function send(context: ConnectorContext, request: SendRequest): Promise<Receipt> {
  const [code, kind] = [String(request.document['code']), String(request.document['type'])];
  const answer = await write(
    context,
    `${pathOf(context, code)}/commit?documentType=${kind}`,
    { commit: true },
    { what: `commit the transaction ${code}` },
  );
  const receipt = receiptOf(answer, true);
  if (isCommitted(answer)) return receipt;
  throw rejected({
    code: 'not-committed',
    category: 'posting-rejection',
    message: `AvaTax left the transaction ${code} ${String(answer['status'])}.`,
    remedy: 'Look at it in AvaTax, then replay.',
  });
}

export const commit = {
  title: 'Commit',
  summary: 'Makes a recorded transaction part of the tax return.',
  kind: 'financial-posting',
  document: 'tax-commit',
  effects: ['create'],
  input: {
    type: 'object',
    additionalProperties: false,
    required: ['code', 'type'],
    properties: {
      code: { type: 'string', title: 'Code', description: 'The code that the transaction was recorded under.', minLength: 1, maxLength: 50 },
      type: { enum: ['SalesInvoice', 'ReturnInvoice'], title: 'Kind' },
    },
  },
  writes: 'once',
  idempotency: { mode: 'unique-external-id' },
  maxUpstreamSeconds: 120,
  send,
  find,
} satisfies Operation; // prettier-ignore
