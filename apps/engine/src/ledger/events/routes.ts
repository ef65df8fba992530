import { defineRoutes } from '../../platform/http/route.js';

export const usageEventRoutes = defineRoutes({});
