import { Inject, Injectable } from '@nestjs/common';
import { AuditStore, ownPart, type Maker } from '../../governance/index.js';
import { Database, seesEverything, type Row, type Scope, type Tx } from '../../platform/database/index.js';
import { decodeCursor, engineActor, page, type Actor, type Caller } from '../../platform/http/index.js';
import { newId } from '../../platform/ids/index.js';
import { Problem } from '../../platform/problems/index.js';
import { Erasing, type ErasureCounts } from './erasing.store.js';
import { SubjectSearch, type Found, type Subject } from './subject.store.js';

/** Messages and deliveries on their way that an answer names. */
const waitsForMax = 20;
const nothing: ErasureCounts = { documents: 0, versions: 0, messages: 0, payloads: 0, deliveries: 0, cases: 0 };

/**
 * Erasures: asked for by one person, confirmed by another, done by whoever has the lead. What is personal goes from every row that holds it; the rows,
 * their sums and the audit log stay.
 */
@Injectable()
export class ErasureStore {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(AuditStore) private readonly audit: AuditStore,
    @Inject(SubjectSearch) private readonly search: SubjectSearch,
    @Inject(Erasing) private readonly erasing: Erasing,
  ) {}

  async request({ connection, customer, reason }: { connection: string; customer: string; reason: string }, caller: Caller, actor: Actor) {
    mustSeeEverything(caller.scope);
    const [{ system } = {}] = await this.db.query<{ system: string }>('select system from connection where name = $1', [connection]);
    if (system === undefined) throw new Problem('NOT_FOUND', `There is no connection ${connection}.`, { path: '/connection' });
    const id = newId('era');
    const maker: Maker = { id: caller.id, name: caller.name, did: 'asked for this erasure', hands: caller.hands };
    await this.db.transaction(async (tx) => {
      const rows = await tx.query(
        `insert into erasure (id, source_system, customer, reason, makers, requested_by) values ($1,$2,$3,$4,$5,$6)
         on conflict (source_system, customer) where state in ('counting', 'open', 'erasing') do nothing returning id`,
        [id, system, customer, reason, JSON.stringify([maker]), actor.name],
      );
      if (rows.length === 0) throw new Problem('ERASURE_ALREADY', `The erasure of ${customer} of ${system} is under way.`);
      await this.audit.record(tx, actor, {
        action: 'erasure.requested',
        object: { kind: 'erasure', id },
        summary: `${actor.name} asked to erase what is personal of the customer ${customer} of ${system}`,
        reason,
        after: { sourceSystem: system, customer },
      });
    });
    return this.find(id, caller);
  }

  async confirm(id: string, caller: Caller, actor: Actor) {
    mustSeeEverything(caller.scope);
    await this.db.transaction(async (tx) => {
      const row = await this.locked(tx, id, ['open']);
      const own = ownPart(row['makers'] as Maker[], caller, 'confirms it');
      if (own !== undefined) throw new Problem('ERASURE_OWN', own);
      await tx.query("update erasure set state = 'erasing', confirmed_by = $2, confirmed_at = now() where id = $1", [id, actor.name]);
      await this.audit.record(tx, actor, {
        action: 'erasure.confirmed',
        object: { kind: 'erasure', id },
        summary: `${actor.name} confirmed the erasure of the customer ${row['customer'] as string} of ${row['source_system'] as string}`,
        after: { found: row['counts'] },
      });
    });
    return this.find(id, caller);
  }

  /** Nothing was erased yet, and nothing will be. */
  async withdraw(id: string, caller: Caller, actor: Actor) {
    mustSeeEverything(caller.scope);
    await this.db.transaction(async (tx) => {
      const row = await this.locked(tx, id, ['counting', 'open']);
      await tx.query("update erasure set state = 'withdrawn', ended_at = now() where id = $1", [id]);
      await this.audit.record(tx, actor, {
        action: 'erasure.withdrawn',
        object: { kind: 'erasure', id },
        summary: `${actor.name} withdrew the erasure of the customer ${row['customer'] as string} of ${row['source_system'] as string}`,
      });
    });
    return this.find(id, caller);
  }

  async list(query: { limit?: number | undefined; cursor?: string | undefined }, caller: Caller) {
    mustSeeEverything(caller.scope);
    const limit = query.limit ?? 50;
    const [before] = decodeCursor(query.cursor, ['text']) ?? [];
    const rows = await this.db.query<Row>('select * from erasure where $1::text is null or id < $1 order by id desc limit $2', [
      before ?? null,
      limit + 1,
    ]);
    const { items, next } = page(rows, limit, (row) => [row['id'] as string]);
    return { items: items.map((row) => shape(row, caller)), next };
  }

  async find(id: string, caller: Caller) {
    mustSeeEverything(caller.scope);
    const [row] = await this.db.query<Row>('select * from erasure where id = $1', [id]);
    if (!row) throw new Problem('NOT_FOUND', `There is no erasure ${id}.`);
    return shape(row, caller);
  }

  /** Goes on with what was asked for and confirmed. Everything in it may be done again: a process that ends in the middle loses nothing. */
  async work(goesOn: () => boolean): Promise<void> {
    const rows = await this.db.query<Row>("select * from erasure where state in ('counting', 'erasing') order by id");
    for (const row of rows) {
      if (!goesOn()) return;
      const subject = { sourceSystem: row['source_system'] as string, customer: row['customer'] as string };
      const found = await this.search.find(subject, goesOn);
      if (!found) return;
      if (row['state'] === 'counting') await this.counted(row['id'] as string, subject, found);
      else await this.eraseWhat(row, subject, found, goesOn);
    }
  }

  private async counted(id: string, subject: Subject, found: Found): Promise<void> {
    const counts: ErasureCounts = {
      ...(await this.search.held(found)),
      documents: found.objects.length,
      messages: found.messages.length,
      deliveries: found.deliveries.length,
      cases: found.cases.length,
    };
    await this.db.query(
      "update erasure set state = 'open', counts = $2, waits_for = $3, tables = $4 where id = $1 and state = 'counting'",
      [id, JSON.stringify(counts), found.underWay.slice(0, waitsForMax), JSON.stringify(await this.search.tables(subject))],
    );
  }

  /** Not before everything of the subject has ended: a document in doubt needs its request to be looked up. Done when a search finds nothing any more. */
  private async eraseWhat(row: Row, subject: Subject, found: Found, goesOn: () => boolean): Promise<void> {
    const id = row['id'] as string;
    const before: Partial<ErasureCounts> = (row['counts'] as { erased?: Partial<ErasureCounts> }).erased ?? nothing;
    if (found.underWay.length > 0) {
      await this.db.query('update erasure set waits_for = $2 where id = $1', [id, found.underWay.slice(0, waitsForMax)]);
      return;
    }
    const now = await this.erasing.erase(id, found, goesOn);
    const sum = Object.fromEntries(Object.entries(now).map(([name, n]) => [name, n + (before[name as keyof ErasureCounts] ?? 0)]));
    const left = found.objects.length + found.messages.length + found.deliveries.length + found.cases.length;
    await this.db.transaction(async (tx) => {
      const [kept] = await tx.query<Row>(
        "update erasure set counts = coalesce(counts, '{}') || jsonb_build_object('erased', $2::jsonb), waits_for = '{}', tables = $4, state = case when $3 then 'done' else state end, ended_at = case when $3 then now() else ended_at end where id = $1 and state = 'erasing' returning id",
        [id, JSON.stringify(sum), left === 0, JSON.stringify(await this.search.tables(subject))],
      );
      if (kept && left === 0)
        await this.audit.record(tx, engineActor, {
          action: 'erasure.done',
          object: { kind: 'erasure', id },
          summary: `Waybill erased what was personal of the customer ${subject.customer} of ${subject.sourceSystem}`,
          after: { erased: sum },
        });
    });
  }

  private async locked(tx: Tx, id: string, states: readonly string[]): Promise<Row> {
    const [row] = await tx.query<Row>('select * from erasure where id = $1 for update', [id]);
    if (!row) throw new Problem('NOT_FOUND', `There is no erasure ${id}.`);
    if (!states.includes(row['state'] as string))
      throw new Problem('ERASURE_STATE', `The erasure ${id} is ${words[row['state'] as keyof typeof words]}.`);
    return row;
  }
}

