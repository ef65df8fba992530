// The audit log as CSV, opened by a real spreadsheet: no cell is a formula, every text is what it was, numbers are numbers. Needs LibreOffice, which is too large for CI.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { csvHead, csvRow } from '../src/governance/audit/export-lines.js';

jest.setTimeout(300_000);
const office = spawnSync('soffice', ['--version']).status === 0;
const suite = office ? describe : describe.skip;

const dangers = ['=', '+', '-', '@', '\t', '\r', ' =', '  +', '＝', '＋', '－', '＠'];
const tails = ['1+1', 'SUM(1,1)', "cmd|' /C calc'!A0", 'HYPERLINK("http://127.0.0.1/","y")', 'WEBSERVICE("http://127.0.0.1/")', '12.50', '"quoted", and more', 'two\nlines', '1', 'A1']; // prettier-ignore
const texts = [
  ...dangers.flatMap((danger) => tails.map((tail) => danger + tail)),
  ...['plain', '12.50', '-12.50', '007', '1e5', '2026-01-01', 'TRUE', "'quoted", 'a=b'],
];
const entry = { id: 'aud_1', at: '2026-01-01T00:00:00.000000Z', format: 2, actorKind: 'user', actorId: 'u', actorName: 'ada', action: 'a', objectKind: 'k', objectId: 'o', reason: null, before: null, after: null, requestId: null }; // prettier-ignore

/** A cell as LibreOffice keeps it in its flat XML. */
interface Cell {
  formula: boolean;
  type: string;
  text: string;
}

suite(office ? 'a spreadsheet' : 'a spreadsheet (skipped: there is no LibreOffice on the path)', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'waybill-spreadsheet-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** Opens the CSV as a double click does (comma, quotes, UTF-8, types found out, formulas evaluated), and reads what came of it. */
  async function open(name: string, csv: string): Promise<Cell[][]> {
    await writeFile(join(folder, `${name}.csv`), csv);
    const args = [
      `-env:UserInstallation=${pathToFileURL(join(folder, 'profile')).href}`,
      ...['--headless', '--norestore', '--infilter=CSV:44,34,76,1,,0,false,true,false,false,false,-1,true'],
      ...['--convert-to', 'fods', '--outdir', folder, join(folder, `${name}.csv`)],
    ];
    await promisify(execFile)('soffice', args, { timeout: 280_000 });
    return rowsOf(await readFile(join(folder, `${name}.fods`), 'utf8'));
  }

  it('takes a cell for a formula where nothing was done about it', async () => {
    const cells = (await open('bare', '=1+1,"=1+1",@SUM(1;1)\r\n')).flat();
    expect(cells.filter(({ formula }) => formula).length).toBeGreaterThan(0);
  });

  it(`finds no formula in ${texts.length} dangerous texts of an export: each is a text, and numbers are numbers`, async () => {
    const rows = texts.map((summary, n) => csvRow({ entry: { ...entry, summary }, seq: n + 1, seal: 1, leaf: '00', proof: [] }));
    const [head, ...read] = await open('export', [csvHead(), ...rows].join(''));
    expect(head!.map(({ text }) => text)).toContain('summary');
    expect(read.flat().filter(({ formula }) => formula)).toEqual([]);
    expect(read).toHaveLength(texts.length);
    read.forEach((cells, n) => {
      expect([texts[n], cells[0]!.type, cells[0]!.text]).toEqual([texts[n], 'float', String(n + 1)]);
    });
    // A spreadsheet keeps texts of numbers as numbers unless it is told otherwise; what begins like a formula is a text, apostrophe and all.
    const dangerous = read.slice(0, dangers.length * tails.length).map((cells) => cells[9]!);
    expect(dangerous.filter(({ type }) => type !== 'string')).toEqual([]);
    expect(dangerous.filter(({ text }) => !text.startsWith("'"))).toEqual([]);
  });
});

/** Rows and cells of the first sheet. */
function rowsOf(xml: string): Cell[][] {
  const sheet = /<table:table [\s\S]*?<\/table:table>/.exec(xml)?.[0] ?? '';
  return [...sheet.matchAll(/<table:table-row[^>]*>([\s\S]*?)<\/table:table-row>/g)]
    .map(([, row]) =>
      [...row!.matchAll(/<table:table-cell([^>]*?)(?:\/>|>([\s\S]*?)<\/table:table-cell>)/g)].flatMap(([, attributes, inner = '']) => {
        const cell: Cell = {
          formula: attributes!.includes('table:formula='),
          type: /office:value-type="([a-z]+)"/.exec(attributes!)?.[1] ?? 'none',
          text: [...inner.matchAll(/<text:p>([\s\S]*?)<\/text:p>/g)].map(([, text]) => plain(text!)).join('\n'),
        };
        // Equal neighbours stand once, with their number; so does all that is empty to the right.
        const times = Number(/number-columns-repeated="(\d+)"/.exec(attributes!)?.[1] ?? 1);
        return Array.from({ length: Math.min(times, 20) }, () => cell);
      }),
    )
    .filter((cells) => cells.some(({ type }) => type !== 'none'));
}

const plain = (text: string): string =>
  text
    .replace(/<text:s(?: text:c="(\d+)")?\/>/g, (_, n: string | undefined) => ' '.repeat(Number(n ?? 1)))
    .replace(/<text:tab\/>/g, '\t')
    .replace(/<[^>]+>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
