import { defineRoutes } from '../platform/http/route.js';
import { usageEventRoutes } from './events/routes.js';
import { usageStreamRoutes } from './streams/routes.js';
import { usageSummaryRoutes } from './summaries/routes.js';

/** What was used, the streams that it comes from, and what became of it. */
export const ledgerRoutes = defineRoutes({ ...usageEventRoutes, ...usageStreamRoutes, ...usageSummaryRoutes });
