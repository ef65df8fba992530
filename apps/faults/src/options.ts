import { parseArgs } from 'node:util';

export const parts = ['gate', 'rows', 'proofs', 'points', 'teeth'] as const;
export type Part = (typeof parts)[number];

/** What a run was asked for. */
export interface Options {
  short: boolean;
  /** Nothing was chosen in the short form: of rows and teeth only those that always run. */
  alwaysOnly: boolean;
  json: boolean;
  /** Writes the table into the documentation. */
  write: boolean;
  keep: boolean;
  seed: string;
  /** Only these rows; empty: all. */
  rows: string[];
  parts: readonly Part[];
  /** Documents of the gate. */
  documents: number;
  /** Usage events of the gate, beside the documents. */
  events: number;
  /** Minutes over which the gate's load and faults are spread. */
  minutes: number;
  /** How often each point is struck in each way, with many documents in hand each time. */
  repeat: number;
  /** What share of their full counts the rows of the full form have. */
  scale: number;
  /** Worlds beside each other, for rows, points and teeth. */
  worlds: number;
  /** Workers of the gate. */
  workers: number;
  /** After so many minutes nothing begins any more, and what did not run is red. */
  limitMinutes: number;
  upstreamSeconds: number;
  leaseSeconds: number;
  queue: 'redis' | 'postgres';
}

export const usage = `npm run faults -- [options]

  --short            the form of npm test: the gate, a few rows and a tooth, in minutes instead of an hour
  --only PART        gate, rows, proofs, points or teeth; may be repeated. Proofs are rows that the engine’s own tests prove
  --row ID           only this row of the fault table, this crash point ("2 kill lane.claimed"), or the teeth of this row; may be repeated
  --seed TEXT        repeats a run
  --documents N      of the gate: 400 short, 4350 full; the rates of the faults stay
  --events N         usage events beside them: 10000 short, 1000000 full
  --minutes N        over which the gate is spread: 1 short, 5.7 full; with 19 there are 300 kills of workers, else as many a minute
  --workers N        of the gate: 2 short, 4 full
  --repeat N         how often each crash point is struck in each way: 1; each time many documents are in hand
  --scale N          what share of their full counts the rows have in the full form: 0.15; 1 needs hours
  --worlds N         worlds beside each other, for rows, points and teeth: 1 short, 4 full
  --limit N          minutes after which nothing begins any more and the run is red: 20 short, 60 full
  --upstream N       seconds that the ERP is said to need at most: 4 short, 300 full
  --lease N          seconds that a lease of the gate holds: 5 short, 15 full; rows, points and teeth have 5
  --queue NAME       redis (where there is one) or postgres
  --write            writes docs/operating/fault-results.md, of teeth alone fault-teeth.md; a full run does so anyway
  --keep             leaves the folders with the logs
  --json             ends with one line of JSON`;

/** Reads the command line; throws with a sentence when it cannot be understood. */
export function readOptions(args: readonly string[], freshSeed: () => string): Options | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      short: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
      seed: { type: 'string' },
      row: { type: 'string', multiple: true, default: [] },
      only: { type: 'string', multiple: true, default: [] },
      documents: { type: 'string' },
      events: { type: 'string' },
      minutes: { type: 'string' },
      repeat: { type: 'string' },
      scale: { type: 'string' },
      worlds: { type: 'string' },
      workers: { type: 'string' },
      limit: { type: 'string' },
      upstream: { type: 'string' },
      lease: { type: 'string' },
      queue: { type: 'string', default: 'redis' },
    },
  });
  if (values.help) return 'help';
  const { short } = values;
  const number = (
    name: 'documents' | 'events' | 'minutes' | 'repeat' | 'upstream' | 'scale' | 'worlds' | 'workers' | 'limit' | 'lease',
    fallback: number,
  ): number => {
    const given = values[name];
    if (given === undefined) return fallback;
    if (/^\d+(\.\d+)?$/.test(given) && Number(given) > 0) return Number(given);
    throw new Error(`--${name} must be a number above zero, not ${given}`);
  };
  const unknown = values.only.find((part) => !(parts as readonly string[]).includes(part));
  if (unknown !== undefined) throw new Error(`--only knows ${parts.join(', ')}, not ${unknown}`);
  if (values.queue !== 'redis' && values.queue !== 'postgres') throw new Error(`--queue knows redis and postgres, not ${values.queue}`);
  const chosen = values.row.length > 0 && values.only.length === 0 ? (['rows', 'proofs'] as const) : (values.only as Part[]);
  return {
    short,
    alwaysOnly: short && values.row.length === 0 && values.only.length === 0,
    json: values.json,
    write: values.write || (!short && values.row.length === 0 && values.only.length === 0),
    keep: values.keep,
    seed: values.seed ?? freshSeed(),
    rows: values.row,
    parts: chosen.length > 0 ? chosen : short ? parts.filter((part) => part !== 'points' && part !== 'proofs') : parts,
    documents: Math.round(number('documents', short ? 400 : 4_350)),
    events: Math.round(number('events', short ? 10_000 : 1_000_000)),
    minutes: number('minutes', short ? 1 : 5.7),
    repeat: Math.max(1, Math.round(number('repeat', 1))),
    scale: number('scale', 0.15),
    worlds: Math.max(1, Math.round(number('worlds', short ? 1 : 4))),
    workers: Math.max(1, Math.round(number('workers', short ? 2 : 4))),
    limitMinutes: number('limit', short ? 20 : 60),
    upstreamSeconds: Math.round(number('upstream', short ? 4 : 300)),
    // A lane of a killed worker rests until its lease is over. With a kill every four seconds and the usual 60, every lane would rest all the time.
    leaseSeconds: Math.round(number('lease', short ? 5 : 15)),
    queue: values.queue,
  };
}
