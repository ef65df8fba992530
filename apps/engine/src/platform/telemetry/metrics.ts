import { collectDefaultMetrics, Registry } from 'prom-client';

/** The registry that `/metrics` shows. */
export const metrics = new Registry();
collectDefaultMetrics({ register: metrics, prefix: 'waybill_' });
