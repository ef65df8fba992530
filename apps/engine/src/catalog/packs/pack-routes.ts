/** Packs, and what installing one writes. */
import { Type } from '@sinclair/typebox';
import { Page } from '../../platform/http/fields.js';
import { defineRoutes } from '../../platform/http/route.js';
import { NameParam, Drafts } from '../fields.js';

export const packRoutes = defineRoutes({
  listPacks: {
    method: 'GET',
    path: '/v1/packs',
    summary: 'Integrations that can be installed',
    permission: 'flow.read',
    response: Page(
      Type.Object({
        name: Type.String(),
        title: Type.String(),
        readme: Type.String(),
        connections: Type.Array(Type.Object({ name: Type.String(), connector: Type.String(), exists: Type.Boolean() })),
        flows: Type.Array(Type.String()),
        mappings: Type.Array(Type.String()),
        tables: Type.Array(Type.String()),
        controls: Type.Array(Type.String()),
        installed: Type.Boolean(),
      }),
    ),
  },
  installPack: {
    method: 'POST',
    path: '/v1/packs/{name}/install',
    summary: 'Write the mappings, tables, flows and controls of a pack. Tables that exist keep their rows',
    permission: 'flow.write',
    params: NameParam,
    body: Type.Object(
      {
        tableRows: Type.Optional(Type.Boolean({ default: true, description: 'Fill new tables with the rows of the pack' })),
        flows: Type.Optional(
          Type.Array(Type.String({ maxLength: 80 }), { description: 'Only these flows; default all whose connections exist' }),
        ),
        controls: Type.Optional(
          Type.Array(Type.String({ maxLength: 80 }), {
            description: 'Only these controls; default all whose connections exist, and none when flows are chosen',
          }),
        ),
      },
      { additionalProperties: false },
    ),
    response: Type.Object({
      mappings: Type.Array(Type.String()),
      tables: Type.Array(Type.String()),
      flows: Type.Array(Type.String(), { description: 'Live as the pack has them' }),
      drafts: Drafts,
      left: Type.Array(Type.Object({ flow: Type.String(), reason: Type.String() })),
      controls: Type.Array(Type.String()),
      controlsLeft: Type.Array(Type.Object({ control: Type.String(), reason: Type.String() })),
    }),
  },
});
