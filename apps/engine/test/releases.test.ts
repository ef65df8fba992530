// A mapping change is proven on recorded traffic before it touches a target, approved by somebody else, shadowed, shared, stopped by itself and rolled
// back in one act; nothing is lost, and nothing is posted twice.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { money } from '@waybill/sdk';
import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { releaseFor } from '../src/catalog/flows/choosing.js';
import { releaseMoves, releaseStates } from '../src/catalog/flows/release-life.js';
import { ShadowStore, ShareWatch } from '../src/pipeline/index.js';
import { erpSettings } from './demo-company.js';
import { eventually } from './eventually.js';
import { person, type Person } from './people.js';
import { openBench, type Bench } from './test-bench.js';

jest.setTimeout(240_000);
const secret = 'the-secret-of-the-shop';
const flow = 'orders';
const reason = 'agreed with finance';
const first = `{ "reference": id, "entity": entity, "total": total, "currency": "EUR", "note": "as ordered" }`;
/** A surcharge for one country, and a region that no order may be without. */
const second = `{ "reference": id, "entity": entity, "total": country = "CH" ? $money.add(total, "1.50") : total, "currency": "EUR",
  "region": $require(region, "Order " & id & " has no region.") }`;

interface Order {
  id: string;
  entity: string;
  total: string;
  country: string;
  region?: string;
  timestamp: string;
}
/** Of 500, exactly 12 go to Switzerland. */
const order = (n: number, more: Partial<Order> = {}): Order => ({
  id: `o-${n}`,
  entity: n % 2 ? 'US' : 'DE',
  total: '10.00',
  country: n % 42 === 7 ? 'CH' : 'FR',
  region: 'west',
  timestamp: '2026-11-01T12:00:00Z',
  ...more,
});

let bench: Bench;
let target: Server;
/** What the target took, by reference. */
const taken = new Map<string, { total: string }[]>();
let integrator: Person;
let approver: Person;
let ops: Person;
let both: Person;

async function send(orders: readonly Order[]): Promise<void> {
  for (let at = 0; at < orders.length; at += 25)
    await Promise.all(
      orders.slice(at, at + 25).map(async (one) => {
        const body = JSON.stringify(one);
        const signature = createHmac('sha256', secret).update(body).digest('hex');
        const headers = { 'content-type': 'application/json', 'x-signature': signature };
        expect((await fetch(`${bench.api.url}/v1/hooks/shop`, { method: 'POST', body, headers })).status).toBe(200);
      }),
    );
}
/** Messages by state and by version of the release that they came in under. */
const messages = (where = 'true') =>
  bench.sql<{ state: string; version: number; n: number }>(
    `select m.state, r.version, count(*)::int as n from message m join release r on r.id = m.release_id where ${where} group by 1, 2 order by 2, 1`,
  );
const settled = (count: number, where = 'true') =>
  eventually(
    async () => {
      const all = await messages(where);
      const ended = all.filter(({ state }) => ['posted', 'exception', 'duplicate'].includes(state));
      return ended.reduce((sum, { n }) => sum + n, 0) === count && all.length === ended.length && all;
    },
    { what: `${count} messages at their end`, withinMs: 120_000 },
  );
const releaseOf = (id: string, by = integrator) => by.call('getRelease', { params: { id } });
const save = async (source: string, by = integrator) => (await by.call('putMapping', { params: { name: 'order' }, body: { source, note: reason } })).drafts[0]!; // prettier-ignore
const submit = async (id: string, by = integrator) =>
  by.call('submitRelease', { params: { id }, body: { contentHash: (await releaseOf(id)).contentHash, reason } });
async function approved(id: string): Promise<void> {
  const { approval } = await submit(id);
  const { contentHash } = await approver.call('getApproval', { params: { id: approval!.id } });
  await approver.call('approve', { params: { id: approval!.id }, body: { contentHash } });
}

