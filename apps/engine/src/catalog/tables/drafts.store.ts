import { Inject, Injectable } from '@nestjs/common';
import { AuditStore, requestApproval, useApprovals, voidApprovals, type Maker } from '../../governance/index.js';
import { Database, type Row, type Sql, type Tx } from '../../platform/database/index.js';
import { decodeCursor, page, type Actor, type Caller } from '../../platform/http/index.js';
import { newId } from '../../platform/ids/index.js';
import { Problem } from '../../platform/problems/index.js';
import { changesMax, countsOf, countWords, mergeChanges, type ChangeEntry, type RowChange } from './changes.js';
import { draftHash, type DraftOrigin, type DraftState } from './drafts.js';
import { keyText, type RowInput } from './rows.js';
import { putChanges, shownRowsMax, TableStore, type TableRecord } from './tables.store.js';

/** What somebody wants of a draft. */
export interface DraftInput {
  put?: RowInput[] | undefined;
  end?: { key: Record<string, string>; validTo: string }[] | undefined;
  remove?: { key: Record<string, string>; validFrom?: string | null | undefined }[] | undefined;
  /** Changes that the draft shall not hold any more. */
  drop?: { key: Record<string, string>; validFrom?: string | null | undefined }[] | undefined;
  reason?: string | undefined;
}

export interface DraftRecord {
  id: string;
  table: string;
  state: DraftState;
  revision: number;
  baseVersion: number;
  reason: string;
  changes: RowChange[];
  lastEditor: { id: string; name: string };
  row: Row;
}

interface Who {
  caller: Caller;
  actor: Actor;
}

/** Rows of an approval's content: what is more than this is bound by the hash and shown by the draft. */
const contentRowsMax = 200;

