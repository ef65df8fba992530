import type { GateResult } from '../gate/gate.js';
import type { Finding } from '../checks/finding.js';
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
  gate: GateResult | undefined;
  rows: RowResult[];
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
  const { gate, rows, points, teeth, controls } = results;
  return [
    ...(gate?.findings ?? []).map((one) => `gate, ${one.checker}: ${one.sentence}`),
    ...(gate?.surprises ?? []).map((surprise) => `gate: ${surprise}`),
    ...[...rows, ...points].flatMap((row) => [
      ...row.broken.map((sentence) => `row ${row.id}: ${sentence}`),
      ...row.findings.map((one) => `row ${row.id}, ${one.checker}: ${one.sentence}`),
    ]),
    ...teeth
      .filter((tooth) => !tooth.red)
      .map((tooth) =>
        tooth.fits
          ? `tooth "${tooth.name}": row ${tooth.row} stayed green without the protection`
          : `tooth "${tooth.name}" does not fit: ${tooth.seen}`,
      ),
    ...controls.filter((control) => control.red || !control.fits).map((control) => `control "${control.name}" went red: ${control.seen}`),
  ];
}

/** Checks that passed and failed, for the plain line of `npm test`: the gate's eight checkers, each row, each point, each tooth. */
export function counted(results: Results): { passed: number; failed: number; skipped: number } {
  const { gate, rows, points, teeth, controls } = results;
  const red = new Set((gate?.findings ?? []).map((one) => one.checker)).size + Number((gate?.surprises.length ?? 0) > 0);
  const all = [...rows, ...points];
  const failed =
    red +
    all.filter((row) => row.verdict === 'red').length +
    teeth.filter((tooth) => !tooth.red).length +
    controls.filter((c) => c.red || !c.fits).length;
  const skipped = all.filter((row) => row.verdict === 'skipped').length;
  return { passed: (gate ? 9 : 0) + all.length + teeth.length + controls.length - failed - skipped, failed, skipped };
}

/** The one line of `--json`. */
export function headline(results: Results): string {
  const { gate, rows, points, teeth, seed } = results;
  const sum = (row: RowResult, word: string) => Object.entries(row.counts).filter(([name]) => name.startsWith(word)).reduce((all, [, n]) => all + n, 0); // prettier-ignore
  const kills = [...rows, ...points].reduce((all, row) => all + sum(row, 'kill'), gate?.done.kills ?? 0);
  const difference = allFindings(results).reduce((all, { minorUnits = 0n }) => all + minorUnits, 0n);
  return JSON.stringify({
    documents: [...rows, ...points].reduce((all, row) => all + row.documents, gate?.documents ?? 0),
    events: gate?.events ?? 0,
    kills,
    lost: harmed(results, 'lost'),
    duplicated: harmed(results, 'duplicated'),
    differenceMinorUnits: Number(difference),
    stuck: harmed(results, 'stuck'),
    teeth: { red: teeth.filter((tooth) => tooth.red).length, of: teeth.length },
    ...counted(results),
    seed,
  });
}

const table = (head: string[], lines: (string | number)[][]): string =>
  [`| ${head.join(' | ')} |`, `| ${head.map(() => '---').join(' | ')} |`, ...lines.map((line) => `| ${line.map((cell) => String(cell).replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`)].join('\n'); // prettier-ignore

const countsOf = (counts: Record<string, number>): string => Object.entries(counts).map(([what, n]) => `${n} ${what}`).join(', '); // prettier-ignore

/** With nothing found in n documents the rate lies below 3/n, with 95 % confidence. */
export const bound = (documents: number): string => `${(300 / documents).toPrecision(2)} %`;

/** The table of a run as a page of the documentation. */
export function page(results: Results): string {
  const { gate, rows, points, teeth, controls } = results;
  const parts = [
    '# What the fault harness found',
    `Written by \`npm run faults\`, ${results.form} form. ${results.date}, ${results.machine}, queue on ${results.queue}, seed \`${results.seed}\`, ${Math.round(results.seconds / 60)} minutes. How to read it: [faults.md](faults.md).`,
  ];
  if (gate) {
    const { counts, kills } = gate.done;
    const clean = gate.findings.length === 0;
    parts.push(
      '## The gate',
      table(
        ['documents', 'webhooks answered 2xx', 'kills', 'pauses', 'FLUSHALL', 'Redis kills', 'PostgreSQL restarts', 'backend cuts', 'resets', 'found'],
        [[gate.documents, gate.events, kills, counts.pauses, counts.flushes, counts.redisKills, counts.postgresRestarts, counts.backendCuts, counts.resets, clean ? 'nothing' : gate.findings.length]],
      ), // prettier-ignore
      `Faults of the ERP that struck: ${countsOf(gate.erpFaults)}. Everything had ended ${gate.settledAfterSeconds} s after the last fault.`,
      clean
        ? `Nothing lost, nothing twice, no minor unit of difference in ${gate.documents} documents: with 95 % confidence fewer than ${bound(gate.documents)} of documents (3/n).`
        : gate.findings.slice(0, 20).map((one) => `- ${one.checker}: ${one.sentence}`).join('\n'), // prettier-ignore
    );
  }
  const rowTable = (all: RowResult[]) =>
    table(['row', 'fault', 'documents', 'counts', 'verdict'], all.map((row) => [row.id, row.title, row.documents, countsOf(row.counts), row.verdict === 'red' ? `red: ${row.broken[0] ?? row.findings[0]?.sentence}` : row.verdict === 'skipped' ? `skipped: ${row.reason}` : 'green'])); // prettier-ignore
  if (rows.length > 0) parts.push('## Rows of the fault table', rowTable(rows));
  if (points.length > 0) parts.push('## The crash-point matrix', rowTable(points));
  if (teeth.length > 0)
    parts.push(
      '## Teeth',
      'Each protection removed, and the row that must see it. A control removes the same without the protection and must stay green.',
      table(
        ['removed', 'row', 'verdict', 'seen'],
        [...teeth.map((tooth) => [tooth.name, tooth.row, tooth.red ? 'red, as it must be' : 'STAYED GREEN', tooth.seen]), ...controls.map((control) => [`control: ${control.name}`, control.row, control.red ? 'RED' : 'green, as it must be', control.seen])],
      ), // prettier-ignore
    );
  return `${parts.join('\n\n')}\n`;
}
