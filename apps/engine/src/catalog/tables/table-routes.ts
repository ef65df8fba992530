/** Tables and their rows. */
import { Type } from '@sinclair/typebox';
import { Day, Maybe, Page, ProblemItem, Text } from '../../platform/http/fields.js';
import { defineRoutes } from '../../platform/http/route.js';
import { NameParam } from '../fields.js';
import { RowInput, Table, TableRow } from './fields.js';

export const tableRoutes = defineRoutes({
  listTables: { method: 'GET', path: '/v1/tables', summary: 'Tables', permission: 'table.read', response: Page(Table) },
  getTable: {
    method: 'GET',
    path: '/v1/tables/{name}',
    summary: 'One table',
    permission: 'table.read',
    params: NameParam,
    response: Table,
  },
  putTable: {
    method: 'PUT',
    path: '/v1/tables/{name}',
    summary: 'Make a table or change its columns; rows stay. May bring its first rows',
    permission: 'table.write',
    params: NameParam,
    body: Type.Object(
      {
        title: Type.String({ minLength: 1, maxLength: 200 }),
        description: Type.Optional(Text('What it is for', 1000)),
        key: Type.Array(Type.String({ pattern: '^[a-z][A-Za-z0-9]*$', maxLength: 60 }), { minItems: 1, maxItems: 8 }),
        columns: Type.Array(
          Type.Object({
            name: Type.String({ pattern: '^[a-z][A-Za-z0-9]*$', maxLength: 60 }),
            type: Type.Union(['text', 'decimal', 'date', 'boolean'].map((t) => Type.Literal(t))),
            required: Type.Optional(Type.Boolean()),
            description: Type.Optional(Text('Meaning', 300)),
          }),
          { minItems: 1, maxItems: 40 },
        ),
        governed: Type.Optional(Type.Boolean()),
        rows: Type.Optional(Type.Array(RowInput, { maxItems: 10_000 })),
      },
      { additionalProperties: false },
    ),
    response: Table,
  },
  getTableSnapshot: {
    method: 'GET',
    path: '/v1/tables/{name}/snapshot',
    summary: 'The rows that a mapping sees: of the version as it is, of every day. None where there are more than 5,000',
    permission: 'table.read',
    params: NameParam,
    response: Type.Object({
      name: Type.String(),
      version: Type.Integer(),
      key: Type.Array(Type.String()),
      rows: Type.Array(
        Type.Object({
          key: Type.Record(Type.String(), Type.String()),
          values: Type.Record(Type.String(), Maybe(Type.String())),
          validFrom: Maybe(Day('First day')),
          validTo: Maybe(Day('Last day')),
        }),
      ),
      more: Type.Boolean({ description: 'There are more than 5,000 rows, so none is told' }),
    }),
  },
  listTableRows: {
    method: 'GET',
    path: '/v1/tables/{name}/rows',
    summary: 'Rows valid on a day, or all with their history',
    permission: 'table.read',
    params: NameParam,
    query: Type.Object({
      asOf: Type.Optional(Day('Default today')),
      history: Type.Optional(Type.Boolean({ description: 'Also ended rows, and those that later versions no longer have' })),
      everyDay: Type.Optional(Type.Boolean({ description: 'Rows of this version whatever their days, ended and coming ones too' })),
      q: Type.Optional(Type.String({ maxLength: 200 })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 200 })),
      cursor: Type.Optional(Type.String({ maxLength: 400 })),
    }),
    response: Page(TableRow),
  },
  changeTableRows: {
    method: 'POST',
    path: '/v1/tables/{name}/rows',
    summary: 'Write rows. An older row of the same key ends the day before the new one begins; nothing is overwritten',
    permission: 'table.write',
    params: NameParam,
    body: Type.Object(
      {
        put: Type.Optional(Type.Array(RowInput, { maxItems: 10_000 })),
        end: Type.Optional(
          Type.Array(
            Type.Object({ key: Type.Record(Type.String(), Type.String()), validTo: Day('Its last day') }, { additionalProperties: false }),
            { maxItems: 1000 },
          ),
        ),
        reason: Type.Optional(Text('Why', 500)),
      },
      { additionalProperties: false },
    ),
    response: Type.Object({
      version: Type.Integer(),
      added: Type.Integer(),
      ended: Type.Integer(),
      unchanged: Type.Integer(),
      mayClear: Type.Integer({ description: 'Open exceptions that name this table and these keys' }),
    }),
  },
  importTableRows: {
    method: 'PUT',
    path: '/v1/tables/{name}/rows',
    summary: 'Write rows from CSV: a header of key columns, value columns, validFrom, validTo',
    permission: 'table.write',
    params: NameParam,
    query: Type.Object({ dryRun: Type.Optional(Type.Boolean({ description: 'Only tell what would change' })) }),
    textBody: ['text/csv'],
    response: Type.Object({
      version: Type.Integer(),
      added: Type.Integer(),
      ended: Type.Integer(),
      unchanged: Type.Integer(),
      problems: Type.Array(ProblemItem),
    }),
  },
});
