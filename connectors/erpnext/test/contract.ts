import { openApiContract, type DoubleRequest } from '@waybill/sdk/double';

/**
 * What ERPNext 15 and 16 say of the requests that this connector makes, and nothing else. Written by hand, for Frappe publishes no contract file. Sources:
 * the REST code and documentation of Frappe (`frappe/api/v1.py`, docs.frappe.io, "REST API": list parameters, POST, PUT, DELETE, token authentication), and the
 * forms (`*.json`) of `erpnext/accounts/doctype` (Sales Invoice, Sales Invoice Item, Sales Taxes and Charges, Payment Entry, Payment Entry Reference, Journal
 * Entry, Journal Entry Account, Account, Accounting Period, Fiscal Year) and of `erpnext/selling/doctype/customer` at github.com/frappe/erpnext. Frappe
 * ignores a field that a form does not have; here it is a breach, so that nothing is lost unseen.
 */
const amount = { type: 'number' };
const day = { type: 'string', format: 'date' };
const text = (maxLength = 140) => ({ type: 'string', minLength: 1, maxLength });
const on = { enum: [0, 1] };
const closed = (required: string[], properties: object) => ({ type: 'object', required, properties, additionalProperties: false });
const list = (items: object, minItems = 1) => ({ type: 'array', minItems, items });

export const keyField = 'custom_waybill_key';
export const numberField = 'custom_waybill_number';

const item = closed(['item_name', 'description', 'qty', 'rate', 'uom', 'conversion_factor', 'income_account'], {
  item_code: text(),
  item_name: text(),
  description: text(2_200),
  qty: amount,
  rate: amount,
  uom: text(),
  conversion_factor: amount,
  income_account: text(),
  cost_center: text(),
});
const tax = closed(['charge_type', 'account_head', 'description', 'tax_amount'], {
  charge_type: { enum: ['Actual', 'On Net Total', 'On Previous Row Amount', 'On Previous Row Total', 'On Item Quantity'] },
  account_head: text(),
  description: text(2_200),
  tax_amount: amount,
});
const sale = {
  company: text(), customer: text(), currency: { type: 'string', pattern: '^[A-Z]{3}$' }, posting_date: day, set_posting_time: on, due_date: day,
  disable_rounded_total: on, ignore_pricing_rule: on, remarks: text(2_200), is_return: on, return_against: text(), update_outstanding_for_self: on,
  conversion_rate: amount, items: list(item), taxes: list(tax, 0), [keyField]: text(), [numberField]: text(),
}; // prettier-ignore
const reference = closed(['reference_doctype', 'reference_name', 'allocated_amount'], {
  reference_doctype: { enum: ['Sales Invoice', 'Journal Entry'] },
  reference_name: text(),
  allocated_amount: amount,
});
const payment = {
  payment_type: { enum: ['Receive', 'Pay', 'Internal Transfer'] }, company: text(), posting_date: day, party_type: { enum: ['Customer'] }, party: text(),
  paid_from: text(), paid_to: text(), paid_from_account_currency: text(), paid_to_account_currency: text(), paid_amount: amount, received_amount: amount,
  source_exchange_rate: amount, target_exchange_rate: amount, reference_no: text(), reference_date: day, references: list(reference), [keyField]: text(),
}; // prettier-ignore
const entryLine = closed(['account', 'debit_in_account_currency', 'credit_in_account_currency'], {
  account: text(),
  debit_in_account_currency: amount,
  credit_in_account_currency: amount,
  party_type: { enum: ['Customer'] },
  party: text(),
  user_remark: text(2_200),
  cost_center: text(),
});
const entry = {
  voucher_type: { enum: ['Journal Entry'] }, company: text(), posting_date: day, user_remark: text(2_200), accounts: list(entryLine, 2), [keyField]: text(),
}; // prettier-ignore
const customer = {
  customer_type: { enum: ['Company', 'Individual', 'Partnership'] }, customer_name: text(), tax_id: text(), default_currency: text(), customer_group: text(),
  territory: text(), disabled: on, [keyField]: text(),
}; // prettier-ignore

/** Forms that are written to: what they hold, and what a new document needs. */
const forms: Record<string, { properties: object; needs: string[]; submits: boolean }> = {
  'Sales Invoice': { properties: sale, needs: ['company', 'customer', 'posting_date', 'due_date', 'items'], submits: true },
  'Payment Entry': {
    properties: payment,
    needs: ['payment_type', 'company', 'posting_date', 'paid_from', 'paid_to', 'paid_amount', 'received_amount'],
    submits: true,
  },
  'Journal Entry': { properties: entry, needs: ['voucher_type', 'company', 'posting_date', 'accounts'], submits: true },
  Customer: { properties: customer, needs: ['customer_name', 'customer_group', 'territory'], submits: false },
};

