import type { GateResult } from '../gate/gate.js';
import type { Finding } from '../checks/finding.js';
import type { Part } from '../options.js';
import type { RowResult } from '../rows/index.js';
import type { ToothResult } from '../teeth/teeth.js';

/** Everything that a run found. */
export interface Results {
  seed: string;
  form: 'short' | 'full';
  machine: string;
  date: string;
  queue: 'redis' | 'postgres';
  seconds: number;
  /** Of the full form: how much of the full counts was asked for. */
  scale: { rows: number; repeat: number; worlds: number } | undefined;
  /** Only some rows were asked for. */
  chosen: boolean;
  /** The gate by the clock; of the others the sum of what their jobs took, since they ran beside each other. */
  partSeconds: Partial<Record<Part, number>>;
  gate: GateResult | undefined;
  /** Why the gate did not run to its end. */
  gateFailed: string | undefined;
  rows: RowResult[];
  /** Rows that the engine's own tests prove; empty where that part did not run. */
  proofs: RowResult[];
  points: RowResult[];
  teeth: ToothResult[];
  controls: ToothResult[];
}

const allFindings = ({ gate, rows, points }: Results): Finding[] => [
  ...(gate?.findings ?? []),
  ...[...rows, ...points].flatMap((row) => row.findings),
];
const harmed = (results: Results, harm: Finding['harm']): number => allFindings(results).filter((one) => one.harm === harm).length;

/** What went wrong, a sentence each; empty when all is green. */
export function failures(results: Results): string[] {
  const { gate, rows, proofs, points, teeth, controls } = results;
  return [
    ...(results.gateFailed === undefined ? [] : [`gate: it did not run to its end: ${results.gateFailed}`]),
    ...(gate?.findings ?? []).map((one) => `gate, ${one.checker}: ${one.sentence}`),
    ...(gate?.surprises ?? []).map((surprise) => `gate: ${surprise}`),
    ...[...rows, ...proofs, ...points].flatMap((row) => [
      ...row.broken.map((sentence) => `row ${row.id}: ${sentence}`),
      ...row.findings.map((one) => `row ${row.id}, ${one.checker}: ${one.sentence}`),
    ]),
    ...teeth
      .filter((tooth) => !tooth.red && !tooth.skipped)
      .map((tooth) =>
        tooth.fits
          ? `tooth "${tooth.name}": row ${tooth.row} stayed green without the protection`
          : `tooth "${tooth.name}" does not fit: ${tooth.seen}`,
      ),
    ...controls
      .filter((control) => (control.red || !control.fits) && !control.skipped)
      .map((control) => `control "${control.name}" went red: ${control.seen}`),
  ];
}

/** So many of each row and checker, and how many more there are: one that finds hundreds must not hide what the others found. */
export function fewOfEach(sentences: readonly string[], most: number): string[] {
  const kinds = new Map<string, string[]>();
  for (const sentence of sentences) {
    const kind = /^[^:]*/.exec(sentence)![0];
    kinds.set(kind, [...(kinds.get(kind) ?? []), sentence]);
  }
  return [...kinds].flatMap(([kind, of]) => (of.length > most ? [...of.slice(0, most), `${kind}: and ${of.length - most} more`] : of));
}

/** Checks that passed and failed, for the plain line of `npm test`: the gate's eight checkers, each row, each point, each tooth. */
export function counted(results: Results): { passed: number; failed: number; skipped: number } {
  const { gate, rows, proofs, points, teeth, controls } = results;
  const red = new Set((gate?.findings ?? []).map((one) => one.checker)).size + Number((gate?.surprises.length ?? 0) > 0);
  const all = [...rows, ...proofs, ...points];
  const failed =
    red +
    Number(results.gateFailed !== undefined) +
    all.filter((row) => row.verdict === 'red').length +
    teeth.filter((tooth) => !tooth.red && !tooth.skipped).length +
    controls.filter((c) => (c.red || !c.fits) && !c.skipped).length;
  const skipped = all.filter((row) => row.verdict === 'skipped').length + [...teeth, ...controls].filter((one) => one.skipped).length;
  return {
    passed: (gate ? 9 : 0) + Number(results.gateFailed !== undefined) + all.length + teeth.length + controls.length - failed - skipped,
    failed,
    skipped,
  };
}

/** The one line of `--json`. */
export function headline(results: Results): string {
  const { gate, rows, points, teeth, seed } = results;
  const sum = (row: RowResult, word: string) => Object.entries(row.counts).filter(([name]) => name.startsWith(word)).reduce((all, [, n]) => all + n, 0); // prettier-ignore
  const kills = [...rows, ...points].reduce((all, row) => all + sum(row, 'kill'), gate?.done.kills ?? 0);
  const difference = allFindings(results).reduce((all, { minorUnits = 0n }) => all + minorUnits, 0n);
  return JSON.stringify({
    documents: [...rows, ...points].reduce((all, row) => all + row.documents, gate?.documents ?? 0),
    events: gate?.usage.events ?? 0,
    kills,
    lost: harmed(results, 'lost'),
    duplicated: harmed(results, 'duplicated'),
    differenceMinorUnits: Number(difference),
    stuck: harmed(results, 'stuck'),
    teeth: { red: teeth.filter((tooth) => tooth.red).length, of: teeth.filter((tooth) => !tooth.skipped).length },
    ...counted(results),
    seed,
  });
}
