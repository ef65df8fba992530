import type { SyntheticDefinition, SyntheticStage } from '../../catalog/index.js';

/** One message of a run, as it stands. */
export interface Hop {
  messageId: string;
  flow: string;
  state: string;
  reason: string | null;
  legalEntity: string | null;
  /** Something of it is in books, by what the engine knows. */
  booked: boolean;
  /** From its row to its call, or to its end where it calls nobody; so far, while it is under way. */
  prepareMs: number;
  /** From the intent to the settled answer; so far, while it is under way. Null before any call. */
  sendMs: number | null;
}

/** One step of a run, as it stands. */
export interface StepFacts {
  step: string;
  reverses: string | null;
  flows: readonly string[];
  delivered: boolean;
  /** Null: the door has not stored it. */
  inbox: { state: 'new' | 'done' | 'failed'; problem: string | null } | null;
  /** From the delivery to its first message; so far, while there is none. Null before the delivery. */
  intakeMs: number | null;
  hops: readonly Hop[];
}

export interface Facts {
  definition: Pick<SyntheticDefinition, 'within' | 'legalEntity'>;
  runMs: number;
  steps: readonly StepFacts[];
}

export interface StageTime {
  step: string;
  flow: string | null;
  stage: SyntheticStage;
  ms: number;
  allowedMs: number;
}

export type Trouble = 'late' | 'wrong';
export type Move = { do: 'deliver'; step: string } | { do: 'wait' } | { do: 'read' };

export interface Verdict {
  state: 'forward' | 'reversing' | 'reading';
  move: Move;
  trouble: Trouble | null;
  says: string[];
  stages: StageTime[];
}

/** It goes on by itself. */
const underWay: readonly string[] = ['ready', 'claimed', 'in_flight', 'in_doubt', 'waiting', 'blocked'];
const isOver = ({ hops, inbox }: StepFacts): boolean =>
  inbox !== null && inbox.state !== 'new' && hops.every(({ state }) => !underWay.includes(state));
const isDone = (one: StepFacts): boolean =>
  isOver(one) && one.flows.every((flow) => one.hops.some((hop) => hop.flow === flow)) && one.hops.every(({ state }) => state === 'posted');

/** What is to be done now, and what is to be said so far. Made anew of the facts each time, so that a process that comes after a crash goes on where the facts are. */
export function nextMove(facts: Facts): Verdict {
  const { definition, steps, runMs } = facts;
  const stages = stageTimes(facts);
  const late = stages.filter(({ ms, allowedMs }) => ms > allowedMs).map(({ step, flow, stage, allowedMs }) => `${step}: ${words[stage]}${flow === null ? '' : ` in ${flow}`} takes longer than ${seconds(allowedMs)}`);
  if (runMs > definition.within.whole) late.push(`The whole takes longer than ${seconds(definition.within.whole)}`);
  const wrong = steps.filter(isOver).flatMap((one) => stoppedWords(one, definition.legalEntity));
  const trouble = wrong.length > 0 ? 'wrong' : late.length > 0 ? 'late' : null;
  const verdict = (state: Verdict['state'], move: Move): Verdict => ({ state, move, trouble, says: [...wrong, ...late], stages });

  const forward = steps.filter(({ reverses }) => reverses === null);
  const current = forward.find((one) => !isDone(one));
  const inTrouble = wrong.length > 0 || runMs > definition.within.whole;
  if (current && !inTrouble) return verdict('forward', current.inbox === null ? { do: 'deliver', step: current.step } : { do: 'wait' });

  // What was delivered may still be posted, so nothing is taken back before its end is known.
  const unstored = forward.find(({ delivered, inbox }) => delivered && inbox === null);
  if (unstored) return verdict('reversing', { do: 'deliver', step: unstored.step });
  if (forward.some((one) => one.delivered && !isOver(one))) return verdict('reversing', { do: 'wait' });
  const backwards = steps.filter(({ reverses }) => reverses !== null && forward.some((one) => one.step === reverses && one.hops.some(({ booked }) => booked)));
  const next = backwards.find((one) => !isOver(one));
  if (next) return verdict('reversing', next.inbox === null ? { do: 'deliver', step: next.step } : { do: 'wait' });
  return verdict('reading', { do: 'read' });
} // prettier-ignore

/** Why a step has not gone the way that it should. */
function stoppedWords(one: StepFacts, legalEntity: string): string[] {
  const { step, inbox, flows, hops } = one;
  if (inbox?.state === 'failed') return [`${step}: the delivery could not be read: ${inbox.problem ?? 'no reason was given'}`];
  const stopped = hops.filter(({ state }) => state !== 'posted').map(({ flow, state, reason }) => `${step}: ${ended[state] ?? state} in ${flow}${reason === null ? '' : `: ${reason}`}`);
  if (stopped.length > 0) return stopped;
  const missing = flows.filter((flow) => !hops.some((hop) => hop.flow === flow));
  if (missing.length > 0) return missing.map((flow) => `${step}: ${flow} did not take it; see its \`when\`, and what the flow before it made`);
  return hops.filter((hop) => hop.legalEntity !== null && hop.legalEntity !== legalEntity).map((hop) => `${step}: ${hop.flow} books it for ${String(hop.legalEntity)}, not for ${legalEntity}`);
} // prettier-ignore

const ended: Record<string, string> = {
  exception: 'it stopped as an exception',
  held: 'a rule holds it for an approval, which nobody is asked for',
  skipped: 'it was skipped',
  duplicate: 'it was taken for a duplicate',
  superseded: 'it was superseded',
  resolved: 'a person ended it without posting it',
};
const words: Record<SyntheticStage, string> = {
  intake: 'the way in',
  prepare: 'what comes before the call',
  send: 'the call',
  readBack: 'reading the books',
};
export const seconds = (ms: number): string => (ms < 1_000 ? `${ms} ms` : `${Math.round(ms / 100) / 10} s`);

function stageTimes({ steps, definition: { within } }: Facts): StageTime[] {
  return steps.flatMap(({ step, intakeMs, hops }) => {
    const time = (stage: SyntheticStage, ms: number, flow: string | null): StageTime => ({
      step,
      flow,
      stage,
      ms: Math.round(ms),
      allowedMs: within[stage],
    });
    return [
      ...(intakeMs === null ? [] : [time('intake', intakeMs, null)]),
      ...hops.flatMap(({ flow, prepareMs, sendMs }) => [
        time('prepare', prepareMs, flow),
        ...(sendMs === null ? [] : [time('send', sendMs, flow)]),
      ]),
    ];
  });
}
