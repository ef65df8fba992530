import { rejected, type JsonSchema, type Lookup } from '@waybill/sdk';
import { literal, readBy, soql } from './api.js';

const name: JsonSchema = { type: 'string', pattern: '^[A-Za-z][A-Za-z0-9_]{0,79}$' };

/** Of the record, or of the one that it names: `Order.ContractId`. */
const path: JsonSchema = { type: 'string', pattern: '^[A-Za-z][A-Za-z0-9_]{0,79}(\\.[A-Za-z][A-Za-z0-9_]{0,79})?$' };
const value: JsonSchema = { type: 'string', title: 'Value', minLength: 1, maxLength: 255 };
/** What `FIELDS(ALL)` gives at most (soql FIELDS), one less: a whole page says nothing of what comes after it. */
const rowsMax = 199;

/** A field is a unique external id, or `Id`. */
export const lookups = {
  record: {
    title: 'Record',
    summary: 'The record of an object whose external id field, or Id, has a value; all fields that the user may see. null when there is none.',
    by: {
      type: 'object',
      additionalProperties: false,
      required: ['object', 'field', 'value'],
      properties: { object: { ...name, title: 'Object' }, field: { ...name, title: 'Field' }, value: { type: 'string', title: 'Value', minLength: 1, maxLength: 255 } },
    },
    async run(context, by) {
      return (await readBy(context, { object: String(by['object']), field: String(by['field']), value: String(by['value']) })) ?? null;
    },
  },
  rows: {
    title: 'Rows',
    summary: `All records of an object that a field, and where it is given a second one, has a value in, by Id: { rows }, at most ${rowsMax}. What belongs to a record: the products of an order.`,
    by: {
      type: 'object',
      additionalProperties: false,
      required: ['object', 'field', 'value'],
      dependentRequired: { andField: ['andValue'], andValue: ['andField'] },
      properties: {
        object: { ...name, title: 'Object' },
        field: { ...path, title: 'Field' },
        value,
        andField: { ...path, title: 'Second field' },
        andValue: { ...value, title: 'Its value' },
      },
    },
    async run(context, by) {
      const { object, field, value: wanted, andField, andValue } = by as Record<string, string>;
      const second = andField === undefined ? '' : ` AND ${andField} = ${literal(andValue!)}`;
      const of = `${object!} whose ${field!} is ${wanted!}`;
      const rows = await soql(
        context,
        `SELECT FIELDS(ALL) FROM ${object!} WHERE ${field!} = ${literal(wanted!)}${second} ORDER BY Id LIMIT ${rowsMax + 1}`,
        `read ${of}`,
      );
      if (rows.length <= rowsMax) return { rows };
      throw rejected({
        code: 'too-many-rows',
        category: 'master-data',
        message: `Salesforce holds more than ${rowsMax} ${of}.`,
        cause: `more than ${rowsMax} ${object!} of one record`,
        remedy: 'Narrow the look-up by a second field, or split the record in Salesforce; then replay.',
      });
    },
  },
} satisfies Record<string, Lookup>; // prettier-ignore
