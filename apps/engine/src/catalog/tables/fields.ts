/** What a table, its rows, its drafts and its versions look like in the contract. */
import { Type } from '@sinclair/typebox';
import { Count, Day, Id, Instant, Maybe, Name, ProblemItem, Text } from '../../platform/http/fields.js';
import { draftStates } from './drafts.js';
import { keyLengthMax, valueLengthMax } from './rows.js';

const Key = Type.Record(Type.String(), Type.String());
const Values = Type.Record(Type.String(), Maybe(Type.String()));

export const Table = Type.Object({
  name: Name('The table'),
  title: Type.String(),
  description: Type.String(),
  key: Type.Array(Type.String()),
  columns: Type.Array(
    Type.Object({
      name: Type.String(),
      type: Type.Union(['text', 'decimal', 'date', 'boolean'].map((t) => Type.Literal(t))),
      required: Type.Boolean(),
      description: Type.Optional(Type.String()),
    }),
  ),
  governed: Type.Boolean(),
  approver: Maybe(Type.String({ description: 'The role that approves a change of rows; null: none needs to' })),
  liveDrafts: Count('Drafts that are open or submitted'),
  version: Type.Integer({ description: 'Grows with every change of a row' }),
  rows: Count('Rows valid today'),
  usedBy: Type.Array(Type.String(), { description: 'Flows that read it' }),
  updatedAt: Instant('Last change'),
});

export const TableRow = Type.Object({
  id: Id('row', 'The row'),
  key: Type.Record(Type.String(), Type.String()),
  values: Type.Record(Type.String(), Maybe(Type.String())),
  validFrom: Maybe(Day('First day, null from ever')),
  validTo: Maybe(Day('Last day, null for ever')),
  createdAt: Instant('When it was written'),
  createdBy: Type.String(),
});

export const RowInput = Type.Object(
  {
    key: Type.Record(Type.String(), Type.String({ maxLength: keyLengthMax })),
    values: Type.Record(Type.String(), Maybe(Type.String({ maxLength: valueLengthMax }))),
    validFrom: Type.Optional(Maybe(Day('First day'))),
    validTo: Type.Optional(Maybe(Day('Last day'))),
  },
  { additionalProperties: false },
);

const kinds = ['added', 'changed', 'ended', 'removed', 'unchanged', 'refused'] as const;
const Cell = Type.Object({ column: Type.String(), before: Maybe(Type.String()), after: Maybe(Type.String()) });
const entry = {
  index: Type.Integer({ description: 'Its place among the changes' }),
  kind: Type.Unsafe<(typeof kinds)[number]>({
    ...Type.Union(kinds.map((kind) => Type.Literal(kind))),
    description: 'refused: it has a problem, and the draft cannot be submitted with it',
  }),
  key: Key,
  validFrom: Maybe(Day('First day, null from ever')),
  validTo: Maybe(Day('Last day, null for ever')),
  before: Maybe(Values),
  after: Maybe(Values),
  cells: Type.Array(Cell, { description: 'Columns that differ' }),
  note: Maybe(Text('What else happens because of it')),
};
export const VersionEntry = Type.Object(entry);
export const ChangeEntry = Type.Object({ ...entry, problems: Type.Array(ProblemItem, { description: 'By cell' }) });
export const ChangeCounts = Type.Object(Object.fromEntries(kinds.map((kind) => [kind, Type.Integer()])) as Record<(typeof kinds)[number], ReturnType<typeof Type.Integer>>); // prettier-ignore

export const TableVersion = Type.Object({
  version: Type.Integer(),
  at: Instant('When'),
  by: Type.String({ description: 'Who wrote the rows; of a draft, who edited it last' }),
  approvedBy: Maybe(Type.String()),
  reason: Maybe(Text('Why', 500)),
  draftId: Maybe(Text('The draft that it was', 40)),
  begun: Count('Rows that begin with it'),
  retired: Count('Rows that it no longer has'),
});

export const draftChange = {
  put: Type.Optional(Type.Array(RowInput, { maxItems: 10_000, description: 'Rows to write' })),
  end: Type.Optional(
    Type.Array(Type.Object({ key: Key, validTo: Day('Its last day') }, { additionalProperties: false }), {
      maxItems: 1000,
      description: 'Rows to end',
    }),
  ),
  remove: Type.Optional(
    Type.Array(Type.Object({ key: Key, validFrom: Type.Optional(Maybe(Day('Its first day'))) }, { additionalProperties: false }), {
      maxItems: 1000,
      description: 'Rows to take out as if they had never been',
    }),
  ),
};
export const DropChange = Type.Array(
  Type.Object({ key: Key, validFrom: Type.Optional(Maybe(Day('The first day of the changed row'))) }, { additionalProperties: false }),
  { maxItems: 10_000, description: 'Changes that the draft shall not hold any more' },
);

export const TableDraft = Type.Object({
  id: Id('drf', 'The draft'),
  table: Type.String(),
  state: Type.Unsafe<(typeof draftStates)[number]>(Type.Union(draftStates.map((state) => Type.Literal(state)))),
  revision: Type.Integer({ description: 'Grows with every change of the draft' }),
  baseVersion: Type.Integer({ description: 'Version of the table that it was made on' }),
  reason: Text('Why', 500),
  origin: Type.Unsafe<'hand' | 'csv' | 'exception'>(Type.Union(['hand', 'csv', 'exception'].map((from) => Type.Literal(from)))),
  exceptionId: Maybe(Text('The exception that it was made for', 40)),
  changes: Count('Changes in it'),
  createdAt: Instant('When it was made'),
  createdBy: Type.String(),
  changedAt: Instant('When it was changed last'),
  changedBy: Type.String(),
  submittedAt: Maybe(Instant('When it was submitted')),
  submittedBy: Maybe(Type.String()),
  endedAt: Maybe(Instant('When it was published or withdrawn')),
  endedBy: Maybe(Type.String()),
  publishedVersion: Maybe(Type.Integer({ description: 'Version of the table that it became' })),
});

export const TableDraftDetail = Type.Composite([
  TableDraft,
  Type.Object({
    tableVersion: Type.Integer({ description: 'Version of the table now' }),
    behind: Type.Boolean({ description: 'The table has changed since: it is rebased before it is submitted' }),
    approver: Maybe(Type.String({ description: 'The role that approves it; null: submitting publishes' })),
    contentHash: Type.String({ description: 'Of exactly what is shown; it is submitted and approved by this' }),
    counts: ChangeCounts,
    conflicts: Type.Array(Key, { description: 'Keys whose rows somebody else changed since' }),
    makers: Type.Array(Type.Object({ name: Type.String(), did: Type.String() }), { description: 'None of them approves it' }),
    approval: Maybe(
      Type.Object(
        {
          id: Id('apr', 'The approval'),
          state: Type.Unsafe<'open' | 'approved' | 'rejected' | 'void'>(
            Type.Union(['open', 'approved', 'rejected', 'void'].map((state) => Type.Literal(state))),
          ),
          decidedAt: Maybe(Instant('When')),
          decidedBy: Maybe(Type.String()),
          reason: Maybe(Type.String()),
        },
        { description: 'The last that was asked for' },
      ),
    ),
    entries: Type.Array(ChangeEntry, {
      description: 'What it would do now, problems first; at most 1,000. None of a draft that has ended',
    }),
    more: Type.Boolean({ description: 'There are more' }),
  }),
]);