beforeAll(async () => {
  bench = await openBench();
  target = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { reference, total } = JSON.parse(Buffer.concat(parts).toString('utf8')) as { reference: string; total: string };
      taken.set(reference, [...(taken.get(reference) ?? []), { total }]);
      response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify({ id: `doc-${reference}` }));
    });
  });
  await new Promise<void>((done) => target.listen(0, '127.0.0.1', done));
  const { port } = target.address() as AddressInfo;
  const put = (name: string, settings: Record<string, unknown>) =>
    bench.api.call('putConnection', { params: { name }, body: { connector: 'http', settings } });
  await put('shop', { system: 'shop', signing: 'hmac', signingSecret: secret });
  await put('books', { system: 'books', baseUrl: `http://127.0.0.1:${port}`, requestPath: '/orders', receiptIdPointer: '/id' });
  await bench.api.call('putMapping', { params: { name: 'order' }, text: first, type: 'application/jsonata' });
  await bench.api.call('putFlow', {
    params: { name: flow },
    text: `flow: ${flow}\ndescription: Orders of the shop\nfrom: { connection: shop, stream: records }\nkey: id\nmap: order\nto: { connection: books, operation: keyed-request }\n`,
    type: 'application/yaml',
  });
  integrator = await person(bench, { roles: ['integrator'], name: 'Ines Integrator' });
  approver = await person(bench, { roles: ['finance-approver'], name: 'Abe Approver' });
  ops = await person(bench, { roles: ['ops'], name: 'Olga Ops' });
  both = await person(bench, { roles: ['integrator', 'finance-approver'], name: 'Both Hands' });
});
afterAll(async () => {
  await bench?.stop();
  target?.closeAllConnections();
  await new Promise((done) => target?.close(done));
});

describe('moves of a release', () => {
  it('are the same pairs in code and in SQL, and what a release holds does not change', async () => {
    const rows = await bench.sql<{ move: string }>("select from_state || ' ' || to_state as move from release_move order by 1");
    expect(rows.map(({ move }) => move)).toEqual(releaseStates.flatMap((from) => releaseMoves[from].map((to) => `${from} ${to}`)).sort());
    await expect(bench.sql("update release set state = 'draft' where state = 'live'")).rejects.toThrow(/does not move from live to draft/);
    await expect(bench.sql("update release set yaml = ''")).rejects.toThrow(/what a release holds does not change/);
  });
});

