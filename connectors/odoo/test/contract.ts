import { openApiContract, type DoubleRequest } from '@waybill/sdk/double';

/**
 * What Odoo 19 says of the calls that this connector makes, and nothing else. Written by hand, for Odoo publishes no contract file. Sources: "External
 * JSON-2 API" of its documentation (address, headers, `ids`, `context`, named arguments), `addons/rpc/controllers/json2.py` (arguments that a method does not
 * know are refused), and the fields of `addons/account/models` (`account_move.py`, `account_move_line.py`, `account_payment.py`, `account_tax.py`,
 * `account_account.py`, `account_journal.py`, `company.py`), `addons/account/wizard/account_payment_register.py` and `odoo/addons/base/models`
 * (`res_partner.py`, `res_currency.py`, `res_country.py`) at github.com/odoo/odoo.
 */
const id = { type: 'integer', minimum: 1 };
const amount = { type: 'number' };
const day = { type: 'string', format: 'date' };
const text = { type: 'string', minLength: 1, maxLength: 2_200 };
const closed = (required: string[], properties: object) => ({ type: 'object', required, properties, additionalProperties: false });
const command = (operation: 0 | 1, values: object) => ({
  type: 'array',
  minItems: 3,
  maxItems: 3,
  items: [{ const: operation }, operation === 0 ? { const: 0 } : id, values],
});

/** Fields that may be read or asked for, by model. */
const fields: Record<string, readonly string[]> = {
  'res.company': ['id', 'name', 'currency_id', 'user_fiscalyear_lock_date', 'user_hard_lock_date', 'user_tax_lock_date', 'user_sale_lock_date'],
  'res.partner': ['id', 'name', 'ref', 'active', 'parent_id', 'company_id'],
  'res.currency': ['id', 'name', 'active', 'decimal_places'],
  'res.country': ['id', 'code'],
  'account.account': ['id', 'code', 'name', 'active', 'company_ids'],
  'account.tax': ['id', 'name', 'active', 'amount', 'type_tax_use', 'company_id'],
  'account.journal': ['id', 'code', 'name', 'type', 'active', 'company_id'],
  'product.product': ['id', 'default_code', 'name', 'active', 'company_id'],
  'account.move': [
    'id', 'name', 'ref', 'invoice_origin', 'move_type', 'state', 'posted_before', 'payment_state', 'partner_id', 'currency_id', 'invoice_date', 'date',
    'amount_untaxed', 'amount_tax', 'amount_total', 'amount_residual', 'company_id',
  ],
  'account.move.line': ['id', 'move_id', 'display_type', 'tax_line_id', 'amount_currency'],
  'account.payment': ['id', 'name', 'memo', 'state', 'payment_type', 'partner_type', 'partner_id', 'amount', 'currency_id', 'date', 'company_id'],
}; // prettier-ignore

const reading = (names: readonly string[]) =>
  closed(['domain', 'fields', 'limit', 'order'], {
    domain: {
      type: 'array',
      items: {
        anyOf: [
          { enum: ['|', '&', '!'] },
          { type: 'array', minItems: 3, maxItems: 3, items: [{ enum: names }, { enum: ['=', '!=', '>', '>=', '<', '<=', 'in', 'not in', '=like'] }, {}] },
        ],
      },
    },
    fields: { type: 'array', minItems: 1, items: { enum: names } },
    limit: { type: 'integer', minimum: 1, maximum: 1_000 },
    order: { const: 'id' },
  }); // prettier-ignore

