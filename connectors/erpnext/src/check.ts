import { isConnectorFailure, misconfigured, type CheckStep, type ConnectorContext } from '@waybill/sdk';
import { isOn, list, type DocType } from './api.js';
import { companyOf, type Company } from './master-data.js';
import { keyFieldOf, numberFieldOf } from './vouchers.js';

const rights: readonly DocType[] = ['Sales Invoice', 'Payment Entry', 'Journal Entry', 'Customer', 'Account'];
/** Kinds of documents that carry our key. */
const keyed: readonly DocType[] = ['Sales Invoice', 'Payment Entry', 'Journal Entry', 'Customer'];

/** Without a unique key field nothing in ERPNext would refuse a second document. */
async function customFields(context: ConnectorContext): Promise<string> {
  const [key, number] = [keyFieldOf(context), numberFieldOf(context)];
  const rows = await list(context, 'Custom Field', {
    fields: ['name', 'dt', 'fieldname', 'unique', 'no_copy'],
    filters: [
      ['dt', 'in', keyed],
      ['fieldname', 'in', [key, number]],
    ],
    limit: 20,
  });
  const has = (type: DocType, name: string) => rows.find((row) => row['dt'] === type && row['fieldname'] === name);
  const missing = [
    ...keyed.filter((type) => !has(type, key)).map((type) => `${key} of ${type} is not there`),
    ...keyed.filter((type) => has(type, key) && !isOn(has(type, key)!['unique'])).map((type) => `${key} of ${type} is not unique`),
    ...keyed
      .filter((type) => has(type, key) && !isOn(has(type, key)!['no_copy']))
      .map((type) => `${key} of ${type} is copied to amendments`),
    ...(has('Sales Invoice', number) ? [] : [`${number} of Sales Invoice is not there`]),
  ];
  if (missing.length === 0) return 'All are there; the key is unique and not copied.';
  throw misconfigured({
    code: 'custom-fields',
    message: `${missing.join('; ')}.`,
    remedy: 'Make the custom fields as the connector’s page says.',
  });
}

/** Reach, sign in and company; rights; custom fields. Later steps are not tried when nothing answers. */
export async function check(context: ConnectorContext): Promise<CheckStep[]> {
  const steps: CheckStep[] = [];
  const step = async <T>(
    name: string,
    body: () => Promise<T>,
    of: { says: (value: T) => string; remedy: string },
  ): Promise<T | undefined> => {
    try {
      const value = await body();
      steps.push({ name, ok: true, detail: of.says(value) });
      return value;
    } catch (error) {
      const remedy = (isConnectorFailure(error) ? error.facts.remedy : undefined) ?? of.remedy;
      steps.push({ name, ok: false, detail: error instanceof Error ? error.message : String(error), remedy });
      return undefined;
    }
  };
  const company = await step('Reach, sign in and company', () => companyOf(context), {
    says: ({ name, currency }: Company) => `${name}, books in ${currency}.`,
    remedy: 'Check the address, the keys and the egress rules of this installation.',
  });
  if (!company) return steps;
  for (const type of rights)
    await step(`Read ${type}`, () => list(context, type, { fields: ['name'], filters: [], limit: 1 }), {
      says: () => 'The user may read it.',
      remedy: 'Give the user the roles of the connector’s page.',
    });
  await step('Custom fields', () => customFields(context), {
    says: (words) => words,
    remedy: 'Make the custom fields as the connector’s page says.',
  });
  return steps;
}
