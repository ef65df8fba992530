// Who made a document does not approve it, what changed is not approved, and of many decisions at the same time one counts: 0 of 1,000 tries succeed.
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { fillHands } from '../src/platform/database/migrations/0012-hands.js';
import { armFailPoints } from '../src/platform/failpoints/index.js';
import type { ApiCaller } from './api-caller.js';
import { exceptionOf, inBooks, messageIn, setUpCompany } from './demo-company.js';
import { eventually } from './eventually.js';
import { person, type Person } from './people.js';
import { deliver, event, invoice } from './stripe-events.js';
import { openBench, type Bench } from './test-bench.js';

jest.setTimeout(300_000);
let bench: Bench;
let approvers: Person[];
/** Writes the mapping, and has the role that approves. */
let author: Person;

const large = 6_000_000;
async function held(id: string, flow = 'erp-us-invoices') {
  await deliver(bench, event(invoice({ id, amounts: [large] })));
  const message = await messageIn(bench, { flow, key: id }, 'held');
  const approval = await eventually(async () => (await bench.api.call('listApprovals')).items.find((one) => one.messageId === message.id));
  return { message, approval };
}
/** Asks until it is answered: of hundreds at once some hear that the engine is busy (503), mostly before anything was decided. */
const decide = async (caller: ApiCaller, verb: 'approve' | 'reject', { id, contentHash }: { id: string; contentHash: string }) => {
  for (;;) {
    const response = await caller.send(verb, {
      params: { id },
      body: { contentHash, ...(verb === 'reject' ? { reason: 'not ours' } : {}) },
    });
    const { code = 'done' } = (await response.json()) as { code?: string };
    if (code !== 'UNAVAILABLE') return { status: response.status, code };
  }
};
const approve = (caller: ApiCaller, approval: { id: string; contentHash: string }) => decide(caller, 'approve', approval);
/** So many times, side by side. */
const many = <T>(times: number, work: (n: number) => Promise<T>) => Promise.all(Array.from({ length: times }, (_, n) => work(n)));
const tally = (answers: { code: string }[]) =>
  answers.reduce<Record<string, number>>((sum, { code }) => ({ ...sum, [code]: (sum[code] ?? 0) + 1 }), {});

