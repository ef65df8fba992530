import { Inject, Injectable } from '@nestjs/common';
import { money, type JsonObject } from '@waybill/sdk';
import { editsOf, ReleaseStore, TableStore, type Edits } from '../../catalog/index.js';
import { AuditStore, ReadLog, requestApproval, useApprovals, voidApprovals } from '../../governance/index.js';
import { RunStore } from '../../intake/index.js';
import { asClaimed, Pipeline, Preview, type Journey } from '../../pipeline/index.js';
import { Database, within, type Row, type Sql, type Tx } from '../../platform/database/index.js';
import type { Actor, Caller } from '../../platform/http/index.js';
import { newId } from '../../platform/ids/index.js';
import { contentHash, textHash } from '../../platform/json/index.js';
import { Problem } from '../../platform/problems/index.js';
import { Doorbell } from '../../platform/queue/index.js';
import { ActStore, type Who } from '../acts.store.js';
import { editRecord, fieldsOf, lockWords, moneyIn, offendingOf, type EditChange, type Edited } from './locks.js';

const wordsOf = (changes: readonly { path: string }[]): string => changes.map(({ path }) => path).join(', ');

/** An edit that was tried: what it would send, bound by one hash. */
interface Trial {
  row: Row;
  journey: Journey;
  edited: Edited;
  beforeHash: Buffer;
  text: string;
  hash: string;
  policy: Edits;
  previous: unknown;
}

/**
 * Edits of single fields of a record that stopped. What was approved is what is sent: the output that was shown is kept, and the message goes on
 * behind the mapping as a retry does, with the release and the table versions that made it, under the same posting identity.
 */
