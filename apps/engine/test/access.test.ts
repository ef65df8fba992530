// Who may do what, and who did it: permissions, sessions, audit in one transaction with the act, secrets that never come out.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { DiscoveryService, MetadataScanner, ModulesContainer } from '@nestjs/core';
import { permissions, roles, scopePermissions } from '../src/governance/access/permissions.js';
import { routeMetadata } from '../src/platform/http/index.js';
import type { RouteSpec } from '../src/platform/http/route.js';
import { routes } from '../src/routes.js';
import { ApiCaller, problemIn, type RouteName } from './api-caller.js';
import { exceptionOf, makeCustomer, messageIn, setUpCompany, stripeSettings } from './demo-company.js';
import { deliver, event, invoice, webhookSecret } from './stripe-events.js';
import { adminPassword, openBench, sandboxSecrets, type Bench } from './test-bench.js';

jest.setTimeout(120_000);
const specs = Object.entries(routes) as [RouteName, RouteSpec][];
/** Parameters that fit every pattern and name nothing that is there. */
const params = { name: 'no-such-thing', connection: 'no-such-thing', stage: 'map', kind: 'source', type: 'invoice' };
const withId = (path: string) => ({
  ...params,
  id: `${{ messages: 'msg', exceptions: 'exc', runs: 'run', users: 'usr', 'api-keys': 'key', approvals: 'apr', canonical: 'can', sessions: 'ses', 'service-accounts': 'sva', selections: 'sel', replays: 'run', 'synthetic-runs': 'syn' }[path.split('/')[2]!] ?? 'msg'}_00000000000000000000000000`,
});
/** Nobody signs in or out here, and no stream is opened. */
const probed = specs.filter(([name, spec]) => spec.permission !== 'public' && spec.permission !== 'signed-in' && name !== 'streamEvents');

