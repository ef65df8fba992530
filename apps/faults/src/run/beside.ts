import type { Deadline } from './deadline.js';

/** A piece of a run that needs a world, or opens one. */
export interface Job<Place> {
  name: string;
  /** Nothing runs beside it. */
  alone: boolean;
  /** Of the others it begins first. */
  slow?: boolean;
  /** Runs, and keeps its own result; it does not throw. */
  run(place: Place): Promise<void>;
  /** Its turn never came; the result must say so. */
  late(why: string): void;
}

/** Where jobs run one after another. */
interface Place {
  close(): Promise<void>;
}

export interface Progress {
  done: number;
  of: number;
  /** Names and seconds of what runs now. */
  running: { name: string; seconds: number }[];
  elapsedSeconds: number;
  /** By the pace so far; undefined until something is done. */
  leftSeconds: number | undefined;
}

/** Runs jobs in several places beside each other; then, with all other places closed, those that must be alone. After the deadline none begins. */
export async function runBeside<P extends Place>(
  jobs: readonly Job<P>[],
  options: {
    places: number;
    open: () => P;
    deadline: Deadline;
    onProgress: (progress: Progress) => void;
    everyMs?: number;
    /** What else runs on this machine meanwhile: a job that must be alone waits for its end. */
    others?: Promise<unknown>;
  },
): Promise<void> {
  const { deadline, open } = options;
  const began = performance.now();
  const running = new Map<Job<P>, number>();
  let done = 0;
  const seconds = (since: number) => Math.round((performance.now() - since) / 1_000);
  const tick = setInterval(() => {
    const elapsedSeconds = seconds(began);
    options.onProgress({
      done,
      of: jobs.length,
      running: [...running].map(([job, since]) => ({ name: job.name, seconds: seconds(since) })),
      elapsedSeconds,
      leftSeconds: done === 0 ? undefined : Math.round((elapsedSeconds / done) * (jobs.length - done)),
    });
  }, options.everyMs ?? 30_000);
  const workOff = async (queue: Job<P>[]) => {
    const place = open();
    try {
      for (let job = queue.shift(); job; job = queue.shift()) {
        if (deadline.isOver) {
          job.late(deadline.sentence);
          continue;
        }
        running.set(job, performance.now());
        await job.run(place).finally(() => running.delete(job!));
        done += 1;
      }
    } finally {
      await place.close();
    }
  };
  try {
    const first = jobs.filter((job) => job.slow === true);
    const [besides, alone] = [
      [...first, ...jobs.filter((job) => !first.includes(job))].filter((job) => !job.alone),
      jobs.filter((job) => job.alone),
    ];
    await Promise.all(Array.from({ length: Math.min(options.places, besides.length) }, () => workOff(besides)));
    if (alone.length === 0) return;
    await options.others;
    await workOff(alone);
  } finally {
    clearInterval(tick);
  }
}