@Injectable()
export class EditStore {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(AuditStore) private readonly audit: AuditStore,
    @Inject(ActStore) private readonly acts: ActStore,
    @Inject(RunStore) private readonly runs: RunStore,
    @Inject(Pipeline) private readonly pipeline: Pipeline,
    @Inject(Preview) private readonly previews: Preview,
    @Inject(ReleaseStore) private readonly releases: ReleaseStore,
    @Inject(TableStore) private readonly tables: TableStore,
    @Inject(ReadLog) private readonly reads: ReadLog,
    @Inject(Doorbell) private readonly bell: Doorbell,
  ) {}

  /** The fields of the record, those that the exception speaks of first to the eye, and why the others are locked. */
  async fields(exceptionId: string, { caller, actor }: Who) {
    const { row, body, policy } = await this.stopped(exceptionId, caller);
    await this.reads.note(actor, {
      action: 'message.payload-read',
      object: { kind: 'message', id: row['id'] as string },
      what: `the record of message ${row['id'] as string}`,
    });
    const fields = fieldsOf(JSON.parse(body.text) as JsonObject);
    const fix = row['fix'] as { kind: string; by?: Record<string, string> };
    const offending = offendingOf(fields, {
      path: row['path'] as string | null,
      code: row['code'] as string,
      looked: Object.values(fix.by ?? {}),
    });
    const [open] = await this.db
      .seenBy(caller.scope)
      .query<{ id: string }>(
        "select e.id from payload_edit e join approval a on a.id = e.approval_id where e.message_id = $1 and a.state = 'open'",
        [row['id']],
      );
    return {
      messageId: row['id'] as string,
      hash: body.hash.toString('hex'),
      approver: typeof policy === 'object' ? policy.approve : null,
      waiting: open?.id ?? null,
      fields: fields.map(({ path, value, lock }) => ({
        path,
        value,
        locked: lock ? lockWords[lock] : null,
        offending: offending.has(path),
      })),
    };
  }

  async preview(exceptionId: string, changes: readonly EditChange[], caller: Caller) {
    const { edited, journey, hash, policy, previous, beforeHash, text } = await this.try(exceptionId, changes, caller);
    return {
      changes: edited.changes,
      before: previous,
      after: journey.output,
      beforeHash: beforeHash.toString('hex'),
      afterHash: textHash(text).toString('hex'),
      contentHash: hash,
      approver: typeof policy === 'object' ? policy.approve : null,
      tables: Object.entries(readTables(journey)).map(([name, version]) => ({ name, version })),
    };
  }

  /** Asks for the approval of what was previewed; where the flow needs none, applies it at once. */
  async ask(exceptionId: string, given: { changes: readonly EditChange[]; reason: string; contentHash: string }, { caller, actor }: Who) {
    const trial = await this.try(exceptionId, given.changes, caller);
    if (trial.hash !== given.contentHash)
      throw new Problem('EDIT_CHANGED', 'The corrected document would be sent otherwise than it was shown.', { path: '/contentHash' });
    const id = newId('edt');
    const { row, journey, edited } = trial;
    const messageId = row['id'] as string;
    // Seen it was; what it becomes may belong to a legal entity that its document did not have yet.
    await this.db.transaction(async (tx) => {
      const approver = typeof trial.policy === 'object' ? trial.policy.approve : null;
      const approval =
        approver === null
          ? null
          : await requestApproval(
              tx,
              {
                kind: 'payload-edit',
                subject: messageId,
                messageId,
                role: approver,
                rule: `edits of ${row['flow'] as string}`,
                summary: `edit of ${wordsOf(edited.changes)}: ${given.reason}`.slice(0, 500),
                hash: trial.hash,
                content: JSON.stringify({
                  edit: id,
                  reason: given.reason,
                  changes: edited.changes,
                  before: trial.previous,
                  after: journey.output,
                }),
                legalEntities: journey.facts?.legalEntity ? [journey.facts.legalEntity] : (row['legal_entities'] as string[]),
                makers: [{ id: caller.id, name: caller.name, did: 'corrected the document', hands: caller.hands }],
              },
              'another edit of the document was asked for',
            );
      await tx.query(
        `insert into payload_edit (id, message_id, exception_id, reason, changes, before_hash, after_hash, content_hash, payload, enriched, output, facts, tables, release_id, approval_id, by_name, by_id, by_hands)
         values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18)`,
        [
          id,
          messageId,
          exceptionId,
          given.reason,
          JSON.stringify(edited.changes),
          trial.beforeHash,
          textHash(trial.text),
          trial.hash,
          trial.text,
          Object.keys(journey.enriched).length > 0 ? JSON.stringify(journey.enriched) : null,
          journey.outputText!,
          journey.facts ? JSON.stringify(journey.facts) : null,
          JSON.stringify(journey.tables),
          journey.release.id,
          approval,
          actor.name,
          actor.id,
          caller.hands,
        ],
      );
      const hashes = { before: trial.beforeHash.toString('hex'), after: textHash(trial.text).toString('hex') };
      if (approval !== null) {
        await this.acts.tell(tx, [exceptionId], { kind: 'edit-asked', words: `${wordsOf(edited.changes)}: ${given.reason}` }, actor);
        await this.audit.record(tx, actor, {
          action: 'payload.edit-asked',
          object: { kind: 'message', id: messageId },
          summary: `${actor.name} asked to correct ${wordsOf(edited.changes)} of ${titleOf(row)}`,
          reason: given.reason,
          after: { edit: id, fields: edited.changes.map(({ path }) => path), payload: hashes, contentHash: trial.hash, approval },
        });
        return;
      }
      await this.apply(tx, id, actor, null);
    });
    return this.find(id, caller);
  }

  /** Approved, in the transaction of the decision: the approval is used here, against the message as it stands. */
  async approved(tx: Tx, approvalId: string, actor: Actor): Promise<void> {
    const [edit] = await tx.query<Row>('select id, message_id, content_hash from payload_edit where approval_id = $1', [approvalId]);
    if (!edit) throw new Problem('EDIT_CLOSED', 'There is no edit that waits for this approval.');
    const { missing } = await useApprovals(tx, 'payload-edit', [
      { subject: edit['message_id'] as string, hash: edit['content_hash'] as string },
    ]);
    if (missing.size > 0) throw new Problem('APPROVAL_CHANGED', 'The edit is not the one that was shown.');
    await this.apply(tx, edit['id'] as string, actor, actor.name);
  }

  async rejected(tx: Tx, approvalId: string, reason: string | undefined, actor: Actor): Promise<void> {
    const [edit] = await tx.query<{ exception_id: string }>('select exception_id from payload_edit where approval_id = $1', [approvalId]);
    if (edit) await this.acts.tell(tx, [edit.exception_id], { kind: 'edit-ended', words: `rejected${reason ? `: ${reason}` : ''}` }, actor);
  }

  async withdraw(id: string, { caller, actor }: Who) {
    await this.db.seenBy(caller.scope).transaction(async (tx) => {
      const [edit] = await tx.query<Row>(
        `select e.*, a.state as approval_state from payload_edit e join approval a on a.id = e.approval_id where e.id = $1 for update of a`,
        [id],
      );
      if (!edit) throw new Problem('NOT_FOUND', `There is no edit ${id} that waits.`);
      if (edit['approval_state'] !== 'open') throw new Problem('EDIT_CLOSED', `The edit ${id} was decided already.`);
      await voidApprovals(tx, 'payload-edit', [edit['message_id'] as string], `${actor.name} withdrew the edit`);
      await this.acts.tell(tx, [edit['exception_id'] as string], { kind: 'edit-ended', words: 'withdrawn' }, actor);
      await this.audit.record(tx, actor, {
        action: 'payload.edit-withdrawn',
        object: { kind: 'message', id: edit['message_id'] as string },
        summary: `${actor.name} withdrew an edit`,
        after: { edit: id },
      });
    });
    return this.find(id, caller);
  }

  /** Of one message, oldest first. */
  async list(messageId: string, caller: Caller) {
    const db = this.db.seenBy(caller.scope);
    const seen = within(caller.scope, 'm.legal_entities', 2);
    const [there] = await db.query(`select 1 from message m where m.id = $1 and ${seen.where}`, [messageId, ...seen.values]);
    if (!there) throw new Problem('NOT_FOUND', `There is no message ${messageId}.`);
    const rows = await db.query<Row>(`${shown} where e.message_id = $1 and ${seen.where} order by e.id limit 200`, [
      messageId,
      ...seen.values,
    ]);
    return { items: rows.map(shape) };
  }

  private async find(id: string, caller: Caller) {
    const seen = within(caller.scope, 'm.legal_entities', 2);
    const [row] = await this.db.seenBy(caller.scope).query<Row>(`${shown} where e.id = $1 and ${seen.where}`, [id, ...seen.values]);
    if (!row) throw new Problem('NOT_FOUND', `There is no edit ${id}.`);
    return shape(row);
  }

  /** The corrected record through the stages, without storing or sending anything; refused where it changes what must stay. */
  private async try(exceptionId: string, wanted: readonly EditChange[], caller: Caller): Promise<Trial> {
    const { row, body, policy } = await this.stopped(exceptionId, caller);
    const source = JSON.parse(body.text) as JsonObject;
    const edited = editRecord(source, wanted);
    const [first] = edited.problems;
    if (first)
      throw new Problem(
        edited.problems.some(({ code }) => code === 'EDIT_LOCKED') ? 'EDIT_LOCKED' : 'EDIT_INVALID',
        `${first.detail.replace(/\.$/, '')}.`,
        {
          // prettier-ignore
          ...(first.path === undefined ? {} : { path: first.path }),
          problems: edited.problems,
        },
      );
    const tables = await this.tables.snapshot();
    const load = async () => (await this.pipeline.load([asClaimed(row)], tables))[0]!;
    const before = await load();
    const journey: Journey = { ...(await load()), source: edited.record, sourceText: JSON.stringify(edited.record) };
    await this.refuseOtherKey(before, journey);
    const was = await this.previews.try(before, tables);
    const is = await this.previews.try(journey, tables, 'accept');
    if (is.failure) throw new Problem('EDIT_STILL_FAILS', is.failure.cause, { ...(is.failure.path ? { path: is.failure.path } : {}) });
    if (is.stopped && !is.stopped.startsWith('held')) throw new Problem('EDIT_STILL_FAILS', `The corrected document would not be sent: ${is.stopped}.`); // prettier-ignore
    refuseOtherMoney(row, journey, was.output);
    const hash = contentHash({
      message: row['id'],
      before: body.hash.toString('hex'),
      changes: edited.changes,
      output: journey.output,
      release: journey.release.hash,
      tables: readTables(journey),
    }).toString('hex');
    const previous = was.output ?? (await this.lastOutput(row['id'] as string));
    return { row, journey, edited, beforeHash: body.hash, text: journey.sourceText, hash, policy, previous };
  }

  /** What the flow makes the document's identity and its place of must come out as before. */
  private async refuseOtherKey(before: Journey, after: Journey): Promise<void> {
    const { key, revision, orderBy } = before.release.definition;
    const asked = Object.entries({ key, revision, orderBy }).flatMap(([name, expression]) => (expression ? [{ name, expression }] : []));
    const answers = await this.previews.evaluate([before, after], asked.map(({ expression }) => expression)); // prettier-ignore
    const other = asked.find((_, index) => answers[0]![index] !== answers[1]![index]);
    if (other)
      throw new Problem('EDIT_LOCKED', `The edit would change the ${other.name} of the document (${other.expression}). ${lockWords.identity}`, { path: '/changes' }); // prettier-ignore
  }

  /** An exception that waits for a person, whose record may be corrected, and nothing of which may be on its way. */
  private async stopped(exceptionId: string, caller: Caller): Promise<{ row: Row; body: { text: string; hash: Buffer }; policy: Edits }> {
    const db = this.db.seenBy(caller.scope);
    const seen = within(caller.scope, 'm.legal_entities', 2);
    const [row] = await db.query<Row>(
      `select m.*, m.amount::text as amount_text, e.state as exception_state, e.path, e.code, e.fix from exception e join message m on m.id = e.message_id where e.id = $1 and ${seen.where}`,
      [exceptionId, ...seen.values],
    );
    if (!row) throw new Problem('NOT_FOUND', `There is no exception ${exceptionId}.`);
    const not = (why: string) => new Problem('EDIT_NOT_POSSIBLE', why);
    if (row['exception_state'] === 'resolved') throw new Problem('EXCEPTION_CLOSED', `The exception ${exceptionId} has already ended.`);
    if (row['exception_state'] === 'replaying') throw new Problem('EXCEPTION_REPLAYING', `The exception ${exceptionId} is being replayed.`);
    if (row['erasure'] !== null) throw not('What was personal of its customer was erased, and its record with it.');
    if (row['effect'] !== 'create') throw not('Only the document itself is corrected here, not what reverses or changes it.');
    const [posting] = await this.db.query<{ state: string }>(
      "select state from posting where (message_id = $1 or id = $2) and state in ('in_flight','in_doubt','posted')",
      [row['id'], row['posting_id']],
    );
    if (posting)
      throw not(posting.state === 'posted' ? 'It is posted already; correct it in the target, or with a credit memo.' : 'Nobody knows yet whether the target has it; find that out first. What was sent is what is looked up.'); // prettier-ignore
    const policy = editsOf((await this.releases.flow(row['flow'] as string)).definition);
    if (policy === 'never') throw not(`The flow ${row['flow'] as string} says that its documents are never corrected here.`);
    const body = await newestRecord(this.db, row['id'] as string);
    if (!body) throw not('Its record was not kept.');
    return { row, body, policy };
  }

  private async lastOutput(id: string): Promise<unknown> {
    const [body] = await this.db.query<{ body: string }>(
      "select body from message_body where message_id = $1 and stage = 'map' order by seq desc limit 1",
      [id],
    );
    return body ? JSON.parse(body.body) : null;
  }

  /**
   * Puts the corrected record and what it becomes beside what was there, and lets the message go on behind the mapping. Nothing that was stored is
   * changed. Refused when the message, its record or its release is not what was tried.
   */
  private async apply(tx: Tx, editId: string, actor: Actor, approvedBy: string | null): Promise<void> {
    const [edit] = await tx.query<Row>('select * from payload_edit where id = $1 for update', [editId]);
    const [message] = await tx.query<Row>('select * from message where id = $1 for update', [edit!['message_id']]);
    const body = await newestRecord(tx, message!['id'] as string);
    const unchanged =
      message!['state'] === 'exception' &&
      message!['erasure'] === null &&
      message!['release_id'] === edit!['release_id'] &&
      body?.hash.equals(edit!['before_hash'] as Buffer) &&
      edit!['applied_at'] === null;
    const [unsure] = await tx.query("select 1 from posting where message_id = $1 and state in ('in_flight','in_doubt','posted')", [
      message!['id'],
    ]);
    if (!unchanged || unsure)
      throw new Problem('EDIT_CHANGED', 'The document has moved on since the edit was asked for.', {
        remedy: 'Withdraw or reject the edit; what the document says now is shown there.',
      });
    const paths = wordsOf(edit!['changes'] as { path: string }[]);
    const runId = await this.runs.start(tx, {
      kind: 'replay',
      note: `edit of ${paths}: ${edit!['reason'] as string}`.slice(0, 500),
      startedBy: edit!['by_name'] as string,
      startedById: edit!['by_id'] as string,
    });
    const kept = [
      ['accept', edit!['payload']],
      ...(edit!['enriched'] === null ? [] : [['enrich', edit!['enriched']]]),
      ['map', edit!['output']],
    ] as [string, string][];
    for (const [stage, text] of kept)
      await tx.query('insert into message_body (message_id, stage, body, hash) values ($1,$2,$3,$4)', [message!['id'], stage, text, textHash(text)]); // prettier-ignore
    const facts = (edit!['facts'] ?? {}) as Record<string, string | null>;
    const by = `corrected by ${edit!['by_name'] as string}${approvedBy === null ? '' : `, approved by ${approvedBy}`}`;
    await tx.query('insert into replay_record (run_id, message_id, exception_id, run_before) select $1, id, $3, run_id from message where id = $2', [runId, message!['id'], edit!['exception_id']]); // prettier-ignore
    await tx.query(
      `update message set state = 'ready', stage = 'permit', reason = $2, due_at = now(), settled_at = null, failures = 0, unclear = 0, crashes = 0, replayed = true, approved_hash = null, run_id = $3,
         depends_on = null, depends_until = null, tables = $4, title = coalesce($5, title), customer = coalesce($6, customer), legal_entity = coalesce($7, legal_entity), amount = coalesce($8::numeric, amount), currency = coalesce($9, currency), updated_at = now() where id = $1`,
      [message!['id'], by, runId, JSON.stringify(edit!['tables']), facts['title'] ?? null, facts['customer'] ?? null, facts['legalEntity'] ?? null, facts['amount'] ?? null, facts['currency'] ?? null], // prettier-ignore
    );
    await tx.query(
      "insert into message_history (message_id, from_state, to_state, stage, reason, by_actor) values ($1, 'exception', 'ready', 'accept', $2, $3)",
      [message!['id'], `${paths} ${by}: ${edit!['reason'] as string}`, actor.name],
    );
    await tx.query("update exception set state = 'replaying', snoozed_until = null, changed_at = now() where id = $1 and state in ('open','in-progress')", [edit!['exception_id']]); // prettier-ignore
    await this.runs.count(tx, runId, 1, 1);
    await tx.query('update payload_edit set applied_at = now(), run_id = $2 where id = $1', [editId, runId]);
    await this.acts.tell(tx, [edit!['exception_id'] as string], { kind: 'edited', words: `${paths}: ${edit!['reason'] as string}`, run: runId }, actor); // prettier-ignore
    await this.audit.record(tx, actor, {
      action: 'payload.edited',
      object: { kind: 'message', id: message!['id'] as string },
      summary: `${actor.name} let ${titleOf(message!)} go on with ${paths} corrected${approvedBy === null ? '' : ` by ${edit!['by_name'] as string}`}`,
      reason: edit!['reason'] as string,
      before: { payload: (edit!['before_hash'] as Buffer).toString('hex') },
      after: { edit: editId, payload: (edit!['after_hash'] as Buffer).toString('hex'), fields: (edit!['changes'] as { path: string }[]).map(({ path }) => path), contentHash: edit!['content_hash'], run: runId, tables: edit!['tables'], release: edit!['release_id'], correctedBy: edit!['by_name'], approvedBy }, // prettier-ignore
    });
    const [flow, lane] = [message!['flow'] as string, message!['lane'] as number];
    tx.afterCommit(() => this.bell.ring({ bell: 'lane', flow, lane }));
  }
}

