/** Views of lists that people keep, for themselves or for everybody. */
import { Type } from '@sinclair/typebox';
import { Id, Instant, Page } from '../../platform/http/fields.js';
import { defineRoutes } from '../../platform/http/route.js';
import { limits } from './limits.js';

const closed = { additionalProperties: false } as const;
const OfPage = Type.String({
  pattern: '^[a-z][a-z-]{0,39}$',
  description: 'The list, by the first part of its path in the console',
  examples: ['messages'],
});
const ViewName = Type.String({
  minLength: 1,
  maxLength: limits.nameMax,
  description: 'One name once for a person and a list, whatever its case',
});
const Search = Type.Record(
  Type.String({ pattern: '^[A-Za-z][A-Za-z0-9]{0,39}$' }),
  Type.String({ minLength: 1, maxLength: limits.valueMax }),
  {
    maxProperties: limits.keysMax,
    description: 'What stands in the address behind the question mark. A time such as `now-24h` moves with the clock',
  },
);
const View = Type.Object({
  id: Id('viw', 'The view'),
  page: OfPage,
  name: ViewName,
  search: Search,
  shared: Type.Boolean({ description: 'Everybody has it' }),
  owner: Type.String({ description: 'Who made it' }),
  mine: Type.Boolean(),
  updatedAt: Instant('Last change'),
});
const ViewParam = Type.Object({ id: Id('viw', 'The view') });

export const viewRoutes = defineRoutes({
  listViews: {
    method: 'GET',
    path: '/v1/views',
    summary: 'Views of lists: my own and those that are shared, by name',
    permission: 'view.save',
    query: Type.Object({ page: Type.Optional(OfPage) }),
    response: Page(View),
  },
  makeView: {
    method: 'POST',
    path: '/v1/views',
    summary: 'Keep a view of a list, for oneself',
    permission: 'view.save',
    body: Type.Object({ page: OfPage, name: ViewName, search: Search }, closed),
    response: View,
    status: 201,
  },
  changeView: {
    method: 'PUT',
    path: '/v1/views/{id}',
    summary: 'Change a view: my own, or a shared one with `view.share`',
    permission: 'view.save',
    params: ViewParam,
    body: Type.Object(
      {
        name: Type.String({
          ...ViewName,
          'x-permission': 'view.share',
          description: 'To change a shared view of somebody else takes the permission',
        }),
        search: Search,
      },
      closed,
    ),
    response: View,
  },
  shareView: {
    method: 'POST',
    path: '/v1/views/{id}/share',
    summary: 'Give a view to everybody, or take it back for whoever made it',
    permission: 'view.share',
    params: ViewParam,
    body: Type.Object({ shared: Type.Boolean() }, closed),
    response: View,
  },
  removeView: {
    method: 'DELETE',
    path: '/v1/views/{id}',
    summary: 'Remove a view: my own, or a shared one with `view.share`',
    permission: 'view.save',
    params: ViewParam,
    response: Type.Object({ done: Type.Boolean() }),
  },
});
