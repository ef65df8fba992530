// The audit log leaves as a file that verifies offline; who takes it, and who looks at documents, is in the log; spreadsheets find no formula in it.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { runVerifyAudit } from '../src/cli/verify-audit/command.js';
import { csvRow } from '../src/governance/audit/export-lines.js';
import { makeCustomer, messageIn, setUpCompany } from './demo-company.js';
import { eventually } from './eventually.js';
import { deliver, event, invoice } from './stripe-events.js';
import { adminKey, openBench, type Bench } from './test-bench.js';

jest.setTimeout(240_000);
let bench: Bench;
let folder: string;
let dataDir: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waybill-export-'));
  dataDir = join(folder, 'data');
  bench = await openBench({ settings: { dataDir } });
  await setUpCompany(bench);
});
afterAll(async () => {
  await bench?.stop();
  await rm(folder, { recursive: true, force: true });
});

const sealed = () =>
  eventually(async () => (await bench.api.call('getAuditStatus')).unsealed === 0, { what: 'the seals', withinMs: 30_000 });

async function exportTo(name: string, query: Record<string, string>): Promise<{ file: string; id: string; text: string }> {
  const response = await bench.api.send('exportAudit', { query });
  expect(response.status).toBe(200);
  const text = await response.text();
  const file = join(folder, name);
  await writeFile(file, text);
  return { file, text, id: response.headers.get('x-waybill-export')! };
}

async function verify(...args: string[]): Promise<{ code: number; said: string }> {
  let said = '';
  const code = await runVerifyAudit(args, (text) => (said += text));
  return { code, said };
}
const publicKey = async () => (await bench.api.call('getAuditStatus')).publicKey;
const seals = () => join(dataDir, 'audit-seals.jsonl');
const withRole = async (role: string) =>
  bench.api.as((await bench.api.call('createApiKey', { body: { name: `key of a ${role}`, roles: [role] } })).value);