/** What was billed must be what is posted: by the amount of the message, and by every amount of the output, where there was one. */
function refuseOtherMoney(row: Row, { output, facts }: Journey, was: JsonObject | undefined): void {
  const known = row['amount_text'] as string | null;
  const told = facts?.amount && facts.currency ? `${facts.amount} ${facts.currency}` : undefined;
  if (known !== null && told !== undefined && !(facts?.currency === row['currency'] && money.equals(known, facts!.amount!)))
    throw new Problem('EDIT_LOCKED', `The edit would change the document from ${known} ${row['currency'] as string} to ${told}. ${lockWords.amount}`, { path: '/changes' }); // prettier-ignore
  if (!was || !output) return;
  const [before, after] = [moneyIn(was), moneyIn(output)];
  for (const path of new Set([...before.keys(), ...after.keys()]))
    if (before.get(path) !== after.get(path))
      throw new Problem('EDIT_LOCKED', `The edit would change ${path} of what is sent from ${before.get(path) ?? 'nothing'} to ${after.get(path) ?? 'nothing'}. ${lockWords.amount}`, { path: '/changes' }); // prettier-ignore
}

/** Versions of the tables that had a part in it. */
function readTables({ release, tables }: Journey): Record<string, number> {
  const looked = new Set(Object.values(release.definition.enrich).flatMap((from) => ('table' in from ? [from.table] : [])));
  return Object.fromEntries(Object.entries(tables).filter(([name]) => looked.has(name) || release.mapping.source.includes(name)));
}

