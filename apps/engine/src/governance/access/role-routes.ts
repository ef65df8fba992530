/** What each role may do. */
import { Type } from '@sinclair/typebox';
import { Page } from '../../platform/http/fields.js';
import { defineRoutes } from '../../platform/http/route.js';

export const roleRoutes = defineRoutes({
  listRoles: {
    method: 'GET',
    path: '/v1/roles',
    summary: 'Roles and what each may do, as sentences',
    permission: 'access.read',
    response: Page(
      Type.Object({
        name: Type.String(),
        title: Type.String(),
        summary: Type.String(),
        permissions: Type.Array(Type.Object({ name: Type.String(), sentence: Type.String() })),
        conflicts: Type.Array(Type.Object({ with: Type.String(), sentences: Type.Array(Type.String()) }), {
          description: 'Roles that one person should not have beside this one, and why; with itself where it holds both by design',
        }),
      }),
    ),
  },
});
