/** An error in Stripe's form: `{ error: { type, code, message, param } }`. */
export class StripeError extends Error {
  constructor(
    readonly status: 400 | 401 | 402 | 404 | 409,
    readonly facts: { type: 'invalid_request_error' | 'card_error' | 'idempotency_error'; code?: string; message: string; param?: string },
  ) {
    super(facts.message);
  }
  body() {
    return { error: this.facts };
  }
}

export const invalid = (message: string, param?: string, code?: string): StripeError =>
  new StripeError(400, { type: 'invalid_request_error', message, ...(code ? { code } : {}), ...(param ? { param } : {}) });

export const missing = (what: string, id: string): StripeError =>
  new StripeError(404, { type: 'invalid_request_error', code: 'resource_missing', message: `No such ${what}: '${id}'`, param: 'id' });
