// An installation as files, and another one that does what the files say: the same content hashes, no drift, and nothing done that a person was not shown.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runDefinitions } from '../src/cli/definitions/command.js';
import { erpSettings, stripeSettings } from './demo-company.js';
import { adminKey, openBench, sandboxSecrets, type Bench } from './test-bench.js';
import { startTestPostgres, type TestPostgres } from './test-postgres.js';

jest.setTimeout(180_000);
const packsDir = resolve(import.meta.dirname, '../../../mappings');

describe('an installation in files', () => {
  let postgres: TestPostgres;
  let first: Bench;
  let second: Bench;
  let folder: string;
  let environment: Record<string, string>;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'waybill-files-'));
    postgres = await startTestPostgres();
    first = await openBench({ postgres });
    second = await openBench({ postgres });
    environment = { WAYBILL_API_KEY: adminKey };
    const { api } = first;
    await api.call('putConnection', { params: { name: 'stripe' }, body: { connector: 'stripe', settings: stripeSettings(first) } });
    await api.call('putConnection', {
      params: { name: 'erp-us' },
      body: { connector: 'sandbox-erp', settings: erpSettings(first), limits: { perSecond: 7 } },
    });
    await api.call('installPack', { params: { name: 'stripe' } });
    await api.call('installPack', { params: { name: 'sandbox-erp' } });
    await api.call('putMeter', {
      params: { name: 'api-calls' },
      body: { yaml: 'meter: api-calls # counted by the platform\nevents: [api.call]\naggregate: count\n' },
    });
    await api.call('putUsageEventType', {
      params: { type: 'api.call' },
      body: { schema: { type: 'object', required: ['region'] }, description: 'One call' },
    });
    // Two rows of one key, one of them over, and a cell that a spreadsheet would compute.
    await api.call('putTable', {
      params: { name: 'rates' },
      body: {
        title: 'Rates',
        key: ['code'],
        columns: [{ name: 'percent', type: 'decimal', required: true }, { name: 'words', type: 'text' }],
        rows: [
          { key: { code: 'A' }, values: { percent: '19.00', words: '=1+1' }, validTo: '2025-12-31' },
          { key: { code: 'A' }, values: { percent: '20.5', words: null }, validFrom: '2026-01-01' },
        ],
      },
    }); // prettier-ignore
    await api.call('governTable', { params: { name: 'rates' }, body: { approver: 'finance-approver', reason: 'money' } });
    await api.call('pauseFlow', { params: { name: 'erp-us-payments' } });
    await api.call('putSyntheticCheck', { params: { name: 'stripe-to-erp-us' }, body: { yaml: await readFile(join(packsDir, 'sandbox-erp/stripe-to-erp-us.synthetic.yaml'), 'utf8') } }); // prettier-ignore
    await api.call('pauseSyntheticCheck', { params: { name: 'stripe-to-erp-us' }, body: { reason: 'not here' } });
  });
  afterAll(async () => {
    await first?.stop();
    await second?.stop();
    await postgres?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const run = async (command: 'export' | 'check' | 'apply', args: string[], answer?: string, meanwhile?: () => Promise<unknown>) => {
    let said = '';
    const asked: string[] = [];
    const code = await runDefinitions(command, [folder, ...args], {
      say: (text) => void (said += text),
      environment: (name) => environment[name],
      packsDir,
      ask:
        answer === undefined
          ? undefined
          : async (question) => {
              asked.push(question);
              await meanwhile?.();
              return answer;
            },
    });
    return { code, said, asked };
  };
  const at = (bench: Bench) => ['--url', bench.api.url];
  const file = (name: string) => readFile(join(folder, name), 'utf8');
  const hashes = async (bench: Bench) => (await bench.api.call('listFlows')).items.map(({ name, release }) => [name, release.hash]);

  it('is exported without a secret, the same each time', async () => {
    const { code, said } = await run('export', at(first));
    expect(code).toBe(0);
    expect(said).toContain('2 connections, 1 event type,');
    expect(await file('erp-us.connection.yaml')).toContain('token:\n    env: ERP_US_TOKEN');
    expect(await file('tables/rates.csv')).toBe('"code","percent","words","validFrom","validTo"\r\n"A",19.00,"\'=1+1","","2025-12-31"\r\n"A",20.5,"","2026-01-01",""\r\n'); // prettier-ignore
    const texts = await Promise.all((await readdir(folder)).filter((name) => name.includes('.')).map(file));
    for (const secret of Object.values(sandboxSecrets)) expect(texts.join('')).not.toContain(secret);
    await run('export', at(first));
    expect(await Promise.all((await readdir(folder)).filter((name) => name.includes('.')).map(file))).toEqual(texts);
    expect((await run('check', at(first))).code).toBe(0);
  });

  it('is checked without an installation, every problem with its place', async () => {
    expect((await run('check', [])).code).toBe(0);
    const [mapping, flow] = ['stripe-invoice.jsonata', 'stripe-invoices.flow.yaml'];
    const [goodMapping, goodFlow] = await Promise.all([mapping, flow].map(file));
    const goodCheck = await file('stripe-to-erp-us.synthetic.yaml');
    await writeFile(join(folder, 'stripe-to-erp-us.synthetic.yaml'), goodCheck.replace('reverses: payment', 'reverses: paymant'));
    await writeFile(join(folder, mapping), `${goodMapping}}`);
    await writeFile(join(folder, flow), goodFlow!.replace(/^map: .*$/m, 'map: no-such-mapping'));
    await writeFile(
      join(folder, 'lost.connection.yaml'),
      'connection: lost\nconnector: stripe\nsettings: { apiKey: sk_live_1 }\nnonsense: 1\n',
    );
    await writeFile(join(folder, 'open.connection.yaml'), 'connection: open\nconnector: stripe\nsettings: { apiKey: sk_live_1 }\n');
    const { code, said } = await run('check', []);
    expect(code).toBe(2);
    expect(said).toMatch(/stripe-invoices\.flow\.yaml:\d+:\d+ {2}\/map {2}there is no mapping "no-such-mapping"/);
    expect(said).toMatch(/stripe-invoice\.jsonata:\d+:\d+/);
    expect(said).toContain('/nonsense  is not a field of a connection file here');
    expect(said).toContain('apiKey is a secret, and a file is no place for one');
    expect(said).not.toContain('sk_live_1');
    expect(said).toContain('there is no step paymant before it');
    await writeFile(join(folder, 'stripe-to-erp-us.synthetic.yaml'), goodCheck);
    await writeFile(join(folder, mapping), goodMapping!);
    await writeFile(join(folder, flow), goodFlow!);
    for (const name of ['lost', 'open']) await rm(join(folder, `${name}.connection.yaml`));
    expect((await run('check', [])).code).toBe(0);
  });

  it('is not applied without its secrets, without a yes, or with a key that may not', async () => {
    const before = await second.api.call('listFlows');
    const unset = await run('apply', [...at(second), '--yes']);
    expect(unset.code).toBe(2);
    expect(unset.said).toContain('takes its value from ERP_US_TOKEN, which is not set');
    const secrets = { ...stripeSettings(second), ...erpSettings(second) };
    environment = {
      ...environment,
      ERP_US_TOKEN: String(erpSettings(second)['token']),
      STRIPE_API_KEY: String(secrets['apiKey']),
      STRIPE_WEBHOOK_SECRET: String(secrets['webhookSecret']),
    };
    const no = await run('apply', at(second), 'n');
    expect(no).toMatchObject({ code: 2, asked: [expect.stringMatching(/^Apply \d+ to http/)] });
    expect(no.said).toContain('+ connection erp-us');
    expect((await run('apply', at(second))).said).toContain('Give --yes.');
    environment = { ...environment, WAYBILL_API_KEY: 'wbk_nobody' };
    expect((await run('apply', [...at(second), '--yes'])).code).toBe(2);
    environment = { ...environment, WAYBILL_API_KEY: adminKey };
    expect(await second.api.call('listFlows')).toEqual(before);
  });

  it('does the same in an empty installation, to the hash of each release, and what was paused is paused', async () => {
    const { code, said } = await run('apply', [...at(second), '--yes', '--note', 'from Git']);
    expect(said).toContain('Everything is as the files say');
    const expected = await hashes(first);
    expect(expected.length).toBeGreaterThan(5);
    expect(await hashes(second)).toEqual(expected);
    expect({ code, said }).toMatchObject({ code: 0 });
    const states = (await second.api.call('listFlows')).items.map(({ name, state }) => [name, state]);
    expect(states.filter(([, state]) => state !== 'on')).toEqual([['erp-us-payments', 'paused']]);
    expect(await second.api.call('getSyntheticCheck', { params: { name: 'stripe-to-erp-us' } })).toMatchObject({ state: 'paused', paused: { reason: 'from Git' }, newest: null }); // prettier-ignore
    const rates = (bench: Bench) => bench.api.call('listTableRows', { params: { name: 'rates' }, query: { everyDay: true } });
    const plain = ({ items }: Awaited<ReturnType<typeof rates>>) => items.map(({ key, values, validFrom, validTo }) => ({ key, values, validFrom, validTo })).sort((a) => (a.validFrom === null ? -1 : 1)); // prettier-ignore
    expect(plain(await rates(second))).toEqual(plain(await rates(first)));
    expect((await second.api.call('getConnection', { params: { name: 'erp-us' } })).limits).toMatchObject({
      perSecond: 7,
      own: ['perSecond'],
    });
    const [audit] = await second.sql<{ reason: string }>("select reason from audit_entry where action = 'flow.saved' limit 1");
    expect(audit!.reason).toBe('from Git');
    // The other one exported is the same folder, but for where its systems are.
    const again = await run('apply', [...at(second), '--yes']);
    expect(again).toMatchObject({ code: 0, said: expect.stringContaining('does what the files say') });
  });

  it('shows what drifted on either side, asks for what needs an approval, and takes nothing away', async () => {
    await writeFile(join(folder, 'tables/rates.csv'), (await file('tables/rates.csv')).replace('20.5', '21'));
    await writeFile(join(folder, 'stripe-invoices.flow.yaml'), `# a comment alone\n${await file('stripe-invoices.flow.yaml')}`);
    await second.api.call('putMapping', { params: { name: 'only-here' }, body: { source: '{ "a": 1 }' } });
    const drift = await run('check', at(second));
    expect(drift.code).toBe(1);
    expect(drift.said).toContain('0 to add, 1 to change, 1 that only the installation has');
    expect(drift.said).toContain('~ table rates');
    expect(drift.said).toContain('+  A: percent=21 from 2026-01-01');
    expect(drift.said).toContain('? mapping only-here');
    const applied = await run('apply', [...at(second), '--yes']);
    expect(applied.said).toMatch(/table rates: 1 row in the draft drf_\w+, which is submitted/);
    expect(applied.said).toContain('1 of them waits: for an approval, or to be made live.');
    expect(applied.code).toBe(1);
    expect((await second.api.call('listMappings')).items.map(({ name }) => name)).toContain('only-here');
    const { items } = await second.api.call('listApprovals', { query: { state: 'open' } });
    expect(items.map(({ kind }) => kind)).toEqual(['table-draft']);
  });

  it('makes one draft of a flow and its mapping where the flow names who approves, and says that it is not live', async () => {
    await second.api.call('governFlow', { params: { name: 'stripe-invoices' }, body: { approver: 'admin', reason: 'four eyes' } });
    await writeFile(join(folder, 'stripe-invoices.flow.yaml'), `${await file('stripe-invoices.flow.yaml')}\npriority: high\n`);
    await writeFile(join(folder, 'stripe-invoice.jsonata'), `${await file('stripe-invoice.jsonata')}\n/* newer */\n`);
    const applied = await run('apply', [...at(second), '--yes']);
    expect(applied.code).toBe(1);
    expect(applied.said).toMatch(/flow stripe-invoices: version \d+ is a draft/);
    expect(applied.said).toContain('mapping stripe-invoice is not as the file says yet');
    const { items } = await second.api.call('listReleases', { params: { name: 'stripe-invoices' } });
    expect(items[0]).toMatchObject({ state: 'draft', mapping: { version: 2 } });
    // What is exported is what is live.
    const exported = await mkdtemp(join(tmpdir(), 'waybill-live-'));
    await runDefinitions('export', [exported, ...at(second)], {
      say: () => undefined,
      environment: (name) => environment[name],
      packsDir,
      ask: undefined,
    });
    expect(await readFile(join(exported, 'stripe-invoice.jsonata'), 'utf8')).not.toContain('newer');
    await rm(exported, { recursive: true });
    await run('export', at(first));
  });

  it('does not put a file over what somebody saved after the plan was shown', async () => {
    const name = 'stripe-customers';
    const saved = await file(`${name}.flow.yaml`);
    const described = (words: string) => saved.replace(/description: .*/, `description: ${words}`);
    await writeFile(join(folder, `${name}.flow.yaml`), described('As the file says'));
    const body = { yaml: described('As a person says') };
    const applied = await run('apply', at(second), 'y', () => second.api.call('putFlow', { params: { name }, body }));
    expect(applied).toMatchObject({ code: 2, said: expect.stringContaining('somebody saved in between') });
    expect(await second.api.call('getFlow', { params: { name } })).toMatchObject({ description: 'As a person says' });
    const mapping = { name: 'stripe-customer' };
    await writeFile(join(folder, `${name}.flow.yaml`), body.yaml);
    const source = await file('stripe-customer.jsonata');
    await writeFile(join(folder, 'stripe-customer.jsonata'), `${source}\n/* the file */\n`);
    const again = await run('apply', at(second), 'y', () =>
      second.api.call('putMapping', { params: mapping, body: { source: `${source}\n/* a person */\n` } }),
    );
    expect(again).toMatchObject({ code: 2, said: expect.stringContaining('somebody saved in between') });
    expect((await second.api.call('getMapping', { params: mapping })).source).toContain('a person');
    await run('export', at(first));
  });

  it('leaves files that are not its own, and removes those of what is gone', async () => {
    await writeFile(join(folder, 'README.md'), 'ours');
    await writeFile(join(folder, 'gone.jsonata'), '1');
    const { said } = await run('export', at(first));
    expect(said).toContain('removed gone.jsonata');
    const files = await readdir(folder);
    expect(files).toContain('README.md');
    expect(files).not.toContain('gone.jsonata');
  });

  it('says how it is used, and what it lacks', async () => {
    expect((await run('check', ['--nonsense'])).code).toBe(2);
    expect(await run('apply', ['--help'])).toMatchObject({ code: 0, said: expect.stringContaining('--yes') });
    expect((await run('check', ['--url', 'http://127.0.0.1:9'])).said).toContain('cannot be reached');
    expect((await run('check', ['--url', 'ftp://x'])).said).toContain('is no address');
    environment = {};
    expect((await run('export', at(first))).said).toContain('WAYBILL_API_KEY is not set');
  });
});