describe('an export', () => {
  it('of everything verifies offline, with the key and the seals that the engine keeps outside', async () => {
    await sealed();
    const { file, text } = await exportTo('all.jsonl', { format: 'jsonl' });
    const { code, said } = await verify(file, '--key', await publicKey(), '--seals', seals());
    expect(said).toMatch(/Nothing was found: every entry is as it was sealed, none is missing/);
    expect(said).not.toMatch(/NOT PINNED|No seals from outside/);
    expect(code).toBe(0);
    expect(text.split('\n').length).toBeGreaterThan(20);
    const entries = text.split('\n').filter((line) => line.startsWith('{"entry"'));
    const [{ n }] = (await bench.sql('select count(*)::int as n from audit_seal_entry')) as [{ n: number }];
    expect(entries.length).toBeGreaterThanOrEqual(n - 5);
    expect(entries.length).toBeLessThanOrEqual(n);
  });

  it('is a file of another program as well: the command by itself, and its exit code', async () => {
    const { file } = await exportTo('command.jsonl', { format: 'jsonl' });
    const waybill = join(import.meta.dirname, '../dist/cli/waybill.js');
    const run = promisify(execFile);
    const clean = await run(process.execPath, [waybill, 'verify-audit', file, '--key', await publicKey(), '--json']);
    expect(JSON.parse(clean.stdout)).toMatchObject({ ok: true, firstBadSealSeq: null, whole: true, pinned: true });
    await writeFile(file, (await readFile(file, 'utf8')).replace('"summary":"', '"summary":"X'));
    const failure = await run(process.execPath, [waybill, 'verify-audit', file]).catch(
      (error: unknown) => error as { code: number; stdout: string },
    );
    expect(failure).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/FOUND .* the first bad seal_seq is 1:[^]*was changed[^]*KEY IS NOT PINNED/),
    });
  });

  it('of a time has whole seals and begins with the one before', async () => {
    await sealed();
    const from = (await bench.api.call('getAuditStatus')).lastSeal!.sealedAt;
    await new Promise((done) => setTimeout(done, 20));
    for (const name of ['one', 'two']) await bench.api.call('createApiKey', { body: { name, roles: ['viewer'] } });
    await sealed();
    const { file, text } = await exportTo('time.jsonl', { format: 'jsonl', from, to: new Date(Date.now() + 60_000).toISOString() });
    expect(text.startsWith('{"seal"')).toBe(true);
    const { code, said } = await verify(file, '--key', await publicKey(), '--seals', seals());
    expect({ code, said }).toMatchObject({ code: 0, said: expect.stringMatching(/none is missing among them/) });
  });

  it('chosen by a filter verifies, and says that it shows membership alone', async () => {
    const { file, text } = await exportTo('part.jsonl', { format: 'jsonl', action: 'mapping.saved' });
    const { code, said } = await verify(file, '--key', await publicKey(), '--seals', seals());
    expect({ code, said }).toMatchObject({ code: 0, said: expect.stringMatching(/not that no entry was left out/) });
    const actions = text.split('\n').filter((line) => line.startsWith('{"entry"')).map((line) => (JSON.parse(line) as { entry: { action: string } }).entry.action); // prettier-ignore
    expect(new Set(actions)).toEqual(new Set(['mapping.saved']));
  });

  it('is in the log before its first byte and after its last', async () => {
    const { id } = await exportTo('seen.jsonl', { format: 'jsonl', object: 'flow' });
    const { items } = await bench.api.call('listAudit', { query: { object: `audit-export/${id}` } });
    expect(items.map(({ action }) => action).sort()).toEqual(['audit.export-begun', 'audit.exported']);
    expect(items.find(({ action }) => action === 'audit.export-begun')).toMatchObject({
      actor: 'bootstrap',
      after: { format: 'jsonl', filter: { object: 'flow' } },
    });
  });

  it('as CSV verifies with its manifest, and not when a cell was changed', async () => {
    const { file, text, id } = await exportTo('all.csv', { format: 'csv' });
    const manifest = join(folder, 'manifest.json');
    await writeFile(manifest, JSON.stringify(await bench.api.call('getAuditManifest', { params: { id } })));
    const args = ['--manifest', manifest, '--key', await publicKey(), '--seals', seals()];
    const clean = await verify(file, ...args);
    expect(clean).toMatchObject({ code: 0, said: expect.stringMatching(/this is the file that was exported[^]*has no proofs/) });
    await writeFile(file, text.replace('bootstrap', 'somebody'));
    expect(await verify(file, ...args)).toMatchObject({
      code: 1,
      said: expect.stringMatching(/is not the one that the manifest was signed for/),
    });
    const rows = parse(text, { columns: true }) as Record<string, string>[];
    expect(rows[0]).toMatchObject({ seal_seq: '1', seal: '1', actor: 'Waybill' });
  });

  it('needs a permission of its own, and a manifest that exists', async () => {
    const [viewer, ops, auditor] = [await withRole('viewer'), await withRole('ops'), await withRole('auditor')];
    expect(await viewer.problem('exportAudit', { query: { format: 'jsonl' } })).toMatchObject({ status: 403, code: 'FORBIDDEN' });
    expect(await ops.problem('exportAudit', { query: { format: 'jsonl' } })).toMatchObject({ status: 403, code: 'FORBIDDEN' });
    expect((await ops.send('getAuditStatus')).status).toBe(200);
    expect((await auditor.send('exportAudit', { query: { format: 'jsonl', action: 'nothing' } })).status).toBe(200);
    const nobody = `exp_${'0'.repeat(26)}`;
    expect(await auditor.problem('getAuditManifest', { params: { id: nobody } })).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    expect(await bench.api.problem('exportAudit', { query: { format: 'xml' } as never })).toMatchObject({
      status: 400,
      code: 'REQUEST_INVALID',
    });
  });

  it('that the reader breaks off is in the log as broken, and frees its place', async () => {
    for (let n = 0; n < 3; n += 1) {
      const stop = new AbortController();
      const response = await fetch(`${bench.api.url}/v1/audit/export?format=jsonl`, {
        headers: { authorization: `Bearer ${adminKey}` },
        signal: stop.signal,
      });
      await response.body!.getReader().read();
      stop.abort();
    }
    await eventually(
      async () => (await bench.sql("select 1 from audit_entry where action in ('audit.export-broken', 'audit.exported')")).length >= 3,
      { what: 'the ends of the exports', withinMs: 20_000 },
    );
    expect((await bench.api.send('exportAudit', { query: { format: 'jsonl', action: 'nothing' } })).status).toBe(200);
  });
});

describe('reading a document', () => {
  it('is an entry, once for a person and a thing', async () => {
    await makeCustomer(bench, { number: 'cus_read' });
    await deliver(bench, event(invoice({ id: 'in_read', customer: 'cus_read' })));
    const { id } = await messageIn(bench, { key: 'in_read' }, 'posted');
    for (let n = 0; n < 3; n += 1) await bench.api.call('getMessage', { params: { id: id } });
    await (await withRole('viewer')).call('getMessage', { params: { id: id } });
    const { items } = await bench.api.call('listAudit', { query: { object: `message/${id}`, action: 'message.payload-read' } });
    expect(items.map(({ actor }) => actor).sort()).toEqual(['bootstrap', 'key of a viewer']);
  });

  it('that is not there is none', async () => {
    const id = `msg_${'0'.repeat(26)}`;
    expect(await bench.api.problem('getMessage', { params: { id } })).toMatchObject({ code: 'NOT_FOUND' });
    expect((await bench.api.call('listAudit', { query: { object: `message/${id}` } })).items).toEqual([]);
  });
});