const words = {
  counting: 'still counting what there is',
  open: 'waiting to be confirmed',
  erasing: 'confirmed and being done',
  done: 'done',
  withdrawn: 'withdrawn',
};

/** A customer may have documents in every legal entity: who is kept to some cannot decide for all. */
function mustSeeEverything(scope: Scope): void {
  if (!seesEverything(scope))
    throw new Problem('FORBIDDEN', 'An erasure reaches into every legal entity, and you are kept to some of them.');
}

const iso = (value: unknown): string | null => (value instanceof Date ? value.toISOString() : null);

function shape(row: Row, caller: Caller) {
  const { erased: done, ...found } = (row['counts'] as (ErasureCounts & { erased?: ErasureCounts }) | null) ?? {};
  return {
    id: row['id'] as string,
    sourceSystem: row['source_system'] as string,
    customer: row['customer'] as string,
    reason: row['reason'] as string,
    state: row['state'] as 'open',
    requestedBy: row['requested_by'] as string,
    requestedAt: iso(row['requested_at'])!,
    confirmedBy: row['confirmed_by'] as string | null,
    confirmedAt: iso(row['confirmed_at']),
    endedAt: iso(row['ended_at']),
    // An erasure of before knew nothing of some of them.
    found: row['counts'] === null ? null : { ...nothing, ...found },
    erased: done ? { ...nothing, ...done } : null,
    waitsFor: row['waits_for'] as string[],
    tables: row['tables'] as { table: string; rows: number }[],
    ownPart: ownPart(row['makers'] as Maker[], caller, 'confirms it') ?? null,
  };
}