const saleLine = closed(['name', 'quantity', 'price_unit', 'account_id', 'tax_ids'], {
  name: text,
  quantity: amount,
  price_unit: amount,
  account_id: id,
  product_id: id,
  tax_ids: { type: 'array', minItems: 1, maxItems: 1, items: { type: 'array', minItems: 3, maxItems: 3, items: [{ const: 6 }, { const: 0 }, { type: 'array', items: id }] } },
}); // prettier-ignore
const entryLine = closed(['account_id', 'debit', 'credit'], { account_id: id, partner_id: id, name: text, debit: amount, credit: amount });
const sale = closed(['move_type', 'company_id', 'partner_id', 'journal_id', 'currency_id', 'ref', 'invoice_origin', 'invoice_date', 'date', 'invoice_line_ids'], {
  move_type: { enum: ['out_invoice', 'out_refund'] },
  company_id: id,
  partner_id: id,
  journal_id: id,
  currency_id: id,
  ref: text,
  invoice_origin: text,
  invoice_date: day,
  date: day,
  invoice_date_due: day,
  invoice_payment_term_id: { const: false },
  narration: text,
  reversed_entry_id: id,
  invoice_line_ids: { type: 'array', minItems: 1, items: command(0, saleLine) },
}); // prettier-ignore
const entry = closed(['move_type', 'company_id', 'journal_id', 'ref', 'date', 'line_ids'], {
  move_type: { const: 'entry' },
  company_id: id,
  journal_id: id,
  ref: text,
  date: day,
  line_ids: { type: 'array', minItems: 2, items: command(0, entryLine) },
});
const partner = {
  name: text, ref: text, email: text, phone: text, vat: text, street: text, street2: text, city: text, zip: text, country_id: id, company_id: id,
  active: { type: 'boolean' }, is_company: { type: 'boolean' },
}; // prettier-ignore
const form = closed(['journal_id', 'amount', 'currency_id', 'payment_date', 'communication', 'payment_difference_handling'], {
  journal_id: id,
  amount,
  currency_id: id,
  payment_date: day,
  communication: text,
  payment_difference_handling: { enum: ['open', 'reconcile'] },
});
const payment = closed(['payment_type', 'partner_type', 'partner_id', 'amount', 'currency_id', 'date', 'journal_id', 'memo'], {
  payment_type: { enum: ['inbound', 'outbound'] },
  partner_type: { enum: ['customer', 'supplier'] },
  partner_id: id,
  amount,
  currency_id: id,
  date: day,
  journal_id: id,
  memo: text,
});
const making = (one: object) => closed(['vals_list'], { vals_list: { type: 'array', minItems: 1, maxItems: 1, items: one } });
const nothing = closed([], {});

/** Arguments by model and method; `of` says whether the method is called on records. */
const methods: Record<string, { args: object; of: boolean }> = {
  ...Object.fromEntries(Object.entries(fields).map(([model, names]) => [`${model}/search_read`, { args: reading(names), of: false }])),
  'account.move/create': { args: making({ anyOf: [sale, entry] }), of: false },
  'account.move/write': {
    args: closed(['vals'], { vals: closed(['line_ids'], { line_ids: { type: 'array', minItems: 1, items: command(1, closed(['amount_currency'], { amount_currency: amount })) } }) }),
    of: true,
  },
  ...Object.fromEntries(['account.move/unlink', 'account.move/action_post', 'account.move/button_cancel', 'account.payment/unlink', 'account.payment/action_post', 'account.payment/action_cancel', 'account.payment.register/action_create_payments'].map((name) => [name, { args: nothing, of: true }])),
  'account.payment.register/create': { args: making(form), of: false },
  'account.payment/create': { args: making(payment), of: false },
  'res.partner/create': { args: making(closed(['name', 'ref'], partner)), of: false },
  'res.partner/write': { args: closed(['vals'], { vals: closed(['name'], partner) }), of: true },
}; // prettier-ignore

const context = closed(['lang'], {
  lang: { const: 'en_US' },
  allowed_company_ids: { type: 'array', minItems: 1, maxItems: 1, items: id },
  active_test: { const: false },
  active_model: { const: 'account.move' },
  active_ids: { type: 'array', minItems: 1, items: id },
});

const paths = Object.fromEntries(
  Object.entries(methods).map(([name, { args, of }]) => {
    const { required, properties } = args as { required: string[]; properties: object };
    const schema = closed([...required, 'context', ...(of ? ['ids'] : [])], {
      ...properties,
      context,
      ...(of ? { ids: { type: 'array', minItems: 1, items: id } } : {}),
    });
    return [`/json/2/${name}`, { post: { requestBody: { required: true, content: { 'application/json': { schema } } } } }];
  }),
);

const check = openApiContract({ openapi: '3.0.3', paths });

/** The schema, and what a schema does not say: the key as a bearer, and the database where a server has several. */
export const contractOf =
  (database: string) =>
  (request: DoubleRequest): string[] => [
    ...check(request),
    ...(/^bearer \S+$/.test(request.headers['authorization'] ?? '') ? [] : ['the API key is missing']),
    ...(request.headers['x-odoo-database'] === database ? [] : ['the database is missing']),
    ...(Object.keys(request.query).length === 0 ? [] : ['the address takes no query']),
  ];