describe('a mapping change that moves money on 12 of the last 500 payloads', () => {
  let draft: string;

  it('is a draft where the flow names who approves, and shows exactly these 12 with their deltas before anyone approves', async () => {
    await send(Array.from({ length: 500 }, (_, n) => order(n)));
    await settled(500);
    expect(await integrator.problem('governFlow', { params: { name: flow }, body: { approver: null, reason } })).toMatchObject({
      status: 403,
    });
    await bench.api.call('governFlow', { params: { name: flow }, body: { approver: 'finance-approver', reason: 'policy of the test' } });

    const unsaved = await integrator.call('compareMapping', { params: { name: 'order' }, body: { source: second } });
    expect(unsaved).toMatchObject({ found: 500, tried: 500, changed: 500, movesMoney: 12, failsNow: 0, worksNow: 0 });
    const saved = await integrator.call('putMapping', { params: { name: 'order' }, body: { source: second, note: reason } });
    expect(saved).toMatchObject({ version: 2, released: [], drafts: [{ flow, version: 2 }] });
    draft = saved.drafts[0]!.releaseId;
    expect(await integrator.call('getFlow', { params: { name: flow } })).toMatchObject({
      approver: 'finance-approver',
      release: { version: 1 },
      candidate: { id: draft, state: 'draft' },
    });

    const compared = await integrator.call('compareRelease', { params: { id: draft }, body: {} });
    expect(compared).toMatchObject({
      tried: 500,
      movesMoney: 12,
      notTried: [],
      documentsLeftOut: 0,
      against: [{ flow, version: 1, mapping: { name: 'order', version: 1 } }],
      before: [{ currency: 'EUR', amount: '5000.00' }],
      after: [{ currency: 'EUR', amount: '5018.00' }],
      moved: [{ currency: 'EUR', amount: '18.00' }],
    });
    const moving = compared.documents.filter(({ money }) => money.delta?.amount !== '0.00');
    const swiss = Array.from({ length: 500 }, (_, n) => order(n))
      .filter(({ country }) => country === 'CH')
      .map(({ id }) => id);
    const keys = await bench.sql<{ key: string }>('select key from message where id = any($1)', [moving.map(({ messageId }) => messageId)]);
    expect(keys.map(({ key }) => key).sort()).toEqual(swiss.sort());
    expect(moving[0]).toMatchObject({
      outcome: 'changed',
      money: { before: { amount: '10.00' }, after: { amount: '11.50' }, delta: { amount: '1.50', currency: 'EUR' } },
    });
    expect(moving[0]!.changes).toContainEqual({ path: '/total', shape: 'changed', before: '10.00', after: '11.50' });
    expect(compared.fields).toContainEqual({ path: '/region', shape: 'set', count: 500, before: null, after: 'west' });
    expect(compared.fields).toContainEqual(expect.objectContaining({ path: '/note', shape: 'emptied', count: 500 }));

    // Nothing was stored and nothing was sent; and nobody sees more of it than they see of the messages.
    expect(await messages()).toEqual([{ state: 'posted', version: 1, n: 500 }]);
    const american = await person(bench, { roles: ['viewer'], legalEntities: ['US'] });
    expect(await american.call('compareRelease', { params: { id: draft }, body: { newest: 5_000 } })).toMatchObject({
      found: 250,
      tried: 250,
      movesMoney: 12,
    });
    expect(await american.call('compareRelease', { params: { id: draft }, body: { newest: 100 } })).toMatchObject({
      found: 100,
      tried: 100,
    });
    expect(await integrator.problem('compareMapping', { params: { name: 'order' }, body: { source: '{ "a": ' } })).toMatchObject({
      code: 'MAPPING_INVALID',
    });
  });

  it('goes nowhere before somebody else has approved exactly it', async () => {
    for (const name of ['shadowRelease', 'makeReleaseLive'] as const)
      expect(await integrator.problem(name, { params: { id: draft }, body: { reason } })).toMatchObject({ code: 'RELEASE_NEEDS_APPROVAL' });
    expect(await integrator.problem('shareRelease', { params: { id: draft }, body: { percent: 10, reason } })).toMatchObject({
      code: 'RELEASE_NEEDS_APPROVAL',
    });
    expect(await integrator.problem('submitRelease', { params: { id: draft }, body: { contentHash: 'another', reason } })).toMatchObject({
      code: 'RELEASE_CHANGED',
    });
    const { approval } = await submit(draft, both);
    const asked = await approver.call('getApproval', { params: { id: approval!.id } });
    expect(asked).toMatchObject({
      kind: 'release',
      summary: `version 2 of the flow ${flow}`,
      requestedBy: 'Both Hands',
      ownPart: null,
      content: { release: draft, reason, evidence: { by: 'Both Hands', tried: 500, movesMoney: 12, moved: [{ amount: '18.00' }] } },
    });
    expect(asked.makers.map(({ name }) => name)).toEqual(['Ines Integrator', 'Ines Integrator', 'Both Hands']);
    const decision = { params: { id: asked.id }, body: { contentHash: asked.contentHash } };
    expect(await both.problem('approve', decision)).toMatchObject({ code: 'APPROVAL_OWN' });
    expect(await integrator.problem('approve', decision)).toMatchObject({ status: 403 });
    await approver.call('approve', decision);
    expect(await releaseOf(draft)).toMatchObject({ state: 'approved', approvedBy: 'Abe Approver', submittedBy: 'Both Hands' });
    const acts = (await bench.api.call('listAudit', { query: { object: `flow/${flow}`, action: 'flow.' } })).items.map(
      ({ action }) => action,
    );
    expect(acts).toEqual(
      expect.arrayContaining(['flow.governed', 'flow.release-drafted', 'flow.release-submitted', 'flow.release-approved']),
    );
  });

  it('maps what comes in in the shadow, and sends nothing', async () => {
    await integrator.call('shadowRelease', { params: { id: draft }, body: { reason } });
    await send(Array.from({ length: 30 }, (_, n) => order(1_000 + n)));
    await settled(530);
    await eventually(async () => {
      await bench.engine.app.get(ShadowStore).round();
      return (await approver.call('getShadow', { params: { id: draft } })).tried === 30;
    });
    const shadow = await approver.call('getShadow', { params: { id: draft } });
    const swiss = Array.from({ length: 30 }, (_, n) => order(1_000 + n)).filter(({ country }) => country === 'CH').length;
    expect(shadow).toMatchObject({
      unchanged: 0,
      changed: 30,
      failsNow: 0,
      movesMoney: swiss,
      moved: [{ currency: 'EUR', amount: money.fromMinor(150 * swiss, 2) }],
    });
    expect(shadow.documents.slice(0, swiss).every(({ money }) => money.delta?.amount === '1.50')).toBe(true);
    expect(await messages()).toEqual([{ state: 'posted', version: 1, n: 530 }]);
    expect([...taken.values()].every((posts) => posts.length === 1 && posts[0]!.total === '10.00')).toBe(true);
  });

  it('is live at 10 %, and stopped by itself when its messages stop more often than those beside it', async () => {
    expect(await integrator.problem('shareRelease', { params: { id: draft }, body: { entities: ['US'], reason } })).toMatchObject({
      code: 'RELEASE_SHARE',
    });
    expect(await integrator.problem('shareRelease', { params: { id: draft }, body: { reason } })).toMatchObject({
      code: 'REQUEST_INVALID',
    });
    await integrator.call('shareRelease', { params: { id: draft }, body: { percent: 10, stop: { points: 5, minimum: 10 }, reason } });
    const good = await save(`${first} /* other */`);
    await approved(good.releaseId);
    expect(await integrator.problem('shadowRelease', { params: { id: good.releaseId }, body: { reason } })).toMatchObject({
      code: 'RELEASE_UNDER_WAY',
    });
    await integrator.call('withdrawRelease', { params: { id: good.releaseId }, body: { reason } });

    // Which documents are its, the ordering key says; while it does no worse, it goes on.
    const [{ system }] = (await bench.sql<{ system: string }>('select distinct source_system as system from message')) as [
      { system: string },
    ];
    const share = { releaseId: draft, percent: 10, entities: null };
    const isIts = ({ id }: Order) =>
      releaseFor({ releaseId: 'live', share }, { orderingKey: `${system} ${id}`, legalEntity: null }) === draft;
    const some = Array.from({ length: 200 }, (_, n) => order(2_000 + n));
    await send(some);
    await settled(730);
    const its = await bench.sql<{ key: string }>("select key from message where release_id = $1 and key like 'o-2___' order by key", [
      draft,
    ]);
    expect(its.map(({ key }) => key)).toEqual(some.filter(isIts).map(({ id }) => id).sort()); // prettier-ignore
    expect(await bench.engine.app.get(ShareWatch).round()).toBe(0);
    // Orders without a region come in: only the candidate minds.
    const bare = Array.from({ length: 1_000 }, (_, n) => order(3_000 + n, { region: undefined }));
    await send([...bare.filter(isIts).slice(0, 15), ...bare.filter((one) => !isIts(one)).slice(0, 30)]);
    await settled(775);
    const stopped = (await messages(`m.key like 'o-3___'`)).find(({ state }) => state === 'exception')!;
    expect(stopped).toMatchObject({ version: 2, n: 15 });
    await eventually(async () => (await bench.engine.app.get(ShareWatch).round(), (await releaseOf(draft)).state === 'stopped'));
    const { items: events } = await integrator.call('listReleaseEvents', { params: { name: flow } });
    expect(events[0]).toMatchObject({
      releaseId: draft,
      from: 'share',
      to: 'stopped',
      by: 'Waybill',
      reason: expect.stringMatching(/^\d+ of its \d+ messages stopped/),
    });
    const { attention } = await bench.api.call('getOverview', { query: {} });
    expect(attention).toContainEqual(
      expect.objectContaining({
        kind: 'release',
        title: `Version 2 of ${flow} was stopped by itself`,
        link: `/flows/${flow}?tab=releases`,
      }),
    );

    // New messages come under the live release, all of them.
    await send(Array.from({ length: 20 }, (_, n) => order(4_000 + n)));
    await settled(795);
    expect(await messages(`m.key like 'o-4___'`)).toEqual([{ state: 'posted', version: 1, n: 20 }]);
  });

  it('leaves exceptions that the live release sends, when a person says so', async () => {
    const held = await bench.sql<{ id: string; key: string }>("select id, key from message where state = 'exception' order by key");
    const body = { messages: held.map(({ id }) => id) };
    const some = { messages: body.messages.slice(0, 5) };
    const kept = await ops.call('previewReplay', { body: some });
    expect(kept.verdicts).toEqual({ 'still-fails': 5 });
    expect(kept.items[0]!.versions).toMatchObject({ release: 2, kept: 2 });
    const other = await ops.call('previewReplay', { body: { ...some, release: 'live' } });
    expect(other.verdicts).toEqual({ sends: 5 });
    expect(other.items[0]).toMatchObject({
      versions: { release: 1, kept: 2 },
      reason: expect.stringContaining('the live version 1 of the flow (it came in under 2)'),
    });
    expect(await ops.call('startReplay', { body: { ...body, release: 'live', reason } })).toMatchObject({
      accepted: held.length,
      refused: [],
    });
    await eventually(async () => (await messages("m.state = 'exception'")).length === 0);
    await settled(795);
    expect(held.map(({ key }) => taken.get(key)?.length)).toEqual(held.map(() => 1));
  });

  it('is rolled back in one act; what was posted stays posted, and nothing is posted twice', async () => {
    await integrator.call('shareRelease', { params: { id: draft }, body: { percent: 50, reason } });
    await integrator.call('makeReleaseLive', { params: { id: draft }, body: { reason } });
    await send([order(5_000), order(5_047)]);
    await settled(797);
    expect((await messages(`m.key like 'o-50__'`)).map(({ version }) => version)).toEqual([2]);
    const waiting = await save(`${second} /* more */`);
    await submit(waiting.releaseId);
    expect(await integrator.problem('rollBackFlow', { params: { name: flow }, body: { version: waiting.version, reason } })).toMatchObject({
      code: 'RELEASE_NEVER_LIVE',
    });
    expect(await approver.problem('rollBackFlow', { params: { name: flow }, body: { version: 1, reason } })).toMatchObject({ status: 403 });

    await ops.call('rollBackFlow', { params: { name: flow }, body: { version: 1, reason: 'the surcharge was wrong' } });
    expect(await integrator.call('getFlow', { params: { name: flow } })).toMatchObject({ release: { version: 1 }, candidate: null });
    expect(await releaseOf(draft)).toMatchObject({ state: 'rolled-back' });
    // What was made on it is over, and its approval with it.
    expect(await releaseOf(waiting.releaseId)).toMatchObject({ state: 'superseded', approval: { state: 'void' } });
    expect(await ops.problem('rollBackFlow', { params: { name: flow }, body: { version: 1, reason } })).toMatchObject({
      code: 'RELEASE_STATE',
    });

    // A later version of what the other release posted, and each of its messages again: the posting's identity stands in the way.
    await send([order(5_000, { timestamp: '2026-11-02T12:00:00Z', total: '10.00' })]);
    const ids = (await bench.sql<{ id: string }>("select id from message where key = 'o-5000'")).map(({ id }) => id);
    const again = await ops.call('previewReplay', { body: { messages: ids, release: 'live' } });
    expect(again.verdicts['sends']).toBeUndefined();
    await send([order(6_000)]);
    await settled(799);
    expect(await messages(`m.key = 'o-6000'`)).toEqual([{ state: 'posted', version: 1, n: 1 }]);
    expect([...taken].filter(([, posts]) => posts.length !== 1)).toEqual([]);
    expect(taken.size).toBe(798);
    // The version table says what became of each, and the history of none is rewritten.
    const { items } = await integrator.call('listReleases', { params: { name: flow } });
    expect(items.map(({ version, state }) => [version, state])).toEqual([
      [4, 'superseded'],
      [3, 'withdrawn'],
      [2, 'rolled-back'],
      [1, 'live'],
    ]);
    const { items: events } = await integrator.call('listReleaseEvents', { params: { name: flow }, query: { limit: 200 } });
    expect(
      events
        .filter(({ version }) => version === 2)
        .map(({ to }) => to)
        .reverse(),
    ).toEqual(['draft', 'submitted', 'approved', 'shadow', 'share', 'stopped', 'share', 'live', 'rolled-back']);
  });
});

