/** What an admin defines: connections, flows, mappings, tables, packs, schemas. */
import { connectionRoutes } from './connections/connection-routes.js';
import { consentRoutes } from './connections/consent-routes.js';
import { flowRoutes } from './flows/flow-routes.js';
import { releaseRoutes } from './flows/release-routes.js';
import { caseRoutes } from './mappings/case-routes.js';
import { mappingRoutes } from './mappings/mapping-routes.js';
import { packRoutes } from './packs/pack-routes.js';
import { schemaRoutes } from './schemas/schema-routes.js';
import { tableDraftRoutes } from './tables/draft-routes.js';
import { tableRoutes } from './tables/table-routes.js';

export { releaseStates } from './flows/release-life.js';
export { ImpactOnExceptions } from './tables/draft-routes.js';
export { CompatibilityFields, SchemaKindName, schemaParams } from './schemas/schema-routes.js';
export { RowInput, TableDraftDetail, TableRow } from './tables/fields.js';

export const catalogRoutes = {
  ...connectionRoutes,
  ...flowRoutes,
  ...mappingRoutes,
  ...tableRoutes,
  ...packRoutes,
  ...consentRoutes,
  ...releaseRoutes,
  ...caseRoutes,
  ...tableDraftRoutes,
  ...schemaRoutes,
};
