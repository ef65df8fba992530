// Finance puts things right: one row, one approval and one replay release what one missing tax code held, each once; single fields are corrected
// under four eyes, and never an amount; nothing is overwritten silently, and the audit log says who, what, and which versions.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { JsonObject } from '@waybill/sdk';
import { exceptionOf, inBooks, makeCustomer, messageIn, setActive, setUpCompany } from './demo-company.js';
import { eventually } from './eventually.js';
import { person, type Person } from './people.js';
import { deliver, event, invoice, type InvoiceFacts } from './stripe-events.js';
import { openBench, type Bench } from './test-bench.js';

jest.setTimeout(300_000);
let bench: Bench;
let operator: Person;
let approver: Person;
/** May do both, and so must be refused for their own. */
let both: Person;
const table = 'tax-code';
const flow = 'stripe-invoices';
const reason = 'agreed with the tax team';
/** A rate whose tax code the ERP has, and no row of ours names. */
const missing = 7.25;

/** An invoice with tax of a rate that is shown on it; in the tables there are some, and not the missing one. */
function taxed(facts: InvoiceFacts, percent: number): JsonObject {
  const plain = invoice(facts);
  const [net, tax] = [plain['total'] as number, ((plain['total'] as number) * percent) / 100];
  return {
    ...plain,
    total: net + tax,
    default_tax_rates: [{ id: `txr_${percent}`, object: 'tax_rate', percentage: percent }],
    total_tax_amounts: [{ amount: tax, inclusive: false, tax_rate: { id: `txr_${percent}`, object: 'tax_rate' }, taxable_amount: net }],
  };
}
const rate = (percent: string, taxCode: string | null = `SALES-${percent}`) => ({
  key: { entity: 'US', country: 'US', rate: percent },
  values: { taxCode, account: '2200' },
});
const govern = (name: string | null) =>
  bench.api.call('governTable', { params: { name: table }, body: { approver: name as 'admin' | null, reason: 'policy of the test' } });
const draftOf = (put: ReturnType<typeof rate>[], by = operator) =>
  by.call('makeTableDraft', { params: { name: table }, body: { put, reason } });
const submit = (draft: { id: string; contentHash: string }, by = operator) =>
  by.call('submitTableDraft', { params: { id: draft.id }, body: { contentHash: draft.contentHash, reason } });
const approve = (id: string, contentHash: string, by = approver) => by.call('approve', { params: { id }, body: { contentHash } });
const auditOf = async (action: string) => (await bench.api.call('listAudit', { query: { action } })).items;

beforeAll(async () => {
  bench = await openBench();
  await setUpCompany(bench);
  operator = await person(bench, { roles: ['finance-operator'], name: 'Olive Operator' });
  approver = await person(bench, { roles: ['finance-approver'], name: 'Abe Approver' });
  both = await person(bench, { roles: ['finance-operator', 'finance-approver'], name: 'Both Hands' });
});
afterAll(() => bench?.stop());