async function newestRecord(sql: Sql, messageId: string): Promise<{ text: string; hash: Buffer } | undefined> {
  const [body] = await sql.query<{ body: string; hash: Buffer }>(
    "select body, hash from message_body where message_id = $1 and stage = 'accept' order by seq desc limit 1",
    [messageId],
  );
  return body && { text: body.body, hash: body.hash };
}

const titleOf = (row: Row): string => (row['title'] as string | null) ?? (row['key'] as string);
const iso = (value: unknown): string | null => (value instanceof Date ? value.toISOString() : null);

const shown = `select e.*, a.state as approval_state, a.decided_by, a.decided_at, a.reason as approval_reason from payload_edit e join message m on m.id = e.message_id left join approval a on a.id = e.approval_id`;

function stateOf(row: Row): 'waiting' | 'applied' | 'rejected' | 'void' {
  if (row['applied_at'] !== null) return 'applied';
  if (row['approval_state'] === 'open') return 'waiting';
  return row['approval_state'] === 'rejected' ? 'rejected' : 'void';
}

const shape = (row: Row) => ({
  id: row['id'] as string,
  messageId: row['message_id'] as string,
  exceptionId: row['exception_id'] as string,
  state: stateOf(row),
  reason: row['reason'] as string,
  changes: row['changes'] as Edited['changes'],
  beforeHash: (row['before_hash'] as Buffer).toString('hex'),
  afterHash: (row['after_hash'] as Buffer).toString('hex'),
  contentHash: row['content_hash'] as string,
  by: row['by_name'] as string,
  at: iso(row['at'])!,
  approvalId: row['approval_id'] as string | null,
  decidedBy: row['decided_by'] as string | null,
  decidedAt: iso(row['decided_at']),
  decision: row['approval_reason'] as string | null,
  appliedAt: iso(row['applied_at']),
  runId: row['run_id'] as string | null,
});