describe('approvals', () => {
  beforeAll(async () => {
    bench = await openBench();
    await setUpCompany(bench);
    approvers = await Promise.all([1, 2, 3].map((n) => person(bench, { roles: ['finance-approver'], name: `Approver ${n}` })));
    author = await person(bench, { roles: ['integrator', 'finance-approver'], name: 'Author' });
    const { source } = await bench.api.call('getMapping', { params: { name: 'erp-invoice' } });
    await author.call('putMapping', { params: { name: 'erp-invoice' }, body: { source: `${source}\n` } });
  });
  afterAll(() => bench?.stop());
  afterEach(() => armFailPoints(() => undefined));

  it('of 400 tries of those who made it or last edited it, none succeeds; they are told which part is theirs', async () => {
    const { message, approval } = await held('in_self');
    const admin = await person(bench, { roles: ['admin'] });
    expect(tally(await many(200, () => approve(author, approval)))).toEqual({ APPROVAL_OWN: 200 });
    // The bench's own key installed the flow: its release, and so the first mapping of it.
    expect(tally(await many(200, () => approve(bench.api, approval)))).toEqual({ APPROVAL_OWN: 200 });
    expect((await author.call('listApprovals')).items.find((one) => one.id === approval.id)).toMatchObject({
      ownPart: expect.stringMatching(/^You (wrote|released) version \d+ of the (mapping|flow) erp-/),
      makers: expect.arrayContaining([{ name: 'Author', did: expect.stringContaining('mapping erp-invoice') }]),
    });
    expect(await messageIn(bench, { key: 'in_self' }, 'held')).toMatchObject({ id: message.id });
    expect(await approve(admin, approval)).toMatchObject({ code: 'done' }); // who had no part in it
  });

  it('counts a key as whoever made it', async () => {
    const { approval } = await held('in_key');
    const both = await person(bench, { roles: ['admin'], name: 'Both' });
    const table = await bench.api.call('getMapping', { params: { name: 'erp-invoice' } });
    await both.call('putMapping', { params: { name: 'erp-invoice' }, body: { source: `${table.source} ` } });
    const next = await held('in_key_2');
    const key = bench.api.as((await both.call('createApiKey', { body: { name: 'of both', roles: ['finance-approver'] } })).value);
    expect(
      await key.problem('approve', { params: { id: next.approval.id }, body: { contentHash: next.approval.contentHash } }),
    ).toMatchObject({
      code: 'APPROVAL_OWN',
      detail: expect.stringContaining('Whoever made this key'),
    });
    expect(await approve(both, approval)).toMatchObject({ code: 'done' }); // made by the version before
  });

  it('counts every key as the keys it follows, as its service account, and as whoever made any of them', async () => {
    const maker = await person(bench, { roles: ['admin'], name: 'Maker' });
    const rotator = await person(bench, { roles: ['admin'], name: 'Rotator' });
    const both = ['mapping.read', 'mapping.write', 'approval.read', 'approval.decide'];
    const account = await maker.call('createServiceAccount', { body: { name: 'both hands', permissions: both } });
    const first = await maker.call('createApiKey', { body: { name: 'first', roles: ['integrator', 'finance-approver'] } });
    const ofAccount = await maker.call('createApiKey', { body: { name: 'of the account', serviceAccountId: account.id } });
    const oldUntil = new Date(Date.now() + 3_600_000).toISOString();
    const second = await rotator.call('rotateApiKey', { params: { id: first.id }, body: { oldUntil } });
    const third = await rotator.call('rotateApiKey', { params: { id: second.id }, body: { oldUntil } });
    const beside = await maker.call('createApiKey', { body: { name: 'beside', roles: ['finance-approver'] } });
    const sameAccount = await rotator.call('createApiKey', { body: { name: 'the same account', serviceAccountId: account.id } });
    const as = ({ value }: { value: string }) => bench.api.as(value);
    const write = async (caller: ApiCaller) => {
      const { source } = await bench.api.call('getMapping', { params: { name: 'erp-invoice' } });
      await caller.call('putMapping', { params: { name: 'erp-invoice' }, body: { source: `${source} ` } });
    };
    const told = async (caller: ApiCaller, { id, contentHash }: { id: string; contentHash: string }) =>
      caller.problem('approve', { params: { id }, body: { contentHash } });

    await write(as(first));
    const { approval } = await held('in_first_key');
    for (const [caller, words] of [
      [as(first), /^You wrote/],
      [as(second), /^Whoever made this key, or a key before it, wrote/],
      [as(third), /^Whoever made this key, or a key before it, wrote/],
      [maker, /^A key that comes from you wrote/],
      [as(beside), /^A key from the same hands as this one wrote/],
    ] as const)
      expect(await told(caller, approval)).toMatchObject({ code: 'APPROVAL_OWN', detail: expect.stringMatching(words) });
    expect(await approve(rotator, approval)).toMatchObject({ code: 'done' }); // who only made the next key had no part in it

    await write(as(third));
    const later = await held('in_third_key');
    for (const caller of [as(first), as(second), rotator, maker])
      expect(await told(caller, later.approval)).toMatchObject({ code: 'APPROVAL_OWN' });
    expect(await approve(approvers[0]!, later.approval)).toMatchObject({ code: 'done' });

    await write(as(ofAccount));
    const last = await held('in_account');
    // A key of a service account has no role, so it decides nothing today; what it is told is what would be refused.
    expect(await told(as(sameAccount), last.approval)).toMatchObject({ status: 403, code: 'APPROVAL_ROLE' });
    expect(await as(sameAccount).call('getApproval', { params: { id: last.approval.id } })).toMatchObject({
      ownPart: expect.stringMatching(/^A key from the same hands as this one wrote/),
    });
    expect(await approve(approvers[1]!, last.approval)).toMatchObject({ code: 'done' });
  });

  it('of 300 tries to approve content that is not there any more, none succeeds; it is void, visibly', async () => {
    const { message, approval } = await held('in_changed');
    expect(
      tally(
        await many(100, (n) =>
          approve(approvers[n % 3]!, {
            ...approval,
            contentHash: approval.contentHash.replace(/^./, n % 2 ? '0' : 'f').replace(/.$/, 'x'),
          }),
        ),
      ),
    ).toEqual({ APPROVAL_CHANGED: 100 });
    await deliver(bench, event(invoice({ id: 'in_changed', amounts: [large], status: 'void' })));
    await messageIn(bench, { key: 'in_changed' }, 'superseded');
    expect(tally(await many(200, (n) => approve(approvers[n % 3]!, approval)))).toEqual({ APPROVAL_CLOSED: 200 });
    expect(await bench.api.call('getApproval', { params: { id: approval.id } })).toMatchObject({
      state: 'void',
      reason: expect.stringContaining('voided'),
      messageId: message.id,
    });
    expect(inBooks(bench, 'in_changed')).toEqual([]);
  });

  it('of 300 decisions at the same time on ten documents, ten count, and each document is posted once or not at all', async () => {
    const documents = await many(10, (n) => held(`in_race_${n}`));
    const answers = await Promise.all(
      documents.map(({ approval }) => many(30, (n) => decide(approvers[n % 3]!, n % 5 < 4 ? 'approve' : 'reject', approval))),
    );
    for (const of of answers) {
      // Whoever decided may have heard that the engine is busy, and asked again what was decided; the audit log below counts decisions.
      const { done = 0, APPROVAL_CLOSED: closed, ...other } = tally(of);
      expect(other).toEqual({});
      expect([0, 1]).toContain(done);
      expect(done + closed!).toBe(30);
    }
    for (const [n, { approval }] of documents.entries()) {
      const { state } = await bench.api.call('getApproval', { params: { id: approval.id } });
      await messageIn(bench, { key: `in_race_${n}` }, state === 'approved' ? 'posted' : 'exception');
      expect(inBooks(bench, `in_race_${n}`)).toHaveLength(state === 'approved' ? 1 : 0);
      const { items } = await bench.api.call('listAudit', { query: { object: `approval/${approval.id}` } });
      expect(items).toHaveLength(1);
    }
    // What goes on behind the mapping is posted with its amount, so that a later version with another one is seen.
    expect(await bench.sql("select 1 from posting where source_id like 'in_race_%' and (amount is null or currency is null)")).toEqual([]);
  });

  it('lets nothing go that is marked as approved and is not', async () => {
    const { message } = await held('in_forged');
    await bench.sql(
      "update message set state = 'ready', due_at = now(), approved_hash = (select content_hash from approval where message_id = $1) where id = $1",
      [message.id],
    );
    await bench.sweep();
    expect(await exceptionOf(bench, { key: 'in_forged' })).toMatchObject({ code: 'APPROVAL_MISSING' });
    expect(await bench.sql('select crashes, failures from message where id = $1', [message.id])).toEqual([{ crashes: 0, failures: 0 }]);
    expect(inBooks(bench, 'in_forged')).toEqual([]);
  });

  it('gives keys and requests of before the hands that making them writes now', async () => {
    const hands = async () => [
      await bench.sql('select id, hands from api_key order by id'),
      await bench.sql('select id, makers from approval order by id'),
    ];
    const made = await hands();
    expect(made[0]!.length).toBeGreaterThan(6);
    await bench.sql("update api_key set hands = '{}'");
    await bench.sql(
      "update approval set makers = coalesce((select jsonb_agg(m - 'hands' order by n) from jsonb_array_elements(makers) with ordinality as e(m, n)), '[]')",
    );
    expect(await hands()).not.toEqual(made);
    await bench.sql(fillHands);
    expect(await hands()).toEqual(made);
  });

  describe('on the way into the hub', () => {
    const flow = 'stripe-invoices';
    let yaml: string;
    const objects = (key: string) => bench.sql("select 1 from canonical_object where type = 'invoice' and source_id = $1", [key]);
    const crashes = (id: string) => bench.sql('select crashes, failures from message where id = $1', [id]);
    beforeAll(async () => {
      ({ yaml } = await bench.api.call('getFlow', { params: { name: flow } }));
      const rule = 'permit:\n  - { rule: watched, when: \'$contains(sourceId, "in_hub")\', then: { approve: finance-approver } }\n';
      await bench.api.call('putFlow', { params: { name: flow }, body: { yaml: `${yaml}${rule}` } });
    });
    afterAll(() => bench.api.call('putFlow', { params: { name: flow }, body: { yaml } }));

    it('what is approved goes, and its approval is used with it', async () => {
      const { message, approval } = await held('in_hub', flow);
      expect(await objects('in_hub')).toEqual([]);
      expect(await approve(approvers[0]!, approval)).toMatchObject({ code: 'done' });
      await messageIn(bench, { flow, key: 'in_hub' }, 'posted');
      expect(await bench.api.call('getApproval', { params: { id: approval.id } })).toMatchObject({
        usedAt: expect.any(String),
        messageId: message.id,
      });
      expect(await objects('in_hub')).toHaveLength(1);
    });

    it.each([
      ['no approval at all', "update approval set state = 'void' where message_id = $1"],
      ['an approval of other content', "update approval set state = 'approved', content_hash = repeat('0', 64) where message_id = $1"],
      ['an approval that somebody rejected', "update approval set state = 'rejected' where message_id = $1"],
    ])('with %s it is an exception, and no crash of its worker; what is behind it goes on', async (what, change) => {
      const key = `in_hub_${what.replaceAll(' ', '_')}`;
      const { message, approval } = await held(key, flow);
      await bench.sql(change, [message.id]);
      await bench.sql("update message set state = 'ready', due_at = now(), approved_hash = $2 where id = $1", [
        message.id,
        approval.contentHash,
      ]);
      await bench.sweep();
      expect(await exceptionOf(bench, { flow, key })).toMatchObject({
        code: 'APPROVAL_MISSING',
        remedy: expect.stringContaining('replay'),
      });
      expect(await crashes(message.id)).toEqual([{ crashes: 0, failures: 0 }]);
      expect(await objects(key)).toEqual([]);
      await bench.api.call('startReplay', { body: { messages: [message.id] } });
      await messageIn(bench, { flow, key }, 'held');
      const again = await eventually(async () => (await bench.api.call('listApprovals')).items.find((one) => one.messageId === message.id));
      expect(await approve(approvers[1]!, again)).toMatchObject({ code: 'done' });
      await messageIn(bench, { flow, key }, 'posted');
    });

    it('uses the approval of another document for nothing', async () => {
      const [one, other] = [await held('in_hub_one', flow), await held('in_hub_other', flow)];
      await bench.sql("update message set state = 'ready', due_at = now(), approved_hash = $2 where id = $1", [
        one.message.id,
        one.approval.contentHash,
      ]);
      expect(await approve(approvers[0]!, other.approval)).toMatchObject({ code: 'done' });
      await messageIn(bench, { flow, key: 'in_hub_other' }, 'posted');
      await bench.sweep();
      expect(await exceptionOf(bench, { flow, key: 'in_hub_one' })).toMatchObject({ code: 'APPROVAL_MISSING' });
    });
  });

  it('is asked anew when somebody sends the document again, and not of them', async () => {
    const { message, approval } = await held('in_again');
    await approvers[0]!.call('reject', { params: { id: approval.id }, body: { contentHash: approval.contentHash, reason: 'look again' } });
    const operator = await person(bench, { roles: ['finance-operator', 'finance-approver'], name: 'Operator' });
    await operator.call('startReplay', { body: { messages: [message.id] } });
    await messageIn(bench, { key: 'in_again' }, 'held');
    const again = await eventually(async () => (await bench.api.call('listApprovals')).items.find((one) => one.messageId === message.id));
    expect(again).toMatchObject({ requestedBy: 'Operator' });
    expect(await approve(operator, again)).toMatchObject({ code: 'APPROVAL_OWN' });
    expect(await approve(approvers[1]!, again)).toMatchObject({ code: 'done' });
    await messageIn(bench, { key: 'in_again' }, 'posted');
  });

  it('an error before the commit leaves nothing decided; one after it leaves it decided, and the document goes', async () => {
    const { approval } = await held('in_struck');
    armFailPoints((point) => {
      if (point === 'approval.decided') throw new Error('struck');
    });
    expect(await approve(approvers[0]!, approval)).toMatchObject({ status: 500 });
    expect(await bench.api.call('getApproval', { params: { id: approval.id } })).toMatchObject({ state: 'open' });
    expect((await bench.api.call('listAudit', { query: { object: `approval/${approval.id}` } })).items).toEqual([]);
    armFailPoints((point) => {
      if (point === 'approval.committed') throw new Error('struck');
    });
    expect(await approve(approvers[0]!, approval)).toMatchObject({ status: 500 });
    expect(await approve(approvers[1]!, approval)).toMatchObject({ code: 'APPROVAL_CLOSED' });
    await messageIn(bench, { key: 'in_struck' }, 'posted');
    expect(inBooks(bench, 'in_struck')).toHaveLength(1);
  });
});
