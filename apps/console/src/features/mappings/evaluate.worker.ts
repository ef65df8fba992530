import { compile, failureFacts, output, type MappingFailureFacts } from '@waybill/mapping-language';

/** Runs a mapping apart from the page: a file of its own, with a policy of its own, that the page may kill at any time. */
export interface EvaluateRequest {
  id: number;
  source: string;
  input: unknown;
  enriched: unknown;
  flow: unknown;
}
export type EvaluateAnswer = { id: number; ms: number } & ({ ok: true; output: string } | { ok: false; failure: MappingFailureFacts });

const scope = globalThis as unknown as {
  onmessage: ((event: MessageEvent<EvaluateRequest>) => void) | null;
  postMessage(answer: EvaluateAnswer): void;
};

scope.onmessage = ({ data }) => {
  const began = performance.now();
  void evaluate(data)
    .then((text) => scope.postMessage({ id: data.id, ms: performance.now() - began, ok: true, output: text }))
    .catch((error: unknown) => scope.postMessage({ id: data.id, ms: performance.now() - began, ok: false, failure: failureFacts(error) }));
};

async function evaluate({ source, input, enriched, flow }: EvaluateRequest): Promise<string> {
  const occurredAt = (input as { occurredAt?: unknown } | null)?.occurredAt;
  const value = await compile(source).evaluate(input, {
    source: input,
    enriched,
    flow,
    delivery: {},
    revision: '0',
    asOf: typeof occurredAt === 'string' ? occurredAt : new Date().toISOString(),
    tables: {},
  });
  return output(value);
}
