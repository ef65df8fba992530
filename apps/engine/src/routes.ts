import { assuranceRoutes } from './assurance/routes.js';
import { canonRoutes } from './canon/routes.js';
import { catalogRoutes } from './catalog/routes.js';
import { exceptionRoutes } from './exceptions/routes.js';
import { governanceRoutes } from './governance/routes.js';
import { intakeRoutes } from './intake/routes.js';
import { ledgerRoutes } from './ledger/routes.js';
import { pipelineRoutes } from './pipeline/routes.js';
import { openApiDocument } from './platform/http/openapi.js';

/** Every route of the product, in the order of the documentation. */
export const routes = {
  ...assuranceRoutes,
  ...pipelineRoutes,
  ...exceptionRoutes,
  ...intakeRoutes,
  ...ledgerRoutes,
  ...catalogRoutes,
  ...canonRoutes,
  ...governanceRoutes,
};

export const openApi = (version: string) =>
  openApiDocument(routes, {
    title: 'Waybill',
    version,
    description:
      'The control bus: everything a button does, a script can do. Problems are RFC 9457 with a code of the catalogue; lists page by cursor; amounts are decimal strings.',
  });