describe('a flow that names nobody', () => {
  it('goes live when it is saved, unless a draft is asked for; a flow keeps the version of its mapping', async () => {
    await bench.api.call('governFlow', { params: { name: flow }, body: { approver: null, reason } });
    const { yaml } = await integrator.call('getFlow', { params: { name: flow } });
    const put = (text: string, more = {}) => integrator.call('putFlow', { params: { name: flow }, body: { yaml: text, ...more } });
    const described = yaml.replace('Orders of the shop', 'Orders of the web shop');
    const draft = (await put(described, { draft: true })).made!;
    expect(draft).toMatchObject({ state: 'draft' });
    expect((await put(described, { draft: true })).made).toEqual(draft);
    // Saved over a release that was rolled back, the mapping stays at the version that is live.
    const { made, release } = await put(yaml.replace('Orders of the shop', 'All orders'));
    expect(made).toMatchObject({ state: 'live', version: release.version });
    expect(await releaseOf(made!.id)).toMatchObject({ mapping: { name: 'order', version: 1 } });
    expect(await releaseOf(draft.id)).toMatchObject({ state: 'superseded' });
    expect((await put((await integrator.call('getFlow', { params: { name: flow } })).yaml)).made).toBeNull();

    const otherKey = (await put(yaml.replace('key: id', 'key: number'), { draft: true })).made!;
    expect(await submit(otherKey.id)).toMatchObject({ state: 'approved', approvedBy: null, mayShare: { percent: false } });
    expect(await integrator.problem('shareRelease', { params: { id: otherKey.id }, body: { percent: 5, reason } })).toMatchObject({
      code: 'RELEASE_SHARE',
    });
    expect((await integrator.call('compareRelease', { params: { id: otherKey.id }, body: { newest: 1 } })).notTried).toHaveLength(1);
    // Named later, who approves is needed of it too.
    await bench.api.call('governFlow', { params: { name: flow }, body: { approver: 'admin', reason } });
    expect(await integrator.problem('makeReleaseLive', { params: { id: otherKey.id }, body: { reason } })).toMatchObject({
      code: 'RELEASE_NEEDS_APPROVAL',
    });
    expect(
      await integrator.problem('putFlow', {
        params: { name: 'new-one' },
        body: { yaml: yaml.replace('flow: orders', 'flow: new-one'), draft: true },
      }),
    ).toMatchObject({ code: 'RELEASE_FIRST' });
  });

  it('is not saved over what somebody else saved in between, nor under the name of another', async () => {
    await bench.api.call('governFlow', { params: { name: flow }, body: { approver: null, reason } });
    const { yaml, release } = await integrator.call('getFlow', { params: { name: flow } });
    const described = (words: string) => yaml.replace(/description: .*/, `description: ${words}`);
    const put = (words: string, expectedVersion: number) => ({ params: { name: flow }, body: { yaml: described(words), expectedVersion } });
    const mine = await integrator.call('putFlow', put('Saved first', release.version));
    expect(await integrator.problem('putFlow', put('Saved by somebody who has not seen it', release.version))).toMatchObject({
      status: 409,
      code: 'CONFLICT',
    });
    expect(await integrator.problem('putFlow', put('Meant to be a new flow', 0))).toMatchObject({ code: 'CONFLICT' });
    expect(await integrator.call('getFlow', { params: { name: flow } })).toMatchObject({
      release: mine.release,
      description: 'Saved first',
    });
  });

  it('gets one draft from a pack that changes it and its mapping, where somebody approves', async () => {
    const [pack, name] = [{ name: 'sandbox-erp' }, 'erp-us-invoices'];
    const install = () => integrator.call('installPack', { params: pack, body: { flows: [name] } });
    await bench.api.call('putConnection', { params: { name: 'erp-us' }, body: { connector: 'sandbox-erp', settings: erpSettings(bench) } });
    expect(await install()).toMatchObject({ flows: [name], drafts: [], left: [] });
    const mapping = { name: 'erp-invoice' };
    const { source } = await integrator.call('getMapping', { params: mapping });
    expect(await integrator.call('putMapping', { params: mapping, body: { source: `${source} /* ours */` } })).toMatchObject({
      released: [name],
    });
    const { yaml } = await integrator.call('getFlow', { params: { name } });
    await integrator.call('putFlow', { params: { name }, body: { yaml: yaml.replace('description: ', 'description: Ours. ') } });
    await bench.api.call('governFlow', { params: { name }, body: { approver: 'finance-approver', reason } });
    const again = await install();
    expect(again).toMatchObject({ flows: [], drafts: [{ flow: name, version: 4 }] });
    expect(await releaseOf(again.drafts[0]!.releaseId)).toMatchObject({
      state: 'draft',
      content: { yaml: expect.not.stringContaining('Ours'), mapping: { version: 3, source } },
    });
    // Saved with a draft alone, the version is live nowhere, and the flow keeps its own.
    expect((await integrator.call('getMapping', { params: mapping })).versions.map(({ version, draft }) => [version, draft])).toEqual([
      [3, true],
      [2, false],
      [1, false],
    ]);
    expect((await integrator.call('getFlow', { params: { name } })).release.version).toBe(3);
  });
});
