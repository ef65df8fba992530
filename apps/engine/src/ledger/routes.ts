import { defineRoutes } from '../platform/http/route.js';
import { usageEventRoutes } from './events/routes.js';
import { usageExportRoutes } from './exports/routes.js';
import { usageStreamRoutes } from './streams/routes.js';
import { usageActivityRoutes } from './summaries/activity/routes.js';
import { usageSummaryRoutes } from './summaries/routes.js';

/** What was used, the streams that it comes from, what became of it, and all of it as files. */
export const ledgerRoutes = defineRoutes({
  ...usageEventRoutes,
  ...usageStreamRoutes,
  ...usageSummaryRoutes,
  ...usageActivityRoutes,
  ...usageExportRoutes,
});