describe('access', () => {
  let bench: Bench;
  const keys = new Map<string, ApiCaller>();
  beforeAll(async () => {
    bench = await openBench();
    await setUpCompany(bench);
    for (const role of Object.keys(roles))
      keys.set(role, bench.api.as((await bench.api.call('createApiKey', { body: { name: role, roles: [role] } })).value));
  });
  afterAll(() => bench?.stop());

  describe('the contract', () => {
    it('has a handler for every route, and a route for every handler', () => {
      const handled = new Set<unknown>();
      const discovery = new DiscoveryService(bench.engine.app.get(ModulesContainer));
      for (const { instance } of discovery.getControllers()) {
        const prototype = Object.getPrototypeOf(instance) as Record<string, object>;
        for (const method of new MetadataScanner().getAllMethodNames(prototype)) {
          const spec: unknown = Reflect.getMetadata(routeMetadata, prototype[method]!);
          if (Reflect.hasMetadata('path', prototype[method]!)) expect([method, spec]).toEqual([method, expect.anything()]);
          if (spec) handled.add(spec);
        }
      }
      expect(specs.filter(([, spec]) => !handled.has(spec)).map(([name]) => name)).toEqual([]);
      expect([...handled].filter((spec) => !specs.some(([, known]) => known === spec))).toEqual([]);
    });

    it('declares a permission that exists on every route, and uses every permission', () => {
      const known = [...Object.keys(permissions), 'public', 'signed-in'];
      expect(specs.filter(([, { permission }]) => !known.includes(permission)).map(([name]) => name)).toEqual([]);
      expect(Object.keys(permissions).filter((name) => !specs.some(([, { permission }]) => permission === name))).toEqual([
        ...scopePermissions,
      ]);
      expect(new Set(specs.map(([, { method, path }]) => `${method} ${path}`)).size).toBe(specs.length);
    });

    it('is the OpenAPI document', async () => {
      const document = (await (await bench.api.send('getOpenApi')).json()) as {
        paths: Record<string, Record<string, { operationId: string; 'x-permission': string }>>;
      };
      for (const [name, { path, method, permission }] of specs)
        expect(document.paths[path]![method.toLowerCase()]).toMatchObject({ operationId: name, 'x-permission': permission });
    });
  });

  describe('permissions', () => {
    it.each(probed.map(([name, spec]) => [name, spec] as const))(
      '%s refuses who has no key, and whose key is wrong',
      async (name, { path }) => {
        const nobody = new ApiCaller(bench.api.url, {});
        for (const caller of [nobody, bench.api.as('wb_not-a-key-of-anybody-at-all')])
          expect((await caller.send(name, { params: withId(path) })).status).toBe(401);
      },
    );

    it.each(probed.map(([name, spec]) => [name, spec] as const))(
      '%s lets exactly the roles in that have its permission',
      async (name, { path, permission }) => {
        for (const [role, facts] of Object.entries(roles)) {
          const response = await keys
            .get(role)!
            .send(name, { params: withId(path), ...(routes[name].method === 'GET' ? {} : { body: { nonsense: true } }) });
          const may = (facts.permissions as readonly string[]).includes(permission);
          expect([role, name, response.status === 403]).toEqual([role, name, !may]);
          expect(response.status).toBeLessThan(500);
        }
      },
    );

    it('refuses a viewer every write', async () => {
      const tries = [
        'evaluateMapping',
        'compareMapping',
        'compareRelease',
        'checkMapping',
        'runCases',
        'checkFlow',
        'previewMeter',
        'validateDocument',
        'searchPayloads',
        'tryUsageEventType',
        'makeView',
        'changeView',
        'removeView',
      ];
      const writes = probed.filter(([name, { method }]) => method !== 'GET' && !tries.includes(name));
      expect(writes.length).toBeGreaterThan(15);
      for (const [name, { path }] of writes)
        expect([name, (await keys.get('viewer')!.send(name, { params: withId(path), body: {} })).status]).toEqual([name, 403]);
    });

    it('lets each keep views of lists, some share them, and nobody touch what is not theirs', async () => {
      const [viewer, finance, auditor] = [keys.get('viewer')!, keys.get('finance-operator')!, keys.get('auditor')!];
      const body = { page: 'exceptions', name: 'Mine, over 1,000', search: { q: 'umbrella', sort: 'money' } };
      const mine = await viewer.call('makeView', { body });
      expect(mine).toMatchObject({ ...body, shared: false, mine: true, owner: 'viewer' });
      expect(await viewer.problem('makeView', { body: { ...body, name: 'MINE, over 1,000 ' } })).toMatchObject({
        code: 'VIEW_NAME_TAKEN',
        path: '/name',
      });
      expect(await viewer.problem('makeView', { body: { ...body, name: ' ' } })).toMatchObject({ code: 'REQUEST_INVALID', path: '/name' });
      expect(await viewer.problem('shareView', { params: { id: mine.id }, body: { shared: true } })).toMatchObject({ status: 403 });

      // What is not shared is not there for anybody else.
      expect((await finance.call('listViews', { query: { page: 'exceptions' } })).items).toEqual([]);
      expect(await finance.problem('removeView', { params: { id: mine.id } })).toMatchObject({ status: 404 });
      expect(await finance.problem('shareView', { params: { id: mine.id }, body: { shared: true } })).toMatchObject({ status: 404 });

      const desk = await finance.call('makeView', { body: { ...body, name: 'The desk' } });
      await finance.call('shareView', { params: { id: desk.id }, body: { shared: true } });
      expect((await viewer.call('listViews', { query: {} })).items.map(({ name, mine }) => [name, mine])).toEqual([
        ['Mine, over 1,000', true],
        ['The desk', false],
      ]);
      expect(await viewer.problem('changeView', { params: { id: desk.id }, body: { name: 'No desk', search: {} } })).toMatchObject({
        status: 403,
      });
      expect(await auditor.problem('removeView', { params: { id: desk.id } })).toMatchObject({ status: 403 });
      const changed = await keys
        .get('ops')!
        .call('changeView', { params: { id: desk.id }, body: { name: 'The desk', search: { sort: 'age' } } });
      expect(changed).toMatchObject({ search: { sort: 'age' }, mine: false, owner: 'finance-operator' });
      await finance.call('removeView', { params: { id: desk.id } });

      const { items } = await bench.api.call('listAudit', { query: { object: 'view', limit: 10 } });
      expect(items.map(({ action }) => action)).toEqual(['view.removed', 'view.changed', 'view.shared', 'view.saved', 'view.saved']);

      for (let n = 1; n < 100; n += 1) await viewer.call('makeView', { body: { ...body, name: `View ${n}` } });
      expect(await viewer.problem('makeView', { body: { ...body, name: 'One more' } })).toMatchObject({ status: 409, code: 'VIEWS_FULL' });
    });

    it('ends a key at once when it is revoked', async () => {
      const { id, value } = await bench.api.call('createApiKey', { body: { name: 'short', roles: ['viewer'] } });
      await bench.api.as(value).call('listFlows');
      await bench.api.call('revokeApiKey', { params: { id } });
      expect(await bench.api.as(value).problem('listFlows')).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
    });

    it('keeps the last administrator', async () => {
      const { items } = await bench.api.call('listUsers');
      expect(await bench.api.problem('changeUser', { params: { id: items[0]!.id }, body: { disabled: true } })).toMatchObject({
        status: 409,
        code: 'LAST_ADMIN',
      });
      expect((await bench.api.call('listUsers')).items[0]!.disabled).toBe(false);
    });
  });

  describe('sessions', () => {
    const session = (method: string, headers: Record<string, string>, body?: unknown) =>
      fetch(`${bench.api.url}/v1/session`, {
        method,
        headers: { ...(body ? { 'content-type': 'application/json' } : {}), ...headers },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
    const ours = { 'x-waybill-request': '1' };
    const signIn = (password: string, email = 'admin@waybill.local', headers: Record<string, string> = ours) =>
      session('POST', headers, { email, password });
    const cookieOf = (response: Response) => response.headers.get('set-cookie')!.split(';')[0]!;

    it('begins with a cookie that scripts and other sites cannot use, and ends for good', async () => {
      const response = await signIn(adminPassword);
      expect(response.headers.getSetCookie()[0]).toMatch(/^__Host-waybill_session=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
      const cookie = cookieOf(response);
      expect(await (await session('GET', { cookie })).json()).toMatchObject({
        kind: 'user',
        email: 'admin@waybill.local',
        roles: ['admin'],
      });
      expect(await problemIn(await session('DELETE', { cookie }))).toMatchObject({ status: 403, code: 'CSRF_REFUSED' });
      expect(await problemIn(await session('DELETE', { cookie, ...ours, origin: 'https://elsewhere.example' }))).toMatchObject({
        status: 403,
        code: 'CSRF_REFUSED',
      });
      expect((await session('DELETE', { cookie, ...ours })).status).toBe(200);
      expect((await session('GET', { cookie })).status).toBe(401);
    });

    it('needs the header at sign-in too, so that no form can sign anybody in', async () => {
      expect(await problemIn(await signIn(adminPassword, undefined, {}))).toMatchObject({ code: 'CSRF_REFUSED' });
    });

    it('ends the sessions of a user whose roles change, and of one who is disabled', async () => {
      const { id } = await bench.api.call('createUser', {
        body: { email: 'Ada@Example.org', name: 'Ada', roles: ['viewer'], password: 'correct horse battery' },
      });
      for (const change of [{ roles: ['ops'] }, { disabled: true }]) {
        const cookie = cookieOf(await signIn('correct horse battery', 'ada@example.org'));
        expect((await session('GET', { cookie })).status).toBe(200);
        await bench.api.call('changeUser', { params: { id }, body: change });
        expect((await session('GET', { cookie })).status).toBe(401);
      }
      expect(await problemIn(await signIn('correct horse battery', 'ada@example.org'))).toMatchObject({
        status: 401,
        code: 'SIGN_IN_FAILED',
      });
      await bench.sql('delete from sign_in_failure');
    });

    it('says the same for a wrong password and an unknown user, and slows down who guesses', async () => {
      const tell = async (response: Response) => (({ status, code, detail }) => ({ status, code, detail }))(await problemIn(response));
      expect(await tell(await signIn('wrong password!'))).toEqual(await tell(await signIn('wrong password!', 'nobody@example.org')));
      let last = await problemIn(await signIn('wrong password!'));
      for (let n = 0; n < 8 && last.code === 'SIGN_IN_FAILED'; n += 1) last = await problemIn(await signIn('wrong password!'));
      await bench.sql("update sign_in_failure set next_at = now() + interval '10 minutes' where failures >= 5");
      expect(last).toMatchObject({ status: 429, code: 'SIGN_IN_THROTTLED', retryAfter: expect.stringMatching(/^\d+$/) });
      expect(await problemIn(await signIn(adminPassword))).toMatchObject({ status: 429 }); // also the right one has to wait
      await bench.sql('delete from sign_in_failure');
      expect((await signIn(adminPassword)).status).toBe(200);
    });
  });

  describe('audit', () => {
    it('records every write that was exercised, with who and what', async () => {
      await bench.api.call('pauseFlow', { params: { name: 'erp-us-invoices' } });
      await bench.api.call('resumeFlow', { params: { name: 'erp-us-invoices' } });
      const items = [];
      for (let cursor: string | null | undefined; cursor !== null;) {
        const page = await bench.api.call('listAudit', { query: { limit: 200, ...(cursor ? { cursor } : {}) } });
        items.push(...page.items);
        cursor = page.next;
      }
      const actions = new Set(items.map((entry) => entry.action));
      for (const action of [
        'connection.created',
        'table.created',
        'table.rows-written',
        'mapping.saved',
        'flow.saved',
        'flow.paused',
        'flow.resumed',
        'api-key.created',
        'api-key.revoked',
        'user.created',
        'user.changed',
        'session.started',
        'session.ended',
      ])
        expect([...actions]).toContain(action);
      expect(items.find((entry) => entry.action === 'flow.paused')).toMatchObject({
        actorKind: 'api-key',
        actor: 'bootstrap',
        objectKind: 'flow',
        objectId: 'erp-us-invoices',
        requestId: expect.stringMatching(/^req_/),
      });
    });

    it('never changes, not even for the owner', async () => {
      for (const statement of ["update audit_entry set summary = 'nothing'", 'delete from audit_entry', 'truncate audit_entry'])
        await expect(bench.sql(statement)).rejects.toThrow('never changed');
    });

    it('commits nothing of an act that it cannot record', async () => {
      await makeCustomer(bench, { number: 'cus_audit', active: false });
      await deliver(bench, event(invoice({ id: 'in_audit', customer: 'cus_audit' })));
      const exception = await exceptionOf(bench, { key: 'in_audit' });
      const { id } = (await bench.api.call('listUsers')).items.find((user) => user.name === 'Ada')!;
      const state = () =>
        Promise.all(
          [
            'connection',
            'flow',
            'release',
            'mapping_version',
            'reference_table',
            'table_row',
            'user_account',
            'user_link',
            'service_account',
            'api_key',
            'exception',
            'exception_act',
            'selection',
            'message',
            'run',
          ].map(async (table) => [
            table,
            (
              await bench.sql(
                `select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as hash from (select to_jsonb(x) - 'last_used_at' - 'reason' - 'updated_at' - 'due_at' as t from ${table} x) s`,
              )
            )[0],
          ]),
        );
      await bench.sql(
        "create function refuse_audit() returns trigger language plpgsql as $$ begin raise exception 'the audit is away'; end $$",
      );
      await bench.sql('create trigger refuse_audit before insert on audit_entry for each statement execute function refuse_audit()');
      try {
        const before = await state();
        const { api } = bench;
        const { yaml } = await api.call('getFlow', { params: { name: 'erp-us-invoices' } });
        const acts: Promise<Response>[] = [
          api.send('putConnection', {
            params: { name: 'audit-less' },
            body: { connector: 'stripe', settings: stripeSettings(bench, 'acct_less') },
          }),
          api.send('pauseConnection', { params: { name: 'stripe' } }),
          api.send('putFlow', { params: { name: 'erp-us-invoices' }, body: { yaml: `${yaml}retry: { attempts: 3 }\n` } }),
          api.send('pauseFlow', { params: { name: 'stripe-invoices' } }),
          api.send('putMapping', { params: { name: 'erp-invoice' }, body: { source: '{}' } }),
          api.send('putTable', {
            params: { name: 'audit-less' },
            body: { title: 'x', key: ['a'], columns: [{ name: 'b', type: 'text' }] },
          }),
          api.send('changeTableRows', {
            params: { name: 'legal-entity' },
            body: { put: [{ key: { country: 'ZZ' }, values: { entity: 'US', zone: 'UTC', functionalCurrency: 'USD' } }] },
          }),
          api.send('importTableRows', { params: { name: 'customer' }, text: 'customer,number\ncus_z,Z', type: 'text/csv' }),
          api.send('createUser', { body: { email: 'eve@example.org', name: 'Eve', roles: ['admin'], password: 'a long password' } }),
          api.send('changeUser', { params: { id }, body: { disabled: false } }),
          api.send('createApiKey', { body: { name: 'less', roles: ['admin'] } }),
          api.send('assignException', { params: { id: exception.id }, body: { assignee: 'admin@waybill.local' } }),
          api.send('resolveException', { params: { id: exception.id }, body: { reason: 'nobody sees' } }),
          api.send('startReplay', { body: { messages: [exception.messageId] } }),
          api.send('startRun', { params: { name: 'stripe-invoices' }, body: { kind: 'backfill' } }),
          api.send('installPack', { params: { name: 'sandbox-erp' }, body: {} }),
        ];
        expect((await Promise.all(acts)).map((response) => response.status)).toEqual(acts.map(() => 500));
        // Apart from those above: more at the same time than the bench has connections would wait for one.
        const ofExceptions: Promise<Response>[] = [
          api.send('snoozeException', {
            params: { id: exception.id },
            body: { until: new Date(Date.now() + 3_600_000).toISOString() },
          }),
          api.send('commentException', { params: { id: exception.id }, body: { text: 'nobody reads' } }),
          api.send('makeSelection', { body: { exceptions: [exception.id] } }),
          api.send('exportExceptions'),
        ];
        expect((await Promise.all(ofExceptions)).map((response) => response.status)).toEqual(ofExceptions.map(() => 500));
        const ofIdentity: Promise<Response>[] = [
          api.send('inviteUser', { body: { email: 'mallory@example.org', name: 'Mallory', roles: ['admin'] } }),
          api.send('renewUserLink', { params: { id: (await api.call('listUsers')).items.find((user) => !user.disabled)!.id } }),
          api.send('createServiceAccount', { body: { name: 'less', permissions: ['flow.read'] } }),
          api.send('rotateApiKey', {
            params: { id: (await api.call('listApiKeys')).items.find((key) => key.revokedAt === null)!.id },
            body: { oldUntil: new Date().toISOString() },
          }),
        ];
        expect((await Promise.all(ofIdentity)).map((response) => response.status)).toEqual(ofIdentity.map(() => 500));
        expect(await state()).toEqual(before);
      } finally {
        await bench.sql('drop trigger refuse_audit on audit_entry');
      }
      expect((await bench.api.send('pauseConnection', { params: { name: 'stripe' } })).status).toBe(200);
      await bench.api.call('resumeConnection', { params: { name: 'stripe' } });
    });
  });

  describe('secrets', () => {
    it('come out of nothing: no answer, no audit entry, no message, no column in the clear', async () => {
      const planted = { ...sandboxSecrets, webhookSecret };
      await deliver(bench, event(invoice({ id: 'in_secret' })));
      const { id } = await messageIn(bench, { key: 'in_secret' }, 'posted');
      const answers: string[] = [];
      for (const [name, { method, path }] of specs.filter(([name]) => name !== 'streamEvents')) {
        if (method !== 'GET') continue;
        for (const given of [{ params: { ...withId(path), name: 'erp-us' } }, { params: { ...withId(path), name: 'stripe', id } }])
          answers.push(await (await bench.api.send(name, given)).text());
      }
      for (const table of [
        'audit_entry',
        'connection',
        'message',
        'message_body',
        'message_history',
        'attempt',
        'exception',
        'posting',
        'release',
        'inbox',
        'secret',
      ])
        answers.push(JSON.stringify(await bench.sql(`select * from ${table}`)));
      expect(answers.join().length).toBeGreaterThan(10_000);
      for (const value of Object.values(planted)) expect(answers.filter((answer) => answer.includes(value))).toEqual([]);
      expect((await bench.api.call('getConnection', { params: { name: 'stripe' } })).settings).toMatchObject({
        apiKey: { set: true },
        webhookSecret: { set: true },
        accountId: 'acct_bench',
      });
    });

    it('stay when a connection is saved without them, and do not open under another name', async () => {
      const { webhookSecret: _, apiKey: __, ...open } = stripeSettings(bench);
      await bench.api.call('putConnection', { params: { name: 'stripe' }, body: { connector: 'stripe', settings: open } });
      await deliver(bench, event(invoice({ id: 'in_kept_secret' })));
      await bench.api.call('putConnection', {
        params: { name: 'stripe-moved' },
        body: { connector: 'stripe', settings: { ...stripeSettings(bench, 'acct_moved') } },
      });
      await bench.sql("delete from secret where owner = 'connection/stripe-moved'");
      await bench.sql(
        "insert into secret select 'connection/stripe-moved', field, ciphertext, nonce, tag, wrapped_key, wrap_nonce, wrap_tag, kek_id from secret where owner = 'connection/stripe'",
      );
      expect((await bench.api.send('checkConnection', { params: { name: 'stripe-moved' } })).status).toBe(500);
    });
  });

  it('lists five faults of a flow file in one answer, each with its line', async () => {
    const yaml = [
      'flow: five-faults',
      'from: { connection: nowhere, stream: invoices }',
      'map: no-such-mapping',
      'enrich:',
      '  entity: { table: no-such-table, by: { country: customer } }',
      'permit:',
      '  - { rule: broken, when: "total >", then: skip }',
      'to: { connection: erp-us, operation: no-such-operation }',
      '',
    ].join('\n');
    const problem = await bench.api.problem('putFlow', { params: { name: 'five-faults' }, body: { yaml } });
    expect(problem).toMatchObject({ status: 422, code: 'FLOW_INVALID' });
    expect(problem.problems!.map(({ code, path, line }) => ({ code, path, line }))).toEqual(
      expect.arrayContaining([
        { code: 'FLOW_CONNECTION_UNKNOWN', path: '/from/connection', line: 2 },
        { code: 'FLOW_MAPPING_UNKNOWN', path: '/map', line: 3 },
        { code: 'FLOW_TABLE_UNKNOWN', path: '/enrich/entity/table', line: 5 },
        { code: 'FLOW_EXPRESSION', path: '/permit/0/when', line: 7 },
        { code: 'FLOW_OPERATION_UNKNOWN', path: '/to/operation', line: 8 },
      ]),
    );
    expect(problem.problems).toHaveLength(5);
    expect(await bench.api.problem('getFlow', { params: { name: 'five-faults' } })).toMatchObject({ status: 404 });
  });
});
