import { advanceTo, nextDueAt } from '../billing/cycle.js';
import type { Sandbox } from '../sandbox.js';
import { calendarOf, story, type Calendar } from './story.js';

export interface DemoOptions {
  sandbox: Sandbox;
  seed?: string;
  now: () => Date;
  /** Resolves early when the signal aborts. */
  sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  signal: AbortSignal;
  /** Between two documents of the trickle; default five seconds. */
  everyMs?: number;
  /** Told what happens, for a log. */
  tell?: (what: string) => void;
}

/** Kept with the sandbox's state, so that a second start goes on where the first stopped. */
interface Progress {
  calendar: Calendar;
  seed: string;
  /** Scenes played. */
  played: number;
  done: boolean;
}

const progressOf = (state: Record<string, unknown>): Progress | undefined =>
  'calendar' in state ? (state as unknown as Progress) : undefined;

/** So many scenes of the burst are played before others in this process get a turn. */
const burstStep = 25;

/**
 * Drives the sandbox through five weeks and the month before: first everything at once, then a document every few seconds
 * with the clock moving on, until the present. Scenes and everything that falls due between them happen in order of time.
 * Returns when the story is told or the signal aborts.
 */
export async function liveThroughAMonth(options: DemoOptions): Promise<{ done: boolean; played: number }> {
  const { sandbox, now, sleep, signal, everyMs = 5_000, tell = () => undefined } = options;
  const { billing, clock, driver } = sandbox;
  const begun = progressOf(driver.get());
  const progress: Progress = begun ?? { calendar: calendarOf(now()), seed: options.seed ?? 'northwind', played: 0, done: false };
  const { begin, burstEnd, end } = progress.calendar;
  if (!begun) clock.moveTo(new Date(begin * 1000));
  const scenes = story(progress.seed, progress.calendar);
  const keep = (): void => driver.set({ ...progress });

  while (!progress.done && !signal.aborted) {
    const scene = scenes[progress.played];
    const due = nextDueAt(billing) ?? Infinity;
    const at = Math.min(scene?.at ?? Infinity, due);
    if (at > end) {
      advanceTo(billing, new Date(end * 1000));
      progress.done = true;
      keep();
      break;
    }
    const playing = scene && scene.at <= due ? scene : undefined;
    if (playing) {
      advanceTo(billing, new Date(Math.max(at * 1000, clock.now().getTime())));
      playing.play(sandbox);
      progress.played += 1;
      tell(playing.name);
    } else advanceTo(billing, new Date(Math.max(at * 1000, clock.now().getTime())));
    keep();
    if (at <= burstEnd) await (progress.played % burstStep === 0 ? sleep(1, signal) : undefined);
    else if (!playing?.quiet) await sleep(everyMs, signal);
  }
  return { done: progress.done, played: progress.played };
}
