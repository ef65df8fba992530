import { defineRoutes } from '../platform/http/route.js';
import { usageEventRoutes } from './events/routes.js';
import { usageExportRoutes } from './exports/routes.js';
import { usageSummaryRoutes } from './summaries/routes.js';

/** The routes of both halves: what was used, and what became of it. */
export const ledgerRoutes = defineRoutes({ ...usageEventRoutes, ...usageSummaryRoutes, ...usageExportRoutes });
