import type { PostingRules, PostingTrip } from '@waybill/sdk/conformance';
import type { SendRequest } from '@waybill/sdk';
import type { Ending, Journey } from '../../src/pipeline/journey.js';
import { callTarget } from '../../src/pipeline/send/call-target.js';
import { resolveDoubt } from '../../src/pipeline/send/doubt.js';
import { failedCall } from '../../src/pipeline/send/failures.js';
import { quietMsOf, type Target } from '../../src/pipeline/send/meeting.js';

const attemptsMax = 8;
/** More than any document needs; a trip that is longer goes in a circle. */
const stepsMax = 60;

/**
 * One posting through the functions that the pipeline itself posts with, without a database: its row is here. What the pipeline would wait for is not
 * waited for; a doubt is told that the quiet time, or `lateMs`, has passed since the call.
 */
export const postingRules: PostingRules = async ({ connection, operation, context, request, settings, lateMs }) => {
  const upstream = operation.maxUpstreamSeconds;
  const target: Target = {
    connection,
    operationName: operation.document,
    operation,
    ledger: connection,
    concurrency: 1,
    maxUpstreamSeconds: typeof upstream === 'number' ? upstream : upstream(settings),
  };
  const journey = {
    row: { id: `msg_${request.key}`, failures: 0, unclear: 0, effect: request.effect },
    release: { definition: { retry: { attempts: attemptsMax, fromMs: 1, toMs: 1 } } },
    stage: 'send',
  } as unknown as Journey;
  const trip: PostingTrip = { end: 'given-up', steps: [], sends: 0, counted: 0 };
  const once = operation.writes === 'once';
  const step = (ending: Ending): Ending => {
    trip.steps.push({ to: ending.to, reason: 'reason' in ending ? (ending.reason ?? '') : '' });
    if (ending.to === 'ready' && ending.counts) {
      trip.counted += 1;
      journey.row.failures += 1;
    }
    return ending;
  };

  const send = async (asked: SendRequest): Promise<Ending> => {
    trip.sends += 1;
    trip.steps.push({ to: 'in_flight', reason: '' });
    try {
      const receipt = await callTarget(operation, context(), asked);
      return { to: 'posted', hub: false, postingId: 'pst', key: asked.key, receipt };
    } catch (error) {
      return failedCall(journey, error, { connection, once, quietMs: quietMsOf(target) }).ending;
    }
  };
  const look = async (): Promise<Ending> => {
    const tools = {
      doubtful: () => Promise.resolve({ postingId: 'pst', request, sentMsAgo: lateMs ?? quietMsOf(target) }),
      find: (_target: Target, asked: SendRequest) => operation.find!(context(), asked),
    };
    return (await resolveDoubt(journey, target, tools)).ending;
  };

  let ending = step(await send(request));
  while (trip.steps.length < stepsMax && (ending.to === 'ready' || ending.to === 'in_doubt'))
    ending = step(ending.to === 'ready' ? await send(request) : await look());
  if (ending.to === 'posted' && !ending.hub) return { ...trip, end: 'posted', receipt: ending.receipt };
  if (ending.to === 'exception') {
    const { category, code, cause, remedy } = ending.facts;
    return { ...trip, end: 'exception', exception: { category, code, cause, remedy } };
  }
  return trip;
};