/** Fields that may be read or asked for, beside those that are written. */
const reads: Record<string, readonly string[]> = {
  'Sales Invoice': ['party_account_currency', 'debit_to', 'net_total', 'total_taxes_and_charges', 'grand_total', 'base_grand_total', 'outstanding_amount'],
  'Payment Entry': [],
  'Journal Entry': ['total_debit'],
  Customer: [],
  Company: ['default_currency', 'default_receivable_account'],
  Account: ['account_number', 'company', 'disabled', 'account_currency', 'account_type', 'tax_rate', 'is_group'],
  Item: ['item_code', 'item_name', 'disabled'],
  Currency: ['enabled'],
  'Fiscal Year': ['year_start_date', 'year_end_date', 'disabled'],
  'Accounting Period': ['company', 'start_date', 'end_date'],
  'Accounts Settings': [],
  'Custom Field': ['dt', 'fieldname', 'unique', 'no_copy'],
}; // prettier-ignore
const always = ['name', 'docstatus', 'amended_from', 'creation', 'modified'];
const fieldsOf = (type: string): readonly string[] => [...always, ...(reads[type] ?? []), ...Object.keys(forms[type]?.properties ?? {})];

const body = (schema: object) => ({ requestBody: { required: true, content: { 'application/json': { schema } } } });
const json = { type: 'string', minLength: 2, maxLength: 60_000 };
const listing = ['fields', 'filters', 'or_filters'].map((name) => ({ name, in: 'query', schema: json }));
const paging = [
  { name: 'order_by', in: 'query', required: true, schema: { const: 'name asc' } },
  { name: 'limit_page_length', in: 'query', required: true, schema: { type: 'integer', minimum: 1, maximum: 1_000 } },
];

const paths = Object.fromEntries(
  Object.keys(reads).flatMap((type): [string, object][] => {
    const path = `/api/resource/${encodeURIComponent(type)}`;
    const form = forms[type];
    const one = { name: 'name', in: 'path', required: true, schema: text() };
    const submitted = form?.submits ? { docstatus: { enum: [1, 2] } } : {};
    return [
      [path, { get: { parameters: [...listing, ...paging] }, ...(form ? { post: body(closed(form.needs, form.properties)) } : {}) }],
      [
        `${path}/{name}`,
        {
          get: { parameters: [one] },
          ...(form
            ? { put: { parameters: [one], ...body(closed([], { ...form.properties, ...submitted })) }, delete: { parameters: [one] } }
            : {}),
        },
      ],
    ];
  }),
);

const check = openApiContract({ openapi: '3.0.3', paths });
const operators = ['=', '!=', '>', '>=', '<', '<=', 'in', 'not in', 'like', 'is'];

/** `fields` and `filters` are JSON inside the address: names of the form, and triples of name, operator and value. */
function listProblems({ path, query }: DoubleRequest): string[] {
  const names = fieldsOf(decodeURIComponent(path.split('/')[3] ?? ''));
  const parsed = (name: string): unknown[] => {
    try {
      const value: unknown = JSON.parse(query[name] ?? '[]');
      return Array.isArray(value) ? value : [`${name} is no list`];
    } catch {
      return [`${name} is no JSON`];
    }
  };
  const filters = [...parsed('filters'), ...parsed('or_filters')].flatMap((one): string[] => {
    const [field, operator, value, ...rest] = Array.isArray(one) ? (one as unknown[]) : [];
    const fits = names.includes(String(field)) && operators.includes(String(operator)) && value !== undefined && rest.length === 0;
    return fits ? [] : [`the filter ${JSON.stringify(one)} is not known`];
  });
  return [...parsed('fields').filter((field) => !names.includes(String(field))).map((field) => `the field ${String(field)} is not known`), ...filters]; // prettier-ignore
}

const parameters = ['fields', 'filters', 'or_filters', 'order_by', 'limit_page_length'];

/** The schema, and what a schema does not say: the lists inside the address, no other parameter, and key and secret. */
export const contractOf =
  (authorization: string) =>
  (request: DoubleRequest): string[] => [
    ...check(request),
    ...(request.method === 'GET' ? listProblems(request) : []),
    ...Object.keys(request.query).filter((name) => !parameters.includes(name)).map((name) => `the query parameter ${name} is not known`),
    ...(/^token \S+:\S+$/.test(request.headers['authorization'] ?? '') ? [] : [`${authorization} is missing`]),
  ]; // prettier-ignore
