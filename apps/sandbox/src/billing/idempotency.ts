import { createHash } from 'node:crypto';
import type { Billing } from './billing.js';
import { invalid, StripeError } from './stripe-error.js';

/**
 * The first answer to an idempotency key is kept for 24 hours and given again, a declined card too; the same key with other
 * parameters is an error. A refusal of the parameters is not kept, since nothing was begun.
 */
export function once(
  billing: Billing,
  asked: { key: string | null; content: string },
  run: () => object,
): { status: number; body: unknown; replayed: boolean } {
  const { key: name, content } = asked;
  const hash = createHash('sha256').update(content).digest('hex');
  const kept = name === null ? undefined : billing.state.idempotency[name];
  if (name !== null && name.length > 255) throw invalid('Idempotency keys are at most 255 characters long.', 'idempotency_key');
  if (kept && kept.at > billing.now() - 86_400) {
    if (kept.request === hash) return { status: kept.status, body: kept.body, replayed: true };
    throw new StripeError(400, {
      type: 'idempotency_error',
      message: 'Keys for idempotent requests can only be used with the same parameters they were first used with.',
    });
  }
  billing.request = { id: billing.id('req'), idempotency_key: name };
  const keep = (status: number, body: unknown) => {
    if (name !== null) billing.state.idempotency[name] = { request: hash, status, body, at: billing.now() };
    return { status, body, replayed: false };
  };
  try {
    return keep(200, structuredClone(run()));
  } catch (error) {
    if (error instanceof StripeError && error.status === 402) return keep(402, error.body());
    throw error;
  } finally {
    billing.request = { id: null, idempotency_key: null };
  }
}
