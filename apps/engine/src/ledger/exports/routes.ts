/** Usage as files. The filters are those of the lists. */
import { Type } from '@sinclair/typebox';
import { defineRoutes } from '../../platform/http/route.js';
import { eventFilter } from '../events/routes.js';
import { summaryFilter } from '../summaries/routes.js';

const format = Type.Optional(Type.Union([Type.Literal('csv'), Type.Literal('jsonl')], { default: 'csv' }));

export const usageExportRoutes = defineRoutes({
  exportUsageEvents: {
    method: 'GET',
    path: '/v1/usage/events/export',
    summary:
      'Usage events as a file, in the order of the list: CSV, in which no cell is a formula, or JSON Lines. An entry of the audit log',
    permission: 'usage.read',
    query: Type.Object({ format, ...eventFilter }),
    produces: 'text/csv',
    response: Type.String(),
  },
  exportUsageSummaries: {
    method: 'GET',
    path: '/v1/usage/summaries/export',
    summary: 'Usage by customer, meter and period as a file, in the order of the list. An entry of the audit log',
    permission: 'usage.read',
    query: Type.Object({ format, ...summaryFilter }),
    produces: 'text/csv',
    response: Type.String(),
  },
});
