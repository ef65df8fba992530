import { limits, type MappingFailureFacts } from '@waybill/mapping-language';

type Result = { text: string } | { empty: true } | { failure: MappingFailureFacts };

/** JSONata's word for an evaluation that took longer than `limits.timeoutMs` by the clock on the wall. */
const timedOut = 'D1012';
/** As long as the process around it is patient with a child that gets no processor: ten seconds. */
const triesMax = 20;

/**
 * Evaluates, and again where the time was over before the process had used half of it: then it got no processor, which is the machine's doing and not
 * the expression's. `processorMs` tells what this process has computed so far. Pure.
 */
export async function patient(evaluate: () => Promise<Result>, processorMs: () => number): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    const before = processorMs();
    const result = await evaluate();
    const late = 'failure' in result && result.failure.code === timedOut;
    if (!late || tries === triesMax || processorMs() - before >= limits.timeoutMs / 2) return result;
  }
}