describe('the key', () => {
  it('was made at the first boot, readable by its owner alone, and is in no table', async () => {
    const file = join(dataDir, 'seal.key');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const seed = (await readFile(file, 'utf8')).trim();
    const tables = await bench.sql<{ table_name: string }>(
      "select table_name from information_schema.tables where table_schema = 'public'",
    );
    for (const { table_name } of tables) {
      const [row] = await bench.sql<{ n: number }>(
        `select count(*)::int as n from "${table_name}" t where to_jsonb(t)::text like $1 or to_jsonb(t)::text like $2`,
        [`%${seed}%`, `%${Buffer.from(seed, 'hex').toString('base64')}%`],
      );
      expect({ table_name, n: row!.n }).toEqual({ table_name, n: 0 });
    }
  });

  it('is the same after a restart, and the log goes on', async () => {
    const before = await publicKey();
    await bench.restart();
    expect(await publicKey()).toBe(before);
    await sealed();
    const { file } = await exportTo('restarted.jsonl', { format: 'jsonl' });
    expect(await verify(file, '--key', before, '--seals', seals())).toMatchObject({ code: 0 });
  });
});

describe('the command', () => {
  it.each([
    [[], 2, /waybill verify-audit FILE/],
    [['--help'], 0, /waybill verify-audit FILE/],
    [['nowhere.jsonl'], 2, /Not checked: nowhere\.jsonl cannot be read \(ENOENT\)/],
    [['x.jsonl', '--colour'], 2, /Not checked: Unknown option '--colour'/],
    [['x.jsonl', '--key', 'nowhere.key'], 2, /Not checked: nowhere\.key cannot be read/],
  ] as [string[], number, RegExp][])('says what is wrong with %j', async (args, code, words) => {
    expect(await verify(...args)).toMatchObject({ code, said: expect.stringMatching(words) });
  });
});

describe('a cell', () => {
  const entry = { id: 'aud_1', at: '2026-01-01T00:00:00.000000Z', format: 2, actorKind: 'user', actorId: 'u', actorName: 'ada', action: 'a', objectKind: 'k', objectId: 'o', summary: '', reason: null, before: null, after: null, requestId: null }; // prettier-ignore
  const cell = (summary: string) => {
    const line = csvRow({ entry: { ...entry, summary }, seq: 1, seal: 1, leaf: '00', proof: [] });
    expect(line.endsWith('\r\n')).toBe(true);
    return (parse(line, { record_delimiter: '\r\n' }) as string[][])[0]![9]!;
  };
  const dangers = ['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠'];
  const tails = ['1+1', "cmd|' /C calc'!A0", 'HYPERLINK("http://x","y")', '12.50', '"quoted", and more', 'two\nlines', '', ' '];

  it.each(dangers.flatMap((danger) => tails.map((tail) => danger + tail)))('that begins like a formula has an apostrophe: %j', (text) => {
    expect(cell(text)).toBe(`'${text}`);
    expect(cell(` ${text}`)).toBe(`' ${text}`);
  });

  it.each(['12.50', 'plain', 'a=b', '"quoted"', "it's", 'comma, and\nline', ''])('that does not stays as it is: %j', (text) =>
    expect(cell(text)).toBe(text),
  );

  it('that is a number is not quoted', () => expect(csvRow({ entry, seq: 7, seal: 3, leaf: '00', proof: [] })).toMatch(/^7,3,"2026/));
});

describe('a place by HTTP', () => {
  it('gets the seals of an engine that runs', async () => {
    const got: string[] = [];
    const server = createServer((request, response) => {
      got.push(`${request.method} ${request.url}`);
      request.resume().on('end', () => response.end());
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    try {
      const { port } = server.address() as { port: number };
      await bench.restart(undefined, { sealUrl: `http://127.0.0.1:${port}/seals` });
      await eventually(() => got.length > 0, { what: 'a seal', withinMs: 30_000 });
      expect(got[0]).toMatch(/^PUT \/seals\/seal-000000000001-/);
    } finally {
      await new Promise((done) => server.close(done));
    }
  });
});
