// Seals reach the places outside in order and all of them, whatever breaks on the way; a place that is away delays, and is seen.
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import { appendFile, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSettings, type Settings } from '../src/config/index.js';
import { AuditStatusStore } from '../src/governance/audit/audit-status.store.js';
import { SealCopies } from '../src/governance/audit/seal-copies.store.js';
import { armFailPoints } from '../src/platform/failpoints/index.js';
import { addressRules, EgressClient } from '../src/platform/egress/index.js';
import { makeLogger } from '../src/platform/telemetry/index.js';
import { check, exportOf, openAuditBench, sentencesOf, type AuditBench } from './audit-log.js';

jest.setTimeout(600_000);
let bench: AuditBench;
let folder: string;
let server: Server;
let url: string;
const egress = new EgressClient(addressRules(['127.0.0.0/8']));
const put = new Map<string, { body: string; authorization: string | undefined; date: string | undefined }>();
let answer = 200;

beforeAll(async () => {
  bench = await openAuditBench();
  folder = await mkdtemp(join(tmpdir(), 'waybill-seals-'));
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const { authorization, 'x-amz-date': date } = request.headers;
      if (answer === 200 && request.method === 'PUT') put.set(request.url!, { body, authorization, date: date as string | undefined });
      response.statusCode = answer;
      response.end();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/bucket/waybill`;
});
afterAll(async () => {
  await egress.close();
  await new Promise((done) => server?.close(done));
  await bench?.stop();
  await rm(folder, { recursive: true, force: true });
});
afterEach(() => {
  armFailPoints(() => undefined);
  answer = 200;
  put.clear();
});

let named = 0;
/** Copies to a new file, or to what the settings say, as a process that has just begun. */
function copiesTo(settings: Partial<Settings> = {}): { copies: SealCopies; file: string } {
  const file = settings.sealFile ?? join(folder, `seals-${(named += 1)}.jsonl`);
  const all = { ...readSettings({}).settings, sealFile: file, ...settings };
  return { copies: new SealCopies(bench.db, bench.audit, egress, all, makeLogger('silent')), file };
}
const seal = async (times: number) => {
  for (let n = 0; n < times; n += 1) {
    await bench.write(2);
    await bench.sealer.seal();
  }
};
const carry = (copies: SealCopies) => copies.carry(() => true);
const lines = async (file: string) => (await readFile(file, 'utf8')).split('\n').slice(0, -1);
const placeRow = async (place: string) =>
  (await bench.db.query('select up_to::int as "upTo", trouble, address from audit_copy where place = $1', [place]))[0];

describe('the file', () => {
  it('gets every seal, each on a line of its own, and the verifier takes it', async () => {
    await seal(3);
    const { copies, file } = copiesTo();
    await carry(copies);
    await seal(2);
    await carry(copies);
    expect(await lines(file)).toEqual(await bench.outside());
    const report = await check(await exportOf(bench.db, bench.key), { pins: [bench.key.publicKey], outside: await lines(file) });
    expect(sentencesOf(report)).toEqual([]);
  });

  it('goes on where it stands, in another process too', async () => {
    const { copies, file } = copiesTo();
    await carry(copies);
    await seal(1);
    await carry(copiesTo({ sealFile: file }).copies);
    expect(await lines(file)).toEqual(await bench.outside());
  });

  it('has no gap and no double when the process breaks after the write', async () => {
    const { file } = copiesTo();
    for (let n = 0; n < 5; n += 1) {
      const { copies } = copiesTo({ sealFile: file }); // one that was broken rests for a second
      await seal(1);
      let struck = 0;
      armFailPoints((point) => {
        if (point === 'seal.copied' && (struck += 1) === 1) throw new Error('struck');
      });
      await carry(copies);
      expect(struck).toBe(1);
      armFailPoints(() => undefined);
      await carry(copiesTo({ sealFile: file }).copies);
    }
    expect(await lines(file)).toEqual(await bench.outside());
  });

  it('keeps a line that was cut short, and has it whole on the next', async () => {
    const { copies, file } = copiesTo();
    await carry(copies);
    const size = (await readFile(file)).length;
    await truncate(file, size - 40);
    await carry(copiesTo({ sealFile: file }).copies);
    const all = await lines(file);
    expect(all).toHaveLength((await bench.outside()).length + 1);
    const report = await check(await exportOf(bench.db, bench.key), { pins: [bench.key.publicKey], outside: all });
    expect(sentencesOf(report)).toEqual([]);
    expect(report.findings.notes.join()).toMatch(/cut short/);
  });

  it('that knows seals which the database does not is told, kept, and found by the verifier', async () => {
    const { copies, file } = copiesTo();
    await carry(copies);
    const last = JSON.parse((await lines(file)).at(-1)!) as { seal: { number: number } };
    await appendFile(file, `${JSON.stringify({ ...last, seal: { ...last.seal, number: last.seal.number + 1 } })}\n`);
    await carry(copiesTo({ sealFile: file }).copies);
    const [entry] = await bench.db.query("select summary from audit_entry where action = 'audit.set-back' order by at desc limit 1");
    expect(entry).toMatchObject({ summary: expect.stringMatching(/knows seal \d+, which this database does not have/) });
    await bench.sealer.seal();
    await carry(copiesTo({ sealFile: file }).copies);
    expect((await lines(file)).at(-1)).toBe((await bench.outside()).at(-1));
    const report = await check(await exportOf(bench.db, bench.key), { pins: [bench.key.publicKey], outside: await lines(file) });
    expect(report.findings.count).toBeGreaterThan(0);
  });

  it('that cannot be written delays, says so, and gets everything later', async () => {
    const blocked = join(folder, 'blocked');
    await writeFile(blocked, 'a file where a folder should be');
    await seal(1);
    const { copies } = copiesTo({ sealFile: join(blocked, 'seals.jsonl') });
    await carry(copies);
    expect(await placeRow('file')).toMatchObject({ trouble: expect.stringMatching(/ENOTDIR|EEXIST/) });
    const status = new AuditStatusStore(bench.db, bench.key);
    expect(await status.warnings(new Date())).toEqual([]);
    expect(await status.warnings(new Date(Date.now() + 61_000))).toEqual([
      expect.stringMatching(/Seals of the audit log do not reach the file .*blocked/),
    ]);
    await rm(blocked);
    await carry(copiesTo({ sealFile: join(blocked, 'seals.jsonl') }).copies);
    expect(await lines(join(blocked, 'seals.jsonl'))).toEqual(await bench.outside());
    expect(await status.warnings(new Date(Date.now() + 61_000))).toEqual([]);
  });
});

describe('objects by HTTP', () => {
  const all = async () => (await bench.outside()).map((line) => `${line}\n`).sort();
  const stored = () => [...put.values()].map(({ body }) => body).sort();

  it('gets every seal under a name that sorts like the log', async () => {
    const { copies } = copiesTo({ sealFile: 'none', sealUrl: url, sealAuthorization: 'Bearer of the test' });
    await carry(copies);
    expect(stored()).toEqual(await all());
    const names = [...put.keys()];
    expect(names).toEqual([...names].sort());
    expect(names[0]).toMatch(/^\/bucket\/waybill\/seal-000000000001-[0-9a-f]{16}\.json$/);
    expect([...put.values()][0]!.authorization).toBe('Bearer of the test');
    expect(await placeRow('http')).toMatchObject({ address: url, trouble: null, upTo: put.size });
  });

  it('that answers with an error delays, is tried again more and more seldom, and loses nothing', async () => {
    const sealUrl = `${url}/second`;
    const { copies } = copiesTo({ sealFile: 'none', sealUrl });
    answer = 503;
    await carry(copies);
    await carry(copies); // too soon: not tried
    expect(await placeRow('http')).toMatchObject({ trouble: expect.stringMatching(/answered 503 to the PUT of seal 1/) });
    await seal(2);
    answer = 200;
    await carry(copiesTo({ sealFile: 'none', sealUrl }).copies);
    expect(stored()).toEqual(await all());
    expect(await placeRow('http')).toMatchObject({ trouble: null });
  });

  it('goes on after a break without leaving one out', async () => {
    const sealUrl = `${url}/third`;
    let struck = 0;
    armFailPoints((point) => {
      if (point === 'seal.copied' && (struck += 1) === 1) throw new Error('struck');
    });
    await carry(copiesTo({ sealFile: 'none', sealUrl }).copies);
    armFailPoints(() => undefined);
    await seal(1);
    await carry(copiesTo({ sealFile: 'none', sealUrl }).copies);
    expect(stored()).toEqual(await all());
  });

  it('is signed as S3 asks', async () => {
    const sealS3 = { region: 'eu-central-1', accessKeyId: 'AKIDOFTHETEST', secretAccessKey: 'secret-of-the-test' };
    await carry(copiesTo({ sealFile: 'none', sealUrl: `${url}/fourth`, sealS3 }).copies);
    const { authorization, date } = [...put.values()][0]!;
    expect(authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIDOFTHETEST\/\d{8}\/eu-central-1\/s3\/aws4_request, SignedHeaders=.*host.*, Signature=[0-9a-f]{64}$/,
    );
    expect(date).toMatch(/^\d{8}T\d{6}Z$/);
  });

  it('goes through the guarded client: an address that nobody allowed gets nothing', async () => {
    const { copies } = copiesTo({ sealFile: 'none', sealUrl: 'http://169.254.169.254/bucket' });
    await carry(copies);
    expect(await placeRow('http')).toMatchObject({ trouble: expect.stringMatching(/169\.254\.169\.254/) });
  });
});
