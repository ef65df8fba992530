/** Tables: their drafts, their versions, their file, and who approves a change. */
import { Type } from '@sinclair/typebox';
import { Amount, AnyJson, Count, Day, Id, Instant, Maybe, Name, Page, pageQuery, Text } from '../../platform/http/fields.js';
import { defineRoutes } from '../../platform/http/route.js';
import { draftStates } from './drafts.js';
import { DropChange, draftChange, Table, TableDraft, TableDraftDetail, TableVersion, VersionEntry } from './fields.js';

const strict = { additionalProperties: false };
const NameParam = Type.Object({ name: Name('The table') });
const DraftParam = Type.Object({ id: Id('drf', 'The draft') });
const Reason = Type.Optional(Text('Why; stays with the version', 500));
const Revision = Type.Integer({ minimum: 1, maximum: 1_000_000_000, description: 'That you have seen; a newer one is not overwritten' });

const Sums = Type.Array(Amount, { description: 'A sum per currency' });

export const ImpactOnExceptions = Type.Object({
  matched: Count('Exceptions to do whose flows read the table and that stopped before they were sent'),
  tried: Count('Those that were tried, at most 1,000'),
  clears: Count('Those that would go on'),
  money: Sums,
  outcomes: Type.Array(Type.Object({ sentence: Type.String(), count: Type.Integer() }), { description: 'Why the others would stop again' }),
  causeKeys: Type.Array(Type.String(), { description: 'Causes of those that would go on' }),
});