describe('400 invoices held by one missing tax code', () => {
  const ids = Array.from({ length: 400 }, (_, n) => `in_tax_${n}`);
  it('are one group; one table row, one approval and one replay release them; each is posted once; the audit shows who, what, which versions', async () => {
    await govern('finance-approver');
    const before = await bench.api.call('getTable', { params: { name: table } });
    for (let at = 0; at < ids.length; at += 25)
      await Promise.all(ids.slice(at, at + 25).map((id) => deliver(bench, event(taxed({ id }, missing)))));
    const group = await eventually(
      async () => (await operator.call('listExceptionGroups')).items.find(({ cause, count }) => cause.includes(`No tax code for ${missing} %`) && count === 400), // prettier-ignore
      { what: 'one group of 400', withinMs: 120_000 },
    );
    expect(group.fix).toEqual({ kind: 'table', table, by: { entity: 'US', country: 'US', rate: String(missing) } });

    // One row, as a draft, with what it clears; nothing is live, and no way leads past the approval.
    const { draft, exceptions } = await operator.call('draftForException', {
      params: { id: group.sample },
      body: { put: [rate(String(missing))], reason },
    });
    expect(draft).toMatchObject({ state: 'open', approver: 'finance-approver', baseVersion: before.version, counts: { added: 1 } });
    expect(exceptions).toMatchObject({ matched: 400, tried: 400, clears: 400, causeKeys: [group.causeKey] });
    expect(await operator.problem('changeTableRows', { params: { name: table }, body: { put: [rate(String(missing))] } })).toMatchObject({
      code: 'TABLE_NEEDS_APPROVAL',
    });
    const csv = `entity,country,rate,taxCode\nUS,US,${missing},X`;
    expect(await operator.problem('importTableRows', { params: { name: table }, text: csv, type: 'text/csv' })).toMatchObject({
      code: 'TABLE_NEEDS_APPROVAL',
    });
    const submitted = await submit(draft);
    expect(submitted).toMatchObject({ state: 'submitted', approval: { state: 'open' } });
    expect((await bench.api.call('getTable', { params: { name: table } })).version).toBe(before.version);

    // Whoever approves sees each cell, and what the asker saw of its impact.
    const asked = (await approver.call('listApprovals')).items.find(({ kind }) => kind === 'table-draft')!;
    expect(asked).toMatchObject({
      summary: `change of the table ${table}: 1 added`,
      requestedBy: 'Olive Operator',
      ownPart: null,
      content: {
        draft: draft.id,
        entries: [{ kind: 'added', cells: expect.arrayContaining([{ column: 'taxCode', before: null, after: `SALES-${missing}` }]) }],
        evidence: { by: 'Olive Operator', exceptions: { clears: 400 } },
      },
    });
    expect(await operator.problem('approve', { params: { id: asked.id }, body: { contentHash: asked.contentHash } })).toMatchObject({
      status: 403,
    });
    await approve(asked.id, asked.contentHash);
    const published = await operator.call('getTableDraft', { params: { id: draft.id } });
    expect(published).toMatchObject({ state: 'published', publishedVersion: before.version + 1, endedBy: 'Abe Approver' });
    expect((await operator.call('listTableVersions', { params: { name: table } })).items[0]).toMatchObject({
      version: before.version + 1,
      by: 'Olive Operator',
      approvedBy: 'Abe Approver',
      reason,
      draftId: draft.id,
    });
    expect(await operator.call('getTableVersion', { params: { name: table, version: before.version + 1 } as never })).toMatchObject({
      entries: [{ kind: 'added', key: { rate: String(missing) }, after: { taxCode: `SALES-${missing}` } }],
    });

    // One replay.
    const started = await operator.call('startReplay', { body: { causeKey: group.causeKey, reason: 'the tax code is there' } });
    expect(started).toMatchObject({ accepted: 400, refused: [] });
    const booked = () => bench.sandbox.books.state.documents.filter(({ origin }) => origin?.startsWith('in_tax_'));
    await eventually(() => booked().length >= 400, { what: '400 documents in the books', withinMs: 180_000 });
    await eventually(async () => (await bench.sql("select 1 from message where key like 'in_tax_%' and state <> 'posted'")).length === 0, {
      what: 'nothing under way',
      withinMs: 120_000,
    });
    expect(booked()).toHaveLength(400);
    expect(new Set(booked().map(({ origin }) => origin)).size).toBe(400);
    expect((await operator.call('listExceptionGroups')).items.some(({ causeKey }) => causeKey === group.causeKey)).toBe(false);
    const again = await operator.call('startReplay', {
      body: { messages: [(await messageIn(bench, { flow, key: ids[0]! }, 'posted')).id] },
    });
    expect(again).toMatchObject({ accepted: 0 });

    // Who, what, which versions.
    const versions = (await operator.call('getMessage', { params: { id: (await messageIn(bench, { flow, key: ids[7]! }, 'posted')).id } })).versions; // prettier-ignore
    expect(versions.tables).toContainEqual({ name: table, version: before.version + 1 });
    expect(await auditOf('table.published')).toEqual([
      expect.objectContaining({
        actor: 'Abe Approver',
        reason,
        summary: expect.stringContaining('drafted by Olive Operator'),
        after: expect.objectContaining({
          version: before.version + 1,
          draft: draft.id,
          draftedBy: 'Olive Operator',
          approvedBy: 'Abe Approver',
        }),
      }),
    ]);
    expect(await auditOf('approval.approved')).toContainEqual(
      expect.objectContaining({
        actor: 'Abe Approver',
        after: expect.objectContaining({ contentHash: asked.contentHash, draft: draft.id }),
      }),
    );
    const replayed = (await auditOf('message.replayed')).find((entry) => entry.reason === 'the tax code is there');
    expect(replayed).toMatchObject({ actor: 'Olive Operator', after: { causeKey: group.causeKey } });
    expect((replayed!.after as { messages: string[] }).messages).toHaveLength(400);
    const history = await operator.call('getExceptionHistory', { params: { id: group.sample } });
    expect(history.items.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['row-drafted', 'replayed']));
  });
});