/** Change sets of tables: made, changed, submitted, published or withdrawn. What is live changes by `publish` alone. */
@Injectable()
export class DraftStore {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(AuditStore) private readonly audit: AuditStore,
    @Inject(TableStore) private readonly tables: TableStore,
  ) {}

  async list(query: {
    limit?: number | undefined;
    cursor?: string | undefined;
    table?: string | undefined;
    state?: DraftState | 'live' | 'all' | undefined;
  }) {
    const limit = query.limit ?? 50;
    const [before] = decodeCursor(query.cursor, ['text']) ?? [];
    const rows = await this.db.query<Row>(
      `select ${columns} from table_draft d where ($1::text is null or d.table_name = $1) and ($2 = 'all' or d.state = $2 or ($2 = 'live' and d.state in ('open','submitted')))
         and ($3::text is null or d.id < $3) order by d.id desc limit $4`,
      [query.table ?? null, query.state ?? 'live', before ?? null, limit + 1],
    );
    const { items, next } = page(rows, limit, (row) => [row['id'] as string]);
    return { items: items.map(summaryOf), next };
  }

  async find(id: string) {
    return this.shown(await this.read(this.db, id));
  }

  /** A draft with its first changes; one that is made for an exception says so. */
  async make(
    name: string,
    input: DraftInput & { origin: DraftOrigin; exception?: string | undefined; csv?: string | undefined },
    who: Who,
    also?: (tx: Tx, draft: { id: string; words: string }) => Promise<void>,
  ) {
    const id = newId('drf');
    await this.db.transaction(async (tx) => {
      const table = await this.tables.find(name, tx, 'for share');
      const changes = mergeChanges([], {
        changes: input.csv === undefined ? await this.said(tx, table, input) : await this.tables.changesOfFile(tx, table, input.csv),
      });
      refuseTooMany(changes);
      await tx.query(
        `insert into table_draft (id, table_name, base_version, reason, origin, exception_id, changes, makers, created_by, changed_by, changed_by_id) values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$9,$10)`,
        [
          id,
          name,
          table.version,
          input.reason ?? '',
          input.origin,
          input.exception ?? null,
          JSON.stringify(changes),
          JSON.stringify([makerOf(who.caller, 'made the draft')]),
          who.actor.name,
          who.actor.id,
        ],
      );
      await this.tell(tx, who.actor, name, id, 'table.draft-made', `made a draft of ${changes.length} change${changes.length === 1 ? '' : 's'} of`, input.reason); // prettier-ignore
      await also?.(tx, {
        id,
        words: `${name}: ${changes
          .map(({ key }) => Object.values(key).join(', '))
          .slice(0, 3)
          .join('; ')}`,
      });
    });
    return this.find(id);
  }

  async change(id: string, revision: number, input: DraftInput & { csv?: string | undefined }, who: Who) {
    await this.db.transaction(async (tx) => {
      const draft = await this.mayChange(tx, id, revision);
      const table = await this.tables.find(draft.table, tx);
      const drop = (input.drop ?? []).map(({ key, validFrom }) => ({ key, validFrom: validFrom ?? null }));
      const changes =
        input.csv === undefined
          ? mergeChanges(draft.changes, { changes: await this.said(tx, table, input), drop })
          : mergeChanges([], { changes: await this.tables.changesOfFile(tx, table, input.csv) });
      refuseTooMany(changes);
      await this.store(tx, draft, { changes, reason: input.reason ?? draft.reason }, who);
      await this.tell(tx, who.actor, draft.table, id, 'table.draft-changed', 'changed a draft of', input.reason, {
        changes: changes.length,
      });
    });
    return this.find(id);
  }

  /** Takes the draft to the version of the table that its author has seen; what it would do there is what the answer shows. */
  async rebase(id: string, revision: number, version: number, who: Who) {
    await this.db.transaction(async (tx) => {
      const draft = await this.mayChange(tx, id, revision);
      const table = await this.tables.find(draft.table, tx);
      if (table.version !== version)
        throw new Problem('TABLE_DRAFT_CHANGED', `The table ${table.name} is at version ${table.version}, not ${version}.`, { path: '/version' }); // prettier-ignore
      await this.store(tx, draft, { changes: draft.changes, reason: draft.reason, base: version }, who);
      await this.tell(tx, who.actor, draft.table, id, 'table.draft-rebased', `took a draft to version ${version} of`, undefined, { from: draft.baseVersion, to: version }); // prettier-ignore
    });
    return this.find(id);
  }

  /**
   * Asks for the approval, or publishes at once where the table needs none. What is submitted is exactly what was shown. `evidence`: what the asker saw
   * of its impact; the approver may see less of what was recorded.
   */
  async submit(id: string, { hash, reason, evidence }: { hash: string; reason: string | undefined; evidence: unknown }, who: Who) {
    await this.db.transaction(async (tx) => {
      const { table, draft } = await this.locked(tx, id, ['open']);
      const said = reason ?? draft.reason;
      if (said.trim() === '')
        throw new Problem('REQUEST_INVALID', 'A draft is submitted with a reason.', { path: '/reason', remedy: 'Say why the rows change; it stays with the version.' }); // prettier-ignore
      if (draftHash(table, draft.baseVersion, draft.changes, draft.reason) !== hash)
        throw new Problem('TABLE_DRAFT_CHANGED', 'The draft is not the one that was shown.', { path: '/contentHash' });
      refuseBehind(table, draft);
      const plan = this.tables.checked(table, await this.tables.plan(tx, table, draft.changes));
      const counts = countsOf(plan.entries);
      if (counts.unchanged === plan.entries.length) throw new Problem('TABLE_DRAFT_EMPTY', 'Every row is there as the draft has it.');
      const ready = { ...draft, reason: said };
      if (table.approver === null) {
        await tx.query('update table_draft set reason = $2, submitted_at = now(), submitted_by = $3 where id = $1', [
          id,
          said,
          who.actor.name,
        ]);
        await this.publish(tx, table, ready, plan, who.actor, null);
        return;
      }
      await tx.query(
        "update table_draft set state = 'submitted', reason = $2, submitted_at = now(), submitted_by = $3, makers = $4, revision = revision + 1 where id = $1",
        [id, said, who.actor.name, JSON.stringify(withMaker(draft.row['makers'] as Maker[], makerOf(who.caller, 'submitted the draft')))],
      );
      const entries = plan.entries.filter(({ kind }) => kind !== 'unchanged');
      await requestApproval(
        tx,
        {
          kind: 'table-draft',
          subject: id,
          messageId: null,
          role: table.approver,
          rule: `table ${table.name}`,
          summary: `change of the table ${table.name}: ${countWords(counts)}`,
          hash: draftHash(table, draft.baseVersion, draft.changes, said),
          content: JSON.stringify({ draft: id, table: table.name, baseVersion: draft.baseVersion, reason: said, counts, entries: entries.slice(0, contentRowsMax).map(shownEntry), evidence: evidence ?? null }), // prettier-ignore
          legalEntities: [],
          makers: withMaker(draft.row['makers'] as Maker[], makerOf(who.caller, 'submitted the draft')),
        },
        'the draft was submitted anew',
      );
      await this.tell(tx, who.actor, table.name, id, 'table.draft-submitted', 'submitted a draft of', said, { counts, approver: table.approver }); // prettier-ignore
    });
    return this.find(id);
  }

  /** Submitted, and wanted back to be changed. */
  async reopen(id: string, who: Who) {
    await this.db.transaction(async (tx) => {
      const { draft } = await this.locked(tx, id, ['submitted']);
      await tx.query("update table_draft set state = 'open', revision = revision + 1 where id = $1", [id]);
      await voidApprovals(tx, 'table-draft', [id], `${who.actor.name} took the draft back`);
      await this.tell(tx, who.actor, draft.table, id, 'table.draft-reopened', 'took back a draft of', undefined);
    });
    return this.find(id);
  }

  async withdraw(id: string, reason: string | undefined, who: Who) {
    await this.db.transaction(async (tx) => {
      const { draft } = await this.locked(tx, id, ['open', 'submitted']);
      await tx.query("update table_draft set state = 'withdrawn', ended_at = now(), ended_by = $2, revision = revision + 1 where id = $1", [
        id,
        who.actor.name,
      ]);
      await voidApprovals(tx, 'table-draft', [id], `${who.actor.name} withdrew the draft`);
      await this.tell(tx, who.actor, draft.table, id, 'table.draft-withdrawn', 'withdrew a draft of', reason);
    });
    return this.find(id);
  }

  /** Before the approval is decided: whoever publishes takes the lock of the table first, or two decisions would wait for each other. */
  async lockTableOf(tx: Tx, id: string): Promise<void> {
    await tx.query('select 1 from reference_table t join table_draft d on d.table_name = t.name where d.id = $1 for update of t', [id]);
  }

  /** Approved, in the transaction of the decision: the approval is used here, against the draft as it stands. */
  async approved(tx: Tx, id: string, actor: Actor): Promise<void> {
    const { table, draft } = await this.locked(tx, id, ['submitted']);
    refuseBehind(table, draft);
    const hash = draftHash(table, draft.baseVersion, draft.changes, draft.reason);
    const { missing } = await useApprovals(tx, 'table-draft', [{ subject: id, hash }]);
    if (missing.size > 0) throw new Problem('APPROVAL_CHANGED', 'The draft is not the one that was submitted.');
    const plan = this.tables.checked(table, await this.tables.plan(tx, table, draft.changes));
    await this.publish(tx, table, draft, plan, actor, actor.name);
  }

  async rejected(tx: Tx, id: string): Promise<void> {
    await this.locked(tx, id, ['submitted']);
    await tx.query("update table_draft set state = 'open', revision = revision + 1 where id = $1", [id]);
  }

  /** The table as it would be, and the draft that says so; for trying what it does. */
  async trial(id: string): Promise<{ table: TableRecord; draft: DraftRecord; hash: string }> {
    const draft = await this.read(this.db, id);
    const table = await this.tables.find(draft.table);
    return { table, draft, hash: draftHash(table, draft.baseVersion, draft.changes, draft.reason) };
  }

  private async publish(
    tx: Tx,
    table: TableRecord,
    draft: DraftRecord,
    plan: Awaited<ReturnType<TableStore['plan']>>,
    actor: Actor,
    approvedBy: string | null,
  ): Promise<void> {
    const { version } = await this.tables.write(
      tx,
      table,
      plan,
      { author: draft.lastEditor, reason: draft.reason, draft: { id: draft.id, approvedBy } },
      actor,
    );
    await tx.query(
      "update table_draft set state = 'published', ended_at = now(), ended_by = $2, published_version = $3, revision = revision + 1 where id = $1",
      [draft.id, actor.name, version],
    );
  }

  private async said(sql: Sql, table: TableRecord, input: DraftInput): Promise<RowChange[]> {
    const put = putChanges(input.put);
    const remove = (input.remove ?? []).map((row): RowChange => ({ op: 'remove', key: row.key, validFrom: row.validFrom ?? null, values: {}, validTo: null })); // prettier-ignore
    return [...put, ...(await this.tables.endChanges(sql, table, input.end ?? [])), ...remove];
  }

  private async store(tx: Tx, draft: DraftRecord, next: { changes: RowChange[]; reason: string; base?: number }, { caller, actor }: Who) {
    await tx.query(
      'update table_draft set changes = $2, reason = $3, base_version = coalesce($4, base_version), revision = revision + 1, makers = $5, changed_at = now(), changed_by = $6, changed_by_id = $7 where id = $1',
      [
        draft.id,
        JSON.stringify(next.changes),
        next.reason,
        next.base ?? null,
        JSON.stringify(withMaker(draft.row['makers'] as Maker[], makerOf(caller, 'changed the draft'))),
        actor.name,
        actor.id,
      ],
    );
  }

  private async mayChange(tx: Tx, id: string, revision: number): Promise<DraftRecord> {
    const draft = await this.read(tx, id, 'for update of d');
    refuseState(draft, ['open']);
    if (draft.revision !== revision)
      throw new Problem('TABLE_DRAFT_CHANGED', `The draft is at revision ${draft.revision}, not ${revision}.`, { path: '/revision' });
    return draft;
  }

  /** The table first, as everything that writes it does; then the draft. */
  private async locked(tx: Tx, id: string, states: readonly DraftState[]): Promise<{ table: TableRecord; draft: DraftRecord }> {
    const known = await this.read(tx, id);
    const table = await this.tables.find(known.table, tx, 'for update');
    const draft = await this.read(tx, id, 'for update of d');
    refuseState(draft, states);
    return { table, draft };
  }

  private async read(sql: Sql, id: string, lock = ''): Promise<DraftRecord> {
    const [row] = await sql.query<Row>(
      `select ${columns}, d.changes, d.makers, d.changed_by_id from table_draft d where d.id = $1 ${lock}`,
      [id],
    );
    if (!row) throw new Problem('NOT_FOUND', `There is no draft ${id}.`);
    return {
      id,
      table: row['table_name'] as string,
      state: row['state'] as DraftState,
      revision: row['revision'] as number,
      baseVersion: row['base_version'] as number,
      reason: row['reason'] as string,
      changes: row['changes'] as RowChange[],
      lastEditor: { id: row['changed_by_id'] as string, name: row['changed_by'] as string },
      row,
    };
  }

  /** With what it would do now. One that has ended shows its changes; what they did stands in the history of the table. */
  private async shown(draft: DraftRecord) {
    const table = await this.tables.find(draft.table);
    const live = draft.state === 'open' || draft.state === 'submitted';
    const { entries } = await this.tables.plan(this.db, table, draft.changes);
    const conflicts = live && table.version !== draft.baseVersion ? await this.conflicts(draft) : [];
    const [approval] = await this.db.query<Row>(
      "select id, state, decided_at, decided_by, reason from approval where kind = 'table-draft' and subject = $1 order by requested_at desc, id desc limit 1",
      [draft.id],
    );
    const order = (entry: ChangeEntry) => (entry.kind === 'refused' ? 0 : entry.kind === 'unchanged' ? 2 : 1);
    const sorted = [...entries].sort((a, b) => order(a) - order(b) || a.index - b.index);
    return {
      ...summaryOf(draft.row),
      tableVersion: table.version,
      behind: live && table.version !== draft.baseVersion,
      approver: table.approver,
      contentHash: draftHash(table, draft.baseVersion, draft.changes, draft.reason),
      counts: countsOf(entries),
      conflicts,
      makers: (draft.row['makers'] as Maker[]).map(({ name, did }) => ({ name, did })),
      approval: approval
        ? {
            id: approval['id'] as string,
            state: approval['state'] as 'open',
            decidedAt: (approval['decided_at'] as Date | null)?.toISOString() ?? null,
            decidedBy: approval['decided_by'] as string | null,
            reason: approval['reason'] as string | null,
          }
        : null,
      entries: live ? sorted.slice(0, shownRowsMax) : [],
      more: live && sorted.length > shownRowsMax,
    };
  }

  /** Keys of the draft whose rows somebody else changed since it was begun. */
  private async conflicts(draft: DraftRecord): Promise<Record<string, string>[]> {
    const keys = [...new Set(draft.changes.map(({ key }) => keyText(key)))];
    const rows = await this.db.query<{ key: Record<string, string> }>(
      'select distinct key from table_row where table_name = $1 and key = any($2::jsonb[]) and (from_version > $3 or until_version > $3) limit 100',
      [draft.table, keys, draft.baseVersion],
    );
    return rows.map(({ key }) => key);
  }

  private async tell(
    tx: Tx,
    actor: Actor,
    table: string,
    draft: string,
    action: string,
    did: string,
    reason: string | undefined,
    after: object = {},
  ) {
    await this.audit.record(tx, actor, {
      action,
      object: { kind: 'table', id: table },
      summary: `${actor.name} ${did} the table ${table}`,
      reason,
      after: { draft, ...after },
    });
  }
}

