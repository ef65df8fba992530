import type { RowResult } from '../rows/index.js';
import { proofs, wordsOf } from '../rows/proofs.js';
import type { Results } from './report.js';

const table = (head: string[], lines: (string | number)[][]): string =>
  [`| ${head.join(' | ')} |`, `| ${head.map(() => '---').join(' | ')} |`, ...lines.map((line) => `| ${line.map((cell) => String(cell).replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`)].join('\n'); // prettier-ignore

const countsOf = (counts: Record<string, number>): string => Object.entries(counts).map(([what, n]) => `${n} ${what}`).join(', '); // prettier-ignore

/** With nothing found in n documents the rate lies below 3/n, with 95 % confidence. */
export const bound = (documents: number): string => `${(300 / documents).toPrecision(2)} %`;

const clock = (seconds: number): string => `${Math.floor(seconds / 60)} min ${Math.round(seconds) % 60} s`;

/** What was asked for, and how long it took. */
function howItRan(results: Results): string[] {
  const { scale, partSeconds } = results;
  const took = Object.entries(partSeconds).map(([part, seconds]) => `${part} ${clock(seconds)}`).join(', '); // prettier-ignore
  const worlds =
    scale && scale.worlds > 1
      ? `. Once the gate mostly waited the others ran beside it and each other, in up to ${scale.worlds} worlds; what measures time ran alone`
      : '';
  return [
    `Time of the parts: ${took}${worlds}.`,
    ...(scale
      ? [
          `Rows ran at ${Math.round(scale.rows * 100)} % of their full counts, so that a run fits into an hour (\`--scale 1\` asks for all); each crash point was struck ${scale.repeat === 1 ? 'once' : `${scale.repeat} times`} in each way, with many documents in hand. The rates of the ERP's faults are never scaled.`,
        ]
      : []),
  ];
}

function gateTables({ gate, gateFailed }: Results): string[] {
  if (gateFailed !== undefined) return ['## The gate', `It did not run to its end: ${gateFailed}.`];
  if (!gate) return [];
  const { done, wanted, findings } = gate;
  const acts: [keyof typeof wanted, string][] = [
    ['workerKills', 'worker kills'],
    ['apiKills', 'API kills'],
    ['pauses', 'pauses of twice a lease'],
    ['flushes', 'FLUSHALL'],
    ['redisKills', 'Redis kills'],
    ['postgresRestarts', 'PostgreSQL immediate restarts'],
    ['backendCuts', 'backend cuts'],
    ['resets', 'resets of all lines to a server'],
  ];
  return [
    '## The gate',
    `${gate.documents} documents over ${gate.minutes} minutes, ${gate.workers} workers, leases of ${gate.leaseSeconds} s, an ERP that may need ${gate.upstreamSeconds} s. ${gate.deliveries} webhooks were answered 2xx.`,
    `Beside them ${gate.usage.events} usage events in ${gate.usage.batches} batches, of which ${gate.usage.twice} were sent by two clients at the same time; batches came ${gate.usage.again} times more because there was no answer, or none yet.`,
    table(['fault', 'done', 'asked for'], acts.map(([act, name]) => [name, done.counts[act], wanted[act]])), // prettier-ignore
    `Faults of the ERP that struck: ${countsOf(gate.erpFaults)}. Everything had ended ${gate.settledAfterSeconds} s after the last fault.`,
    findings.length === 0
      ? `Nothing lost, nothing twice, no minor unit of difference in ${gate.documents} documents: with 95 % confidence fewer than ${bound(gate.documents)} of documents (3/n).`
      : findings.slice(0, 20).map((one) => `- ${one.checker}: ${one.sentence}`).join('\n'), // prettier-ignore
    ...(gate.surprises.length > 0 ? [gate.surprises.map((surprise) => `- ${surprise}`).join('\n')] : []),
  ];
}

const verdictOf = (row: RowResult): string =>
  row.verdict === 'red' ? `red: ${row.broken[0] ?? row.findings[0]?.sentence}` : row.verdict === 'skipped' ? `skipped: ${row.reason}` : 'green'; // prettier-ignore

const rowTable = (all: RowResult[]): string =>
  table(['row', 'fault', 'documents', 'counts', 'verdict', 's'], all.map((row) => [row.id, row.title, row.documents, countsOf(row.counts), verdictOf(row), row.seconds])); // prettier-ignore

