// Healthy is what can work now: asks this process's own readiness. Every role answers it.
const port = process.env.WAYBILL_PORT || '4180';
const ready = await fetch(`http://127.0.0.1:${port}/health/ready`, { signal: AbortSignal.timeout(4_000) }).catch(() => undefined);
process.exit(ready?.ok ? 0 : 1);