export const tableDraftRoutes = defineRoutes({
  governTable: {
    method: 'PUT',
    path: '/v1/tables/{name}/approver',
    summary: 'Who approves a change of rows from now on; null for nobody. Drafts that wait for an approval go back to their authors',
    permission: 'table.govern',
    params: NameParam,
    body: Type.Object(
      {
        approver: Maybe(Type.Unsafe<'finance-approver' | 'admin'>(Type.Union(['finance-approver', 'admin'].map((r) => Type.Literal(r))))),
        reason: Type.String({ minLength: 3, maxLength: 500, pattern: '\\S' }),
      },
      strict,
    ),
    response: Table,
  },
  exportTable: {
    method: 'GET',
    path: '/v1/tables/{name}/export',
    summary: 'Rows of a day as CSV that can be imported again, in which no cell is a formula; at most 100,000. An entry of the audit log',
    permission: 'table.read',
    params: NameParam,
    query: Type.Object({ asOf: Type.Optional(Day('Default today')) }),
    produces: 'text/csv',
    response: Type.String(),
  },
  listTableVersions: {
    method: 'GET',
    path: '/v1/tables/{name}/versions',
    summary: 'Versions of a table, newest first: who, when, why, by which draft',
    permission: 'table.read',
    params: NameParam,
    query: Type.Object({ limit: pageQuery.limit, cursor: pageQuery.cursor }),
    response: Page(TableVersion),
  },
  getTableVersion: {
    method: 'GET',
    path: '/v1/tables/{name}/versions/{version}',
    summary: 'What one version did to the rows',
    permission: 'table.read',
    params: Type.Object({ name: Name('The table'), version: Type.Integer({ minimum: 1, maximum: 2_000_000_000 }) }),
    response: Type.Composite([
      TableVersion,
      Type.Object({
        entries: Type.Array(VersionEntry, { description: 'At most 1,000' }),
        more: Type.Boolean({ description: 'There are more' }),
      }),
    ]),
  },
  listTableDrafts: {
    method: 'GET',
    path: '/v1/table-drafts',
    summary: 'Drafts of tables, newest first',
    permission: 'table.read',
    query: Type.Object({
      limit: pageQuery.limit,
      cursor: pageQuery.cursor,
      table: Type.Optional(Type.String({ maxLength: 80 })),
      state: Type.Optional(
        Type.Unsafe<(typeof draftStates)[number] | 'live' | 'all'>({
          ...Type.Union(['live', ...draftStates, 'all'].map((s) => Type.Literal(s))),
          description: '`live`, the default: open or submitted',
        }),
      ),
    }),
    response: Page(TableDraft),
  },
  makeTableDraft: {
    method: 'POST',
    path: '/v1/tables/{name}/drafts',
    summary: 'Begin a change set of a table: nothing is live before it is published. As JSON by row, or as CSV',
    permission: 'table.write',
    status: 201,
    params: NameParam,
    query: Type.Object({ reason: Type.Optional(Text('Why, of a CSV', 500)) }),
    textBody: ['text/csv'],
    body: Type.Object({ ...draftChange, reason: Reason }, strict),
    response: TableDraftDetail,
  },
  getTableDraft: {
    method: 'GET',
    path: '/v1/table-drafts/{id}',
    summary: 'A draft: what it would change now, cell by cell, with every problem',
    permission: 'table.read',
    params: DraftParam,
    response: TableDraftDetail,
  },
  changeTableDraft: {
    method: 'PUT',
    path: '/v1/table-drafts/{id}',
    summary: 'Say more in an open draft, or take something out of it; of two changes of one row the later stands',
    permission: 'table.write',
    params: DraftParam,
    body: Type.Object({ revision: Revision, ...draftChange, drop: Type.Optional(DropChange), reason: Reason }, strict),
    response: TableDraftDetail,
  },
  importTableDraft: {
    method: 'PUT',
    path: '/v1/table-drafts/{id}/changes',
    summary: 'Put the rows of a CSV file in the place of all changes of an open draft',
    permission: 'table.write',
    params: DraftParam,
    query: Type.Object({ revision: Type.Optional({ ...Revision, description: 'That you have seen; needed' }) }),
    textBody: ['text/csv'],
    response: TableDraftDetail,
  },
  rebaseTableDraft: {
    method: 'POST',
    path: '/v1/table-drafts/{id}/rebase',
    summary: 'Take an open draft to the version of the table that you have seen',
    permission: 'table.write',
    params: DraftParam,
    body: Type.Object({ revision: Revision, version: Type.Integer({ minimum: 1, maximum: 2_000_000_000 }) }, strict),
    response: TableDraftDetail,
  },
  submitTableDraft: {
    method: 'POST',
    path: '/v1/table-drafts/{id}/submit',
    summary: 'Ask for the approval of exactly what was shown; where the table needs none, publish it',
    permission: 'table.write',
    params: DraftParam,
    body: Type.Object({ contentHash: Type.String({ maxLength: 100 }), reason: Reason }, strict),
    response: TableDraftDetail,
  },
  reopenTableDraft: {
    method: 'POST',
    path: '/v1/table-drafts/{id}/reopen',
    summary: 'Take a submitted draft back, to change it; its approval is void',
    permission: 'table.write',
    params: DraftParam,
    response: TableDraftDetail,
  },
  withdrawTableDraft: {
    method: 'POST',
    path: '/v1/table-drafts/{id}/withdraw',
    summary: 'End a draft without publishing it',
    permission: 'table.write',
    params: DraftParam,
    body: Type.Object({ reason: Reason }, strict),
    response: TableDraftDetail,
  },
  getDraftImpact: {
    method: 'GET',
    path: '/v1/table-drafts/{id}/impact',
    summary:
      'What a draft does to what was recorded: exceptions that it clears, and outputs that it changes, tried with its rows. Nothing is stored or sent',
    permission: 'message.read',
    params: DraftParam,
    response: Type.Object({
      draftId: Type.String(),
      contentHash: Type.String({ description: 'Of the draft that was tried' }),
      tableVersion: Type.Integer(),
      triedAt: Instant('When'),
      exceptions: ImpactOnExceptions,
      flows: Type.Array(
        Type.Object({
          flow: Type.String(),
          tried: Count('Newest recorded payloads that were tried, at most 500'),
          unchanged: Count('Same output'),
          changed: Count('Other output'),
          worksNow: Count('Stopped with the table as it is, and would go on'),
          failsNow: Count('Goes on with the table as it is, and would stop'),
          before: Sums,
          after: Sums,
          fields: Type.Array(
            Type.Object({
              path: Type.String({ description: 'In the output; * for any line' }),
              count: Count('Outputs in which it differs'),
              before: AnyJson,
              after: AnyJson,
            }),
            { description: 'Fields that differ, with an example; at most 20' },
          ),
          examples: Type.Array(Type.Object({ messageId: Id('msg', 'The message'), title: Maybe(Type.String()), what: Type.String() }), {
            description: 'At most 5',
          }),
        }),
        { description: 'Flows that read the table' },
      ),
    }),
  },
});
