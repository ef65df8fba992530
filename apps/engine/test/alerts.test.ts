// Alerts through HTTP: found, said once, repeated, ended; retried until they arrive, and seen when they do not; kept from who may not see them.
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AlertSending, AlertWatch } from '../src/assurance/index.js';
import type { AlertRule } from '../src/assurance/alerts/rules.js';
import { openBench, type Bench } from './test-bench.js';

jest.setTimeout(120_000);
const secret = 'a secret of sixteen and more';

interface Heard {
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
}

describe('alerts', () => {
  let bench: Bench;
  let ears: Server;
  let heard: Heard[] = [];
  let answers = 204;
  let origin: string;
  const rule = (changed: Partial<AlertRule> = {}): AlertRule => ({
    description: '', watch: 'connections', where: {}, limits: { minutes: 5 }, severity: 'high', channels: ['hook'], digestMinutes: 0, repeatHours: 4, tellEnd: true, quiet: null,
    highBreaksQuiet: true, subject: null, text: null, ...changed,
  }); // prettier-ignore
  const put = (name: string, changed: Partial<AlertRule> = {}) => bench.api.call('putAlertRule', { params: { name }, body: rule(changed) });
  const look = () => bench.engine.app.get(AlertWatch).lookAll();
  const send = () => bench.engine.app.get(AlertSending).sendDue();
  const open = async () => (await bench.api.call('listAlerts')).items;
  const notices = async () => (await bench.api.call('listAlertNotices')).items;
  const failing = (name: string, minutes = 10) =>
    bench.sql(
      "insert into connection_health (connection, state, since, detail) values ($1, 'open', now() - $2 * interval '1 minute', 'refused') on conflict (connection) do update set state = 'open', since = excluded.since",
      [name, minutes],
    );
  const well = (name: string) => bench.sql("update connection_health set state = 'ok' where connection = $1", [name]);
  const said = () => heard.map(({ body }) => JSON.parse(body) as { type: string; data: { subject: string; alerts: { title: string }[] } });

  beforeAll(async () => {
    ears = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        heard.push({ path: request.url!, headers: request.headers, body });
        response.writeHead(answers, {}).end(answers < 300 ? undefined : 'not today');
      });
    });
    await new Promise<void>((listening) => ears.listen(0, '127.0.0.1', listening));
    origin = `http://127.0.0.1:${(ears.address() as AddressInfo).port}`;
    // The rounds of this suite are its own: a scheduler beside it would look too.
    bench = await openBench({ settings: { roles: ['api', 'worker'] } });
    for (const name of ['erp-a', 'erp-b'])
      await bench.api.call('putConnection', { params: { name }, body: { connector: 'http', settings: { system: name, baseUrl: origin } } });
    await bench.api.call('putAlertChannel', { params: { name: 'hook' }, body: { kind: 'webhook', url: `${origin}/hook`, secret } });
  });
  beforeEach(async () => {
    for (const { name } of (await bench.api.call('listAlertRules')).items) await bench.api.call('removeAlertRule', { params: { name } });
    await bench.sql('delete from alert_notice');
    await bench.sql('delete from connection_health');
    heard = [];
    answers = 204;
  });
  afterAll(async () => {
    await bench?.stop();
    await new Promise((closed) => ears.close(closed));
  });

  it('tell of a connection that fails once, signed, say it again after hours, and say that it is over', async () => {
    await put('systems');
    await failing('erp-a');
    await failing('erp-b', 1); // not for long enough
    await look();
    await look();
    await send();
    await send();
    expect(said()).toEqual([expect.objectContaining({ type: 'alert.opened' })]);
    expect(said()[0]!.data).toMatchObject({ rule: 'systems', subject: expect.stringContaining('erp-a does not answer'), alerts: [{ title: 'erp-a does not answer', detail: 'refused' }] }); // prettier-ignore
    const [{ headers, body }] = heard as [Heard];
    const expected = createHmac('sha256', secret).update(`${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`).digest('base64'); // prettier-ignore
    expect(headers['webhook-signature']).toBe(`v1,${expected}`);
    expect(await open()).toMatchObject([{ rule: 'systems', about: 'connection erp-a', saidAt: expect.any(String), endedAt: null }]);

    await bench.sql("update alert set said_at = now() - interval '5 hours'");
    await look();
    await send();
    expect(said().map(({ type }) => type)).toEqual(['alert.opened', 'alert.repeated']);
    const id = (await open())[0]!.id;
    await bench.api.call('acknowledgeAlert', { params: { id } });
    await bench.sql("update alert set said_at = now() - interval '5 hours'");
    await look();
    await send();
    expect(heard).toHaveLength(2);
    await well('erp-a');
    await look();
    await send();
    expect(said().map(({ type }) => type)).toEqual(['alert.opened', 'alert.repeated', 'alert.ended']);
    expect(await open()).toEqual([]);
    const entries = await bench.sql<{ action: string }>('select action from audit_entry where object_id = $1', [id]);
    expect(entries).toEqual([{ action: 'alert.acknowledged' }]);
  });

  it('gather what comes within a while, and say nothing of what was over before', async () => {
    await put('systems', { digestMinutes: 10 });
    await failing('erp-a');
    await look();
    await failing('erp-b');
    await look();
    await send();
    expect(heard).toEqual([]);
    await well('erp-a');
    await look();
    await bench.sql('update alert_notice set due_at = now()');
    await send();
    expect(said().map(({ data }) => data.alerts.map(({ title }) => title))).toEqual([['erp-b does not answer']]);
  });

  it('are tried again until they arrive; one that never does is failed, seen on the overview, and can be sent again', async () => {
    await put('systems');
    await failing('erp-a');
    answers = 503;
    await look();
    for (let n = 0; n < 8; n += 1) {
      await bench.sql('update alert_notice set due_at = now()');
      await send();
    }
    expect(heard).toHaveLength(6);
    expect(new Set(heard.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    const [failed] = await notices();
    expect(failed).toMatchObject({ state: 'failed', tries: 6, lastError: 'answered 503: not today' });
    const attention = async () => (await bench.api.call('getOverview')).attention.filter(({ kind }) => kind === 'alert');
    expect(await attention()).toMatchObject([
      { severity: 'high', title: 'One alert could not be delivered', link: '/alerts?tab=sent&state=failed' },
    ]);
    expect((await bench.api.call('listAlertChannels')).items).toMatchObject([
      { health: { state: 'failing', detail: 'answered 503: not today' } },
    ]);
    answers = 204;
    expect(await bench.api.call('sendAlertNoticeAgain', { params: { id: failed!.id } })).toMatchObject({ state: 'sent', lastError: null });
    expect(await attention()).toEqual([]);
    expect((await bench.api.problem('sendAlertNoticeAgain', { params: { id: failed!.id } })).code).toBe('CONFLICT');
  });

  it('wait while their channel is paused, and a channel is tested, kept secret, and not removed under a rule', async () => {
    await put('systems');
    await bench.api.call('pauseAlertChannel', { params: { name: 'hook' } });
    await failing('erp-a');
    await look();
    await send();
    expect(heard).toEqual([]);
    expect((await bench.api.problem('testAlertChannel', { params: { name: 'hook' } })).code).toBe('CONFLICT');
    await bench.api.call('resumeAlertChannel', { params: { name: 'hook' } });
    await send();
    expect(heard).toHaveLength(1);
    expect(await bench.api.call('testAlertChannel', { params: { name: 'hook' } })).toMatchObject({ state: 'sent', occasion: 'test' });
    const shown = JSON.stringify(await bench.api.call('listAlertChannels'));
    expect([shown.includes(secret), shown.includes('/hook')]).toEqual([false, false]);
    expect((await bench.api.problem('removeAlertChannel', { params: { name: 'hook' } })).code).toBe('ALERT_CHANNEL_IN_USE');
    const slack = { kind: 'slack' as const, url: 'http://169.254.169.254/latest' };
    await bench.api.call('putAlertChannel', { params: { name: 'inside' }, body: slack });
    expect(await bench.api.call('testAlertChannel', { params: { name: 'inside' } })).toMatchObject({ state: 'waiting', lastError: expect.stringContaining('an address inside') }); // prettier-ignore
    await bench.api.call('removeAlertChannel', { params: { name: 'inside' } });
    expect(await bench.sql("select 1 from secret where owner = 'alert-channel/inside'")).toEqual([]);
  });

  it('ask every watch a question that the database can answer, and preview what would be said', async () => {
    for (const watch of ['exceptions', 'connections', 'delays', 'controls', 'approvals', 'deliveries', 'credentials', 'usage'] as const) {
      const limits = watch === 'exceptions' ? { count: 2, amount: { amount: '10.5', currency: 'EUR' }, overdue: true } : {};
      const { found, text } = await bench.api.call('previewAlertRule', { body: { name: 'try', rule: rule({ watch, limits }) } });
      expect({ watch, found, text }).toMatchObject({ watch, found: [], text: expect.stringContaining('An example') });
    }
    expect(await notices()).toEqual([]);
    const { code, problems } = await bench.api.problem('putAlertRule', { params: { name: 'wrong' }, body: rule({ channels: ['none'], limits: { days: 2 } }) }); // prettier-ignore
    expect([code, problems!.map(({ path }) => path)]).toEqual(['ALERT_RULE_INVALID', ['/limits/days', '/channels/0']]);
  });

  it('of no legal entity are hidden from who is limited to one, who may make rules about that one alone', async () => {
    await put('systems');
    await failing('erp-a');
    await look();
    const { value } = await bench.api.call('createApiKey', { body: { name: 'limited', roles: ['ops'], legalEntities: ['US'] } } as never) as { value: string }; // prettier-ignore
    const limited = bench.api.as(value);
    expect([
      (await limited.call('listAlerts')).items,
      (await limited.call('listAlertRules')).items,
      (await limited.call('listAlertNotices')).items,
    ]).toEqual([[], [], []]);
    expect((await limited.problem('getAlertRule', { params: { name: 'systems' } })).code).toBe('NOT_FOUND');
    expect((await limited.problem('putAlertRule', { params: { name: 'mine' }, body: rule() })).code).toBe('SCOPE_WIDER');
    const mine = rule({ watch: 'exceptions', limits: {}, where: { legalEntity: 'US' } });
    expect(await limited.call('putAlertRule', { params: { name: 'mine' }, body: mine })).toMatchObject({ name: 'mine', open: 0 });
    const { value: viewer } = await bench.api.call('createApiKey', { body: { name: 'viewer', roles: ['viewer'] } } as never) as { value: string }; // prettier-ignore
    expect((await bench.api.as(viewer).problem('putAlertRule', { params: { name: 'mine' }, body: mine })).code).toBe('FORBIDDEN');
    expect((await bench.api.as(viewer).problem('putAlertChannel', { params: { name: 'hook' }, body: { kind: 'slack' } })).code).toBe(
      'FORBIDDEN',
    );
  });
});