/** What all green ones together say. */
function boundOf(all: readonly RowResult[], what: string): string[] {
  const green = all.filter((row) => row.verdict === 'green');
  const documents = green.reduce((sum, row) => sum + row.documents, 0);
  return documents === 0 || green.length < all.filter((row) => row.verdict !== 'skipped').length
    ? []
    : [`Nothing was found in the ${documents} documents of ${what}: with 95 % confidence fewer than ${bound(documents)} of documents under such faults (3/n).`];
} // prettier-ignore

/** Of a point: how often it was struck, how many documents were concerned, and what that supports. */
function pointTable(points: RowResult[]): string {
  return table(
    ['point', 'strikes', 'documents brought', 'in hand', 'bound', 'verdict', 's'],
    points.map((row) => {
      const of = (...names: string[]) => names.reduce((sum, name) => sum + (row.counts[name] ?? 0), 0);
      const strikes = of('kills', 'throws', 'pauses');
      const inHand = of('documents in hand', 'webhooks that got no answer');
      const n = Math.max(strikes, inHand);
      return [
        row.id.slice(2),
        strikes,
        row.documents,
        inHand,
        row.verdict === 'green' && n > 0 ? bound(n) : '',
        verdictOf(row),
        row.seconds,
      ];
    }),
  );
}

/** The table of a run as a page of the documentation. */
export function page(results: Results): string {
  const { rows, proofs: proved, points, teeth, controls } = results;
  const provedVerdict = (id: string) => {
    const row = proved.find((one) => one.id === id);
    return row === undefined ? 'not run' : row.verdict === 'green' ? `green, ${countsOf(row.counts)}` : verdictOf(row);
  };
  const verdict = (one: { red: boolean; skipped?: boolean }, good: string, bad: string, wantsRed: boolean) =>
    one.skipped ? 'skipped' : one.red === wantsRed ? good : bad;
  const skipped = [...rows, ...points].filter((row) => row.verdict === 'skipped');
  const parts = [
    rows.length + points.length === 0 && teeth.length > 0
      ? '# What the fault harness sees without the protections'
      : '# What the fault harness found',
    `Written by \`npm run faults\`, the ${results.form} form. ${results.date}, ${results.machine}, queue on ${results.queue}, seed \`${results.seed}\`, ${Math.round(results.seconds / 60)} minutes. How to read it: [faults.md](faults.md).`,
    ...howItRan(results),
    ...gateTables(results),
  ];
  if (rows.length > 0) parts.push('## Rows of the fault table', rowTable(rows), ...boundOf(rows, 'the rows'));
  if (proved.length > 0 || (rows.length > 0 && !results.chosen))
    parts.push(
      '## Rows that the engine’s own tests prove',
      proved.length > 0
        ? 'No kill and no cut decides them: these tests do, and ran with this run.'
        : 'No kill and no cut decides them: `npm test` does, and was not part of this run.',
      table(
        ['row', 'fault', 'proved in', 'left open', 'verdict'],
        proofs
          .filter(({ id }) => !results.chosen || proved.some((row) => row.id === id))
          .map((proof) => [proof.id, proof.title, wordsOf(proof).where, wordsOf(proof).open, provedVerdict(proof.id)]),
      ),
    );
  if (skipped.length > 0) parts.push(`Skipped: ${skipped.map((row) => `${row.id} (${row.reason})`).join(', ')}.`);
  if (points.length > 0)
    parts.push(
      '## The crash-point matrix',
      'In hand: documents that a worker had when it was struck, as the history of the engine tells, or webhooks that were open at the API. The bound is 3/n over those, or over the strikes where there are more of them.',
      pointTable(points),
      ...boundOf(points, 'the matrix'),
    );
  if (teeth.length > 0)
    parts.push(
      '## Teeth',
      `Each protection removed, and the row that must see it; a run of everything bites one of each group, \`--only teeth\` all: ${teeth.filter((tooth) => tooth.red).length} of ${teeth.filter((tooth) => !tooth.skipped).length} went red. A control removes the same without the protection and must stay green.`,
      table(
        ['removed', 'row', 'verdict', 'seen', 's'],
        [
          ...teeth.map((tooth) => [tooth.name, tooth.row, verdict(tooth, 'red, as it must be', tooth.fits ? 'STAYED GREEN' : 'DOES NOT FIT', true), `${tooth.again ? 'at the second try: ' : ''}${tooth.seen}`, tooth.seconds]),
          ...controls.map((control) => [`control: ${control.name}`, control.row, verdict(control, 'green, as it must be', 'RED', false), control.seen, control.seconds]),
        ],
      ), // prettier-ignore
    );
  return `${parts.join('\n\n')}\n`;
}
