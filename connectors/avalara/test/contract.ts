import { openApiContract, type DoubleRequest } from '@waybill/sdk/double';

/**
 * What AvaTax says of the requests that this connector makes, and nothing else. Written by hand: its OpenAPI document is not among the contracts that tests
 * read. Sources: `CreateTransactionModel`, `LineItemModel`, `AddressesModel`, `TaxOverrideModel`, `CommitTransactionModel` and `VoidTransactionModel` of
 * github.com/avadev/AvaTax-REST-V2-JS-SDK (Apache-2.0) for names and enumerations; developer.avalara.com/api-reference/avatax/rest/v2 for what is required and for lengths.
 */
const text = (maxLength: number) => ({ type: 'string', minLength: 1, maxLength });
const query = (names: Record<string, object>) => Object.entries(names).map(([name, schema]) => ({ name, in: 'query', schema }));
const path = (name: string, maxLength: number) => ({ name, in: 'path', required: true, schema: text(maxLength) });
const client = {
  name: 'X-Avalara-Client',
  in: 'header',
  required: true,
  schema: { type: 'string', pattern: '^[^;]+; [^;]+; [^;]+; [^;]+; [^;]+$' },
};
const closed = (required: string[], properties: object) => ({ type: 'object', required, properties, additionalProperties: false });
const json = (schema: object) => ({ required: true, content: { 'application/json': { schema } } });
const documentTypes = ['SalesOrder', 'SalesInvoice', 'ReturnInvoice'];

const address = closed([], { line1: text(50), line2: text(100), city: text(50), region: text(3), postalCode: text(11), country: text(2) });
const line = closed(['amount'], {
  number: text(50),
  quantity: { type: 'number' },
  amount: { type: 'number' },
  taxCode: text(25),
  itemCode: text(50),
  description: text(2096),
});
const model = closed(['lines', 'date', 'customerCode'], {
  code: text(50),
  type: { enum: documentTypes },
  companyCode: text(25),
  date: { type: 'string', format: 'date' },
  customerCode: text(50),
  currencyCode: { type: 'string', pattern: '^[A-Z]{3}$' },
  entityUseCode: text(25),
  referenceCode: text(1024),
  description: text(2048),
  commit: { type: 'boolean' },
  addresses: closed([], { shipTo: address, shipFrom: address }),
  taxOverride: closed(['type'], { type: { enum: ['TaxAmount'] }, taxAmount: { type: 'number' }, reason: text(255) }),
  lines: { type: 'array', minItems: 1, items: line },
});
const at = [path('company', 25), path('code', 50), client];

const paths: Record<string, object> = {
  '/utilities/ping': { get: { parameters: [client] } },
  '/companies': { get: { parameters: [client, ...query({ $filter: text(200) })] } },
  '/transactions/create': { post: { parameters: [client], requestBody: json(model) } },
  '/transactions/createoradjust': { post: { parameters: [client], requestBody: json(closed(['createTransactionModel'], { createTransactionModel: model })) } },
  '/companies/{company}/transactions/{code}': { get: { parameters: [...at, ...query({ documentType: { enum: documentTypes }, $include: { enum: ['SummaryOnly'] } })] } },
  '/companies/{company}/transactions/{code}/commit': { post: { parameters: [...at, ...query({ documentType: { enum: documentTypes } })], requestBody: json(closed(['commit'], { commit: { type: 'boolean' } })) } },
  '/companies/{company}/transactions/{code}/void': { post: { parameters: [...at, ...query({ documentType: { enum: documentTypes } })], requestBody: json(closed(['code'], { code: { enum: ['Unspecified', 'PostFailed', 'DocDeleted', 'DocVoided', 'AdjustmentCancelled'] } })) } },
}; // prettier-ignore

export const contract: (request: DoubleRequest) => string[] = openApiContract({ openapi: '3.0.3', paths }, { base: '/api/v2' });