describe('drafts of a table', () => {
  beforeAll(() => govern('finance-approver'));

  it('tells every problem by cell, takes none of it, and takes what is put right', async () => {
    const draft = await draftOf([
      rate('6', null),
      { ...rate('6.5'), values: { taxCode: 'SALES-6.5', account: '2200', colour: 'red' } as never },
    ]);
    expect(draft.counts).toMatchObject({ refused: 2, added: 0 });
    expect(draft.entries.flatMap(({ problems }) => problems)).toEqual([
      { code: 'TABLE_INVALID', path: '/changes/0/values/taxCode', detail: 'taxCode is required' },
      { code: 'TABLE_INVALID', path: '/changes/1/values/colour', detail: `colour is no column of ${table}` },
    ]);
    expect(
      await operator.problem('submitTableDraft', { params: { id: draft.id }, body: { contentHash: draft.contentHash } }),
    ).toMatchObject({
      status: 422,
      code: 'TABLE_INVALID',
      problems: expect.arrayContaining([expect.objectContaining({ path: '/changes/0/values/taxCode' })]),
    });
    const better = await operator.call('changeTableDraft', {
      params: { id: draft.id },
      body: { revision: draft.revision, put: [rate('6')], drop: [{ key: rate('6.5').key }] },
    });
    expect(better).toMatchObject({ revision: draft.revision + 1, counts: { refused: 0, added: 1 } });
    expect(
      await operator.problem('changeTableDraft', { params: { id: draft.id }, body: { revision: draft.revision, put: [rate('7')] } }),
    ).toMatchObject({ code: 'TABLE_DRAFT_CHANGED' });
    expect(
      await operator.problem('submitTableDraft', { params: { id: draft.id }, body: { contentHash: draft.contentHash } }),
    ).toMatchObject({ code: 'TABLE_DRAFT_CHANGED' });
    await operator.call('withdrawTableDraft', { params: { id: draft.id }, body: { reason: 'not needed' } });
    expect(
      await operator.problem('submitTableDraft', { params: { id: draft.id }, body: { contentHash: better.contentHash } }),
    ).toMatchObject({ code: 'TABLE_DRAFT_STATE' });
  });

  it('reads a file with a diff by cell, and writes one that it reads again without a change; no cell of it is a formula', async () => {
    const exported = await operator.send('exportTable', { params: { name: table } });
    const text = await exported.text();
    expect(exported.headers.get('content-disposition')).toMatch(/tax-code-version-\d+\.csv/);
    const same = await operator.call('makeTableDraft', { params: { name: table }, text, type: 'text/csv' });
    expect(same.counts).toMatchObject({ added: 0, changed: 0, refused: 0 });
    expect(same.counts.unchanged).toBe(same.changes);
    expect(
      await operator.problem('submitTableDraft', { params: { id: same.id }, body: { contentHash: same.contentHash, reason } }),
    ).toMatchObject({ code: 'TABLE_DRAFT_EMPTY' });
    const file = 'entity,country,rate,taxCode,account,validFrom\nUS,US,8.875,SALES-NEW,2200,2027-01-01\nUS,US,9,=1+1,2200,\n';
    expect(await operator.problem('importTableDraft', { params: { id: same.id }, text: file, type: 'text/csv' })).toMatchObject({
      code: 'REQUEST_INVALID',
      path: '/revision',
    });
    const draft = await operator.call('importTableDraft', {
      params: { id: same.id },
      query: { revision: same.revision },
      text: file,
      type: 'text/csv',
    });
    expect(draft.entries).toEqual([
      expect.objectContaining({
        kind: 'changed',
        cells: [{ column: 'taxCode', before: 'SALES-8.875', after: 'SALES-NEW' }],
        note: 'the row before it ends on 2026-12-31',
      }),
      expect.objectContaining({ kind: 'added' }),
    ]);
    const twice = 'entity,country,rate,taxCode\nUS,US,9,A\nUS,US,9,B\n';
    expect(await operator.problem('makeTableDraft', { params: { name: table }, text: twice, type: 'text/csv' })).toMatchObject({
      code: 'TABLE_INVALID',
      problems: [{ line: 3, detail: 'repeats the row of line 2' }],
    });
    const refused = async (text: string) => (await operator.problem('makeTableDraft', { params: { name: table }, text, type: 'text/csv' })).problems; // prettier-ignore
    const without = (line: string) => line.split(',').toSpliced(4, 1).join(',');
    const [header, line] = [text.split('\r\n')[0]!, text.split('\r\n').find((one) => one.includes('"SALES-8.875"'))!];
    expect(await refused(`${without(header)}\n${without(line)}\n`)).toEqual([
      expect.objectContaining({ line: 2, detail: expect.stringContaining('the file has no column account') }),
    ]);
    expect(await refused('entity,country,rate,taxCode,taxCode\nUS,US,9,A,B\n')).toEqual([expect.objectContaining({ line: 1, detail: expect.stringContaining('stands there 2 times') })]); // prettier-ignore
    expect(
      await operator.problem('makeTableDraft', { params: { name: table }, body: { put: [rate('6'), rate('6.5'), rate('6')], reason } }),
    ).toMatchObject({
      code: 'TABLE_INVALID',
      path: '/put/2',
      detail: '/put/2 repeats the row of /put/0.',
    });
    const asked = await submit(draft);
    await approve(asked.approval!.id, asked.contentHash);
    const after = await (await operator.send('exportTable', { params: { name: table } })).text();
    expect(after).toContain(`"'=1+1"`);
    const back = await operator.call('makeTableDraft', { params: { name: table }, text: after, type: 'text/csv' });
    expect(back.counts).toMatchObject({ added: 0, changed: 0, refused: 0, ended: 0 });
    await operator.call('withdrawTableDraft', { params: { id: back.id }, body: {} });
  });

  it('holds 10,000 changes, and shows 1,000 of them', async () => {
    const rows = (from: number) => Array.from({ length: 5_001 }, (_, n) => rate(String(from + n)));
    const draft = await operator.call('makeTableDraft', { params: { name: table }, body: { put: rows(100_000), reason } });
    expect(draft).toMatchObject({ changes: 5_001, counts: { added: 5_001 }, more: true });
    expect(draft.entries).toHaveLength(1_000);
    expect(
      await operator.problem('changeTableDraft', { params: { id: draft.id }, body: { revision: draft.revision, put: rows(200_000) } }),
    ).toMatchObject({ status: 422, code: 'TABLE_DRAFT_FULL', detail: 'The draft would have 10002 changes.' });
    await operator.call('withdrawTableDraft', { params: { id: draft.id }, body: {} });
  });

  it('is never approved by whoever made or changed it, and not after it was changed', async () => {
    const draft = await submit(await draftOf([rate('10')], both), both);
    const { id } = draft.approval!;
    const body = { contentHash: draft.contentHash };
    expect(await both.problem('approve', { params: { id }, body })).toMatchObject({ code: 'APPROVAL_OWN', detail: expect.stringContaining('the draft') }); // prettier-ignore
    expect(await operator.problem('changeTableDraft', { params: { id: draft.id }, body: { revision: draft.revision, put: [rate('11')] } })).toMatchObject({ code: 'TABLE_DRAFT_STATE' }); // prettier-ignore
    const back = await both.call('reopenTableDraft', { params: { id: draft.id } });
    expect(await approver.problem('approve', { params: { id }, body })).toMatchObject({ code: 'APPROVAL_CLOSED' });
    const changed = await operator.call('changeTableDraft', {
      params: { id: draft.id },
      body: { revision: back.revision, put: [rate('10', 'OTHER')] },
    });
    const again = await submit(changed, both);
    expect(await both.problem('approve', { params: { id: again.approval!.id }, body: { contentHash: again.contentHash } })).toMatchObject({
      code: 'APPROVAL_OWN',
    });
    await approver.call('reject', { params: { id: again.approval!.id }, body: { contentHash: again.contentHash, reason: 'which code is that?' } }); // prettier-ignore
    const rejected = await operator.call('getTableDraft', { params: { id: draft.id } });
    expect(rejected).toMatchObject({
      state: 'open',
      approval: { state: 'rejected', reason: 'which code is that?', decidedBy: 'Abe Approver' },
    });
    // Changed in the database behind the approval: what was approved is not what is there.
    const last = await submit(rejected);
    await bench.sql(`update table_draft set changes = jsonb_set(changes, '{0,values,taxCode}', '"FORGED"') where id = $1`, [draft.id]);
    expect(await approver.problem('approve', { params: { id: last.approval!.id }, body: { contentHash: last.contentHash } })).toMatchObject(
      {
        code: 'APPROVAL_CHANGED',
      },
    );
    expect(await bench.sql("select 1 from table_row where \"values\"->>'taxCode' = 'FORGED'")).toEqual([]);
    await operator.call('withdrawTableDraft', { params: { id: draft.id }, body: {} });
  });

  it('of two on one version the second is told that it is behind, by what and by whose rows, and overwrites nothing silently', async () => {
    const [one, other] = [await draftOf([rate('12', 'ONE')]), await draftOf([rate('12', 'OTHER'), rate('13')], both)];
    const [first, second] = [await submit(one), await submit(other, both)];
    await approve(first.approval!.id, first.contentHash);
    const behind = await both.call('getTableDraft', { params: { id: other.id } });
    expect(behind).toMatchObject({
      state: 'open',
      behind: true,
      conflicts: [rate('12').key],
      approval: { id: second.approval!.id, state: 'void', reason: expect.stringContaining('newer version') },
      entries: [
        { kind: 'changed', cells: [{ column: 'taxCode', before: 'ONE', after: 'OTHER' }] },
        { kind: 'added', key: { rate: '13' } },
      ],
    });
    expect(
      await both.problem('submitTableDraft', { params: { id: other.id }, body: { contentHash: behind.contentHash, reason } }),
    ).toMatchObject({ status: 409, code: 'TABLE_DRAFT_BEHIND' });
    expect(await both.problem('rebaseTableDraft', { params: { id: other.id }, body: { revision: behind.revision, version: behind.baseVersion } })).toMatchObject({ code: 'TABLE_DRAFT_CHANGED' }); // prettier-ignore
    const rebased = await both.call('rebaseTableDraft', {
      params: { id: other.id },
      body: { revision: behind.revision, version: behind.tableVersion },
    });
    expect(rebased).toMatchObject({ behind: false, conflicts: [], baseVersion: behind.tableVersion });
    const kept = await both.call('changeTableDraft', {
      params: { id: other.id },
      body: { revision: rebased.revision, drop: [{ key: rate('12').key }] },
    });
    const again = await submit(kept, both);
    await approve(again.approval!.id, again.contentHash);
    const { items } = await operator.call('listTableRows', { params: { name: table }, query: { q: 'ONE' } });
    expect(items).toHaveLength(1);
  });

  it('of four approved side by side each is published or told to look again, and the table has every version once', async () => {
    const start = (await bench.api.call('getTable', { params: { name: table } })).version;
    const drafts = await Promise.all(Array.from({ length: 4 }, (_, n) => draftOf([rate(`2${n}`)])));
    const asked = await Promise.all(drafts.map((draft) => submit(draft)));
    const answers = await Promise.all(
      asked.map(async (draft) => {
        const response = await approver.send('approve', { params: { id: draft.approval!.id }, body: { contentHash: draft.contentHash } });
        return ((await response.json()) as { code?: string }).code ?? 'approved';
      }),
    );
    expect(answers.filter((answer) => answer === 'approved')).toHaveLength(1);
    expect(new Set(answers)).toEqual(new Set(['approved', 'APPROVAL_CLOSED']));
    expect((await bench.api.call('getTable', { params: { name: table } })).version).toBe(start + 1);
  });

  it('shows what it does to the last recorded payloads of each flow, by field and by money, and sends nothing', async () => {
    const attempts = async () => (await bench.sql<{ n: number }>('select count(*)::int as n from attempt'))[0]!.n;
    const before = await attempts();
    const draft = await draftOf([rate(String(missing), 'SALES-OTHER')]);
    const impact = await operator.call('getDraftImpact', { params: { id: draft.id } });
    const [changed] = impact.flows;
    expect(impact).toMatchObject({ contentHash: draft.contentHash, exceptions: { clears: 0 } });
    expect(changed).toMatchObject({ flow, tried: 400, changed: 400, worksNow: 0, failsNow: 0, unchanged: 0 });
    expect(changed!.before).toEqual([{ currency: 'USD', amount: expect.stringMatching(/^42900(\.00)?$/) }]);
    expect(changed!.after).toEqual(changed!.before);
    expect(changed!.fields).toContainEqual({ path: '/taxLines/*/taxCode', count: 400, before: `SALES-${missing}`, after: 'SALES-OTHER' });
    const gone = await operator.call('changeTableDraft', {
      params: { id: draft.id },
      body: { revision: draft.revision, drop: [{ key: rate(String(missing)).key }], remove: [{ key: rate(String(missing)).key }] },
    });
    expect(gone.entries).toEqual([expect.objectContaining({ kind: 'removed', key: rate(String(missing)).key })]);
    expect((await operator.call('getDraftImpact', { params: { id: draft.id } })).flows[0]).toMatchObject({ failsNow: 400, after: [] });
    expect(await attempts()).toBe(before);
    await operator.call('withdrawTableDraft', { params: { id: draft.id }, body: {} });
  });

  it('is published by submitting where the table needs no approval; who decides that is an administrator, and it is in the audit log', async () => {
    expect(await operator.problem('governTable', { params: { name: table }, body: { approver: null, reason: 'quicker' } })).toMatchObject({
      status: 403,
    });
    await govern(null);
    expect((await auditOf('table.governed'))[0]).toMatchObject({ before: { approver: 'finance-approver' }, after: { approver: null }, reason: 'policy of the test' }); // prettier-ignore
    const draft = await draftOf([rate('14')]);
    const published = await submit(draft);
    expect(published).toMatchObject({ state: 'published', approval: null, endedBy: 'Olive Operator' });
    expect((await operator.call('listTableVersions', { params: { name: table } })).items[0]).toMatchObject({
      version: published.publishedVersion,
      approvedBy: null,
    });
  });
});

