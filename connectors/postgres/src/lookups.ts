import { readExact, rejected, isJsonObject, type JsonObject, type Lookup } from '@waybill/sdk';
import { withClient } from './client.js';
import { readFailure } from './failures.js';
import { quoted, quotedTable } from './names.js';

const part = '[A-Za-z_][A-Za-z0-9_$]{0,62}';

export const lookups = {
  row: {
    title: 'Row',
    summary: 'The one row of a table in which these columns have these values. null for none; two rows are an error.',
    by: {
      type: 'object',
      additionalProperties: false,
      required: ['table', 'where'],
      properties: {
        table: { type: 'string', pattern: `^${part}\\.${part}$`, description: 'schema.table' },
        where: {
          type: 'object',
          minProperties: 1,
          maxProperties: 5,
          propertyNames: { pattern: `^${part}$` },
          additionalProperties: { type: 'string', maxLength: 500 },
          description: 'Column and value, as text',
        },
      },
    },
    async run(context, by) {
      const [table, where] = [String(by['table']), by['where'] as JsonObject];
      const names = Object.keys(where);
      const conditions = names.map((name, n) => `t.${quoted(name)} = $${n + 1}`).join(' and ');
      const sql = `select row_to_json(t)::text as row from ${quotedTable(table)} t where ${conditions} limit 2`;
      const rows = await withClient(context, async (client) => {
        const found = await client.query<{ row: string }>(sql, names.map((name) => String(where[name])));
        return found.rows;
      }).catch((error: unknown) => {
        throw readFailure(error, { what: `look a row of ${table} up`, settings: context.settings });
      });
      if (rows.length > 1)
        throw rejected({ code: 'several-rows', category: 'master-data', message: `More than one row of ${table} has these values of ${names.join(', ')}.`, remedy: 'Ask by a key.' });
      const row = rows[0] ? readExact(rows[0].row) : null;
      return isJsonObject(row) ? row : null;
    },
  },
} satisfies Record<string, Lookup>; // prettier-ignore