const columns = `d.id, d.table_name, d.state, d.revision, d.base_version, d.reason, d.origin, d.exception_id, jsonb_array_length(d.changes) as change_count, d.created_at, d.created_by, d.changed_at, d.changed_by,
  d.submitted_at, d.submitted_by, d.ended_at, d.ended_by, d.published_version`;

const iso = (value: unknown): string | null => (value instanceof Date ? value.toISOString() : null);

const summaryOf = (row: Row) => ({
  id: row['id'] as string,
  table: row['table_name'] as string,
  state: row['state'] as DraftState,
  revision: row['revision'] as number,
  baseVersion: row['base_version'] as number,
  reason: row['reason'] as string,
  origin: row['origin'] as DraftOrigin,
  exceptionId: row['exception_id'] as string | null,
  changes: row['change_count'] as number,
  createdAt: iso(row['created_at'])!,
  createdBy: row['created_by'] as string,
  changedAt: iso(row['changed_at'])!,
  changedBy: row['changed_by'] as string,
  submittedAt: iso(row['submitted_at']),
  submittedBy: row['submitted_by'] as string | null,
  endedAt: iso(row['ended_at']),
  endedBy: row['ended_by'] as string | null,
  publishedVersion: row['published_version'] as number | null,
});

const shownEntry = ({ kind, key, validFrom, validTo, cells, note }: ChangeEntry) => ({ kind, key, validFrom, validTo, cells, note });

const makerOf = (caller: Caller, did: string): Maker => ({ id: caller.id, name: caller.name, did, hands: caller.hands });
/** Each with the last that they did. */
const withMaker = (makers: readonly Maker[], maker: Maker): Maker[] => [...makers.filter(({ id }) => id !== maker.id), maker];

function refuseTooMany(changes: readonly RowChange[]): void {
  if (changes.length > changesMax) throw new Problem('TABLE_DRAFT_FULL', `The draft would have ${changes.length} changes.`);
}

function refuseState({ id, state }: DraftRecord, wanted: readonly DraftState[]): void {
  if (!wanted.includes(state)) throw new Problem('TABLE_DRAFT_STATE', `The draft ${id} is ${state}.`);
}

function refuseBehind(table: TableRecord, draft: DraftRecord): void {
  if (table.version === draft.baseVersion) return;
  throw new Problem('TABLE_DRAFT_BEHIND', `The draft was begun on version ${draft.baseVersion} of ${table.name}; it is at version ${table.version} now.`); // prettier-ignore
}