describe('an edit of single fields', () => {
  const country = (value: string) => [{ path: '/customer_address/country', value }];
  async function stopped(id: string) {
    await deliver(bench, event(invoice({ id, country: 'XX' })));
    return exceptionOf(bench, { flow, key: id });
  }
  const ask = async (exception: { id: string }, changes: { path: string; value: string }[], by = operator) => {
    const preview = await by.call('previewEdit', { params: { id: exception.id }, body: { changes } });
    const edit = await by.call('askForEdit', {
      params: { id: exception.id },
      body: { changes, reason: 'a typing error', contentHash: preview.contentHash },
    });
    return { preview, edit };
  };
  const hashOfApproval = async (id: string) => (await approver.call('getApproval', { params: { id } })).contentHash;

  it('needs somebody else, keeps the record as it came, and posts once under the identity that it had', async () => {
    const exception = await stopped('in_typo');
    const fields = await operator.call('getEditableFields', { params: { id: exception.id } });
    expect(fields).toMatchObject({ approver: 'finance-approver', waiting: null });
    const of = (path: string) => fields.fields.find((field) => field.path === path);
    expect(of('/customer_address/country')).toEqual({ path: '/customer_address/country', value: 'XX', locked: null, offending: true });
    for (const path of ['/id', '/total', '/currency', '/customer', '/number', '/lines/data/0/amount'])
      expect(of(path)?.locked).toMatch(/\w\.$/);
    const { preview, edit } = await ask(exception, country('US'));
    expect(preview).toMatchObject({
      before: null,
      after: { legalEntity: 'US', total: '100.00', currency: 'USD' },
      approver: 'finance-approver',
    });
    expect(edit).toMatchObject({ state: 'waiting', changes: [{ path: '/customer_address/country', before: 'XX', after: 'US' }] });
    expect(await messageIn(bench, { flow, key: 'in_typo' }, 'exception')).toBeTruthy();
    const approval = await approver.call('getApproval', { params: { id: edit.approvalId! } });
    expect(approval).toMatchObject({ kind: 'payload-edit', contentHash: preview.contentHash, requestedBy: 'Olive Operator', content: { after: { legalEntity: 'US' } } }); // prettier-ignore
    await approve(edit.approvalId!, approval.contentHash);
    const message = await messageIn(bench, { flow, key: 'in_typo' }, 'posted');
    await messageIn(bench, { key: 'in_typo' }, 'posted');
    expect(inBooks(bench, 'in_typo')).toHaveLength(1);
    expect(await bench.sql("select count(distinct source_id)::int as n from posting where source_id = 'in_typo'")).toEqual([{ n: 1 }]);
    const bodies = await bench.sql<{ body: string }>("select body from message_body where message_id = $1 and stage = 'accept' order by seq", [message.id]); // prettier-ignore
    expect(bodies.map(({ body }) => (JSON.parse(body) as { customer_address: { country: string } }).customer_address.country)).toEqual(['XX', 'US']); // prettier-ignore
    const [kept] = (await operator.call('listEdits', { params: { id: message.id } })).items;
    expect(kept).toMatchObject({
      state: 'applied',
      by: 'Olive Operator',
      decidedBy: 'Abe Approver',
      beforeHash: fields.hash,
      runId: message.runId,
    });
    const { history } = await operator.call('getMessage', { params: { id: message.id } });
    expect(history).toContainEqual(
      expect.objectContaining({ by: 'Abe Approver', reason: expect.stringMatching(/country corrected by Olive Operator, approved by Abe Approver: a typing error/) }), // prettier-ignore
    );
    expect((await auditOf('payload.edited'))[0]).toMatchObject({
      actor: 'Abe Approver',
      reason: 'a typing error',
      before: { payload: fields.hash },
      after: { payload: kept!.afterHash, fields: ['/customer_address/country'], correctedBy: 'Olive Operator', approvedBy: 'Abe Approver' },
    });
    expect(await operator.call('getException', { params: { id: exception.id } })).toMatchObject({
      state: 'resolved',
      closedRun: message.runId,
    });
    expect(await operator.call('startReplay', { body: { messages: [message.id] } })).toMatchObject({ accepted: 0 });
    expect(inBooks(bench, 'in_typo')).toHaveLength(1);
  });

  it('of an amount, the currency, the identity or a key is refused, each with its sentence; so is one that would stop again', async () => {
    const exception = await stopped('in_locked');
    const refused = (changes: { path: string; value: string | null }[]) =>
      operator.problem('previewEdit', { params: { id: exception.id }, body: { changes } });
    expect(await refused([...country('US'), { path: '/total', value: '1' }, { path: '/currency', value: 'eur' }])).toMatchObject({
      status: 422,
      code: 'EDIT_LOCKED',
      problems: [
        { path: '/changes/1/path', detail: expect.stringContaining('A number is an amount') },
        { path: '/changes/2/path', detail: expect.stringContaining('another amount') },
      ],
    });
    expect(await refused([{ path: '/id', value: 'in_other' }])).toMatchObject({ code: 'EDIT_LOCKED' });
    expect(await refused([{ path: '/nowhere/at/all', value: 'x' }])).toMatchObject({ code: 'EDIT_INVALID' });
    expect(await refused(country('ZZ'))).toMatchObject({ code: 'EDIT_STILL_FAILS', detail: expect.stringContaining('ZZ') });
    expect(await approver.problem('previewEdit', { params: { id: exception.id }, body: { changes: country('US') } })).toMatchObject({ status: 403 }); // prettier-ignore
    expect(await operator.problem('askForEdit', { params: { id: exception.id }, body: { changes: country('US'), reason, contentHash: 'f'.repeat(64) } })).toMatchObject({ code: 'EDIT_CHANGED' }); // prettier-ignore
    expect(await bench.sql('select 1 from payload_edit where exception_id = $1', [exception.id])).toEqual([]);
  });

  it('of a word is refused all the same where the flow makes a key of it, or the mapping an amount', async () => {
    const { yaml } = await bench.api.call('getFlow', { params: { name: flow } });
    await bench.api.call('putFlow', { params: { name: flow }, body: { yaml: `${yaml}orderBy: customer_name\n` } });
    const ordered = await stopped('in_ordered');
    const rename = [...country('US'), { path: '/customer_name', value: 'Somebody else' }];
    expect(await operator.problem('previewEdit', { params: { id: ordered.id }, body: { changes: rename } })).toMatchObject({
      code: 'EDIT_LOCKED',
      detail: expect.stringContaining('the orderBy of the document (customer_name)'),
    });
    await bench.api.call('putFlow', { params: { name: flow }, body: { yaml } });

    const { source, version } = await bench.api.call('getMapping', { params: { name: 'erp-invoice' } });
    const doubled = source.replace('"total": total', '"total": memo = "twice" ? $money.multiply(total, "2") : total');
    await bench.api.call('putMapping', { params: { name: 'erp-invoice' }, body: { source: doubled, expectedVersion: version } });
    await makeCustomer(bench, { number: 'cus_twice', active: false });
    await deliver(bench, event(invoice({ id: 'in_twice', customer: 'cus_twice' })));
    const rejected = await exceptionOf(bench, { key: 'in_twice' });
    const memo = (value: string) => ({ params: { id: rejected.id }, body: { changes: [{ path: '/memo', value }] } });
    expect(await operator.problem('previewEdit', memo('twice'))).toMatchObject({
      code: 'EDIT_LOCKED',
      detail: expect.stringMatching(/would change \/total of what is sent from 100\.00 to 200/),
    });
    expect(await operator.call('previewEdit', memo('once'))).toMatchObject({ after: { total: '100.00', description: 'once' } });
    await bench.api.call('putMapping', { params: { name: 'erp-invoice' }, body: { source, expectedVersion: version + 1 } });
  });

  it('is approved by nobody who made it, once, and not when the document has moved on', async () => {
    const exception = await stopped('in_moved');
    const { edit } = await ask(exception, country('US'), both);
    const contentHash = await hashOfApproval(edit.approvalId!);
    expect(await both.problem('approve', { params: { id: edit.approvalId! }, body: { contentHash } })).toMatchObject({
      code: 'APPROVAL_OWN',
      detail: expect.stringContaining('corrected the document'),
    });
    // Somebody sends it again as it is: the edit is void, and the document stops as before.
    await operator.call('startReplay', { body: { messages: [exception.messageId] } });
    await messageIn(bench, { flow, key: 'in_moved' }, 'exception');
    expect(await approver.problem('approve', { params: { id: edit.approvalId! }, body: { contentHash } })).toMatchObject({ code: 'APPROVAL_CLOSED' }); // prettier-ignore
    expect((await operator.call('listEdits', { params: { id: exception.messageId } })).items).toMatchObject([{ state: 'void' }]);

    const open = await eventually(async () => {
      const found = await operator.call('getException', { params: { id: exception.id } });
      return found.state === 'open' && found;
    });
    const again = await ask(open, country('CA'));
    const hash = await hashOfApproval(again.edit.approvalId!);
    const answers = await Promise.all(
      Array.from({ length: 20 }, async () => (await approver.send('approve', { params: { id: again.edit.approvalId! }, body: { contentHash: hash } })).status), // prettier-ignore
    );
    expect(answers.filter((status) => status === 200)).toHaveLength(1);
    await messageIn(bench, { key: 'in_moved' }, 'posted');
    expect(inBooks(bench, 'in_moved')).toHaveLength(1);
  });

  it('is withdrawn or rejected, and the exception stays as it was', async () => {
    const exception = await stopped('in_back');
    const one = await ask(exception, country('US'));
    expect(await operator.call('withdrawEdit', { params: { id: one.edit.id } })).toMatchObject({ state: 'void' });
    expect(await operator.problem('withdrawEdit', { params: { id: one.edit.id } })).toMatchObject({ code: 'EDIT_CLOSED' });
    const two = await ask(exception, country('CA'));
    await approver.call('reject', { params: { id: two.edit.approvalId! }, body: { contentHash: await hashOfApproval(two.edit.approvalId!), reason: 'it is the US' } }); // prettier-ignore
    expect(await messageIn(bench, { flow, key: 'in_back' }, 'exception')).toBeTruthy();
    const { items } = await operator.call('getExceptionHistory', { params: { id: exception.id } });
    expect(items.filter(({ kind }) => kind.startsWith('edit')).map(({ kind, words }) => [kind, words])).toEqual([
      ['edit-asked', '/customer_address/country: a typing error'],
      ['edit-ended', 'withdrawn'],
      ['edit-asked', '/customer_address/country: a typing error'],
      ['edit-ended', 'rejected: it is the US'],
    ]);
  });

  it('goes at once where the flow says so, and never where it says never; what nobody knows the end of is not corrected', async () => {
    const { yaml } = await bench.api.call('getFlow', { params: { name: flow } });
    const edits = (word: string) => bench.api.call('putFlow', { params: { name: flow }, body: { yaml: `${yaml}edits: ${word}\n` } });
    const exception = await stopped('in_free');
    await edits('never');
    expect(await operator.problem('getEditableFields', { params: { id: exception.id } })).toMatchObject({ code: 'EDIT_NOT_POSSIBLE' });
    await edits('free');
    const { edit } = await ask(exception, country('US'));
    expect(edit).toMatchObject({ state: 'applied', approvalId: null });
    await messageIn(bench, { key: 'in_free' }, 'posted');
    await bench.api.call('putFlow', { params: { name: flow }, body: { yaml } });
    expect(
      await bench.api.problem('putFlow', { params: { name: flow }, body: { yaml: `${yaml}edits: { approve: nobody-at-all }\n` } }),
    ).toMatchObject({ status: 422 });

    await makeCustomer(bench, { number: 'cus_doubt', active: false });
    await deliver(bench, event(invoice({ id: 'in_doubt', customer: 'cus_doubt' })));
    const rejected = await exceptionOf(bench, { key: 'in_doubt' });
    await bench.sql("update posting set state = 'in_doubt' where message_id = $1", [rejected.messageId]);
    expect(await operator.problem('getEditableFields', { params: { id: rejected.id } })).toMatchObject({
      status: 409,
      code: 'EDIT_NOT_POSSIBLE',
      detail: expect.stringContaining('Nobody knows yet'),
    });
    await bench.sql("update posting set state = 'rejected' where message_id = $1", [rejected.messageId]);
    await setActive(bench, 'cus_doubt', true);
    const memo = await ask(rejected, [{ path: '/memo', value: 'of the project North' }]);
    await approve(memo.edit.approvalId!, await hashOfApproval(memo.edit.approvalId!));
    await messageIn(bench, { key: 'in_doubt' }, 'posted');
    expect(inBooks(bench, 'in_doubt')).toEqual([expect.objectContaining({ description: 'of the project North' })]);
  });
});
