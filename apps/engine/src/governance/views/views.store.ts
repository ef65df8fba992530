import { Inject, Injectable } from '@nestjs/common';
import { Database, type Row, type Tx } from '../../platform/database/index.js';
import type { Actor, Caller } from '../../platform/http/index.js';
import { newId } from '../../platform/ids/index.js';
import { Problem } from '../../platform/problems/index.js';
import { AuditStore } from '../audit/audit.store.js';
import { limits } from './limits.js';

export interface ViewInput {
  name: string;
  search: Record<string, string>;
}

export interface View extends ViewInput {
  id: string;
  page: string;
  /** Everybody has it. */
  shared: boolean;
  owner: string;
  mine: boolean;
  updatedAt: string;
}

/** Views of lists: where somebody looks, under a name. They say where to look and never what is seen there: that is up to who looks. */
@Injectable()
export class ViewStore {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(AuditStore) private readonly audit: AuditStore,
  ) {}

  async list(caller: Caller, page?: string): Promise<View[]> {
    const rows = await this.db.query<Row>(
      'select * from saved_view where (owner_id = $1 or shared) and ($2::text is null or page = $2) order by page, lower(name), id limit 1000',
      [caller.id, page ?? null],
    );
    return rows.map((row) => shape(row, caller));
  }

  async make(caller: Caller, { page, name, search }: ViewInput & { page: string }, actor: Actor): Promise<View> {
    return this.named(page, name, async (tx) => {
      const [{ n }] = (await tx.query<{ n: number }>('select count(*)::int as n from saved_view where owner_id = $1', [caller.id])) as [{ n: number }]; // prettier-ignore
      if (n >= limits.viewsMax) throw new Problem('VIEWS_FULL', `You have ${n} views; ${limits.viewsMax} are kept.`);
      const [row] = await tx.query<Row>(
        'insert into saved_view (id, page, name, search, owner_id, owner) values ($1, $2, $3, $4, $5, $6) returning *',
        [newId('viw'), page, name.trim(), JSON.stringify(search), caller.id, caller.name],
      );
      const view = shape(row!, caller);
      await this.audit.record(tx, actor, {
        action: 'view.saved',
        object: { kind: 'view', id: view.id },
        summary: `${actor.name} saved the view “${view.name}” of ${page}`,
        after: { page, name: view.name, search },
      });
      return view;
    });
  }

  async change(caller: Caller, id: string, { name, search }: ViewInput, actor: Actor): Promise<View> {
    const { page } = await this.own(this.db, caller, id);
    return this.named(page, name, async (tx) => {
      const before = await this.own(tx, caller, id);
      const [row] = await tx.query<Row>('update saved_view set name = $2, search = $3, updated_at = now() where id = $1 returning *', [
        id,
        name.trim(),
        JSON.stringify(search),
      ]);
      await this.audit.record(tx, actor, {
        action: 'view.changed',
        object: { kind: 'view', id },
        summary: `${actor.name} changed the view “${name.trim()}” of ${page}`,
        before: { name: before.name, search: before.search },
        after: { name: name.trim(), search },
      });
      return shape(row!, caller);
    });
  }

  /** The same again changes nothing and is no act. */
  async share(caller: Caller, id: string, shared: boolean, actor: Actor): Promise<View> {
    return this.db.transaction(async (tx) => {
      const before = await this.own(tx, caller, id);
      if (before.shared === shared) return before;
      const [row] = await tx.query<Row>('update saved_view set shared = $2, updated_at = now() where id = $1 returning *', [id, shared]);
      await this.audit.record(tx, actor, {
        action: shared ? 'view.shared' : 'view.unshared',
        object: { kind: 'view', id },
        summary: `${actor.name} ${shared ? 'shared' : 'took back'} the view “${before.name}” of ${before.page}`,
        before: { shared: before.shared },
        after: { shared },
      });
      return shape(row!, caller);
    });
  }

  async remove(caller: Caller, id: string, actor: Actor): Promise<void> {
    await this.db.transaction(async (tx) => {
      const view = await this.own(tx, caller, id);
      await tx.query('delete from saved_view where id = $1', [id]);
      await this.audit.record(tx, actor, {
        action: 'view.removed',
        object: { kind: 'view', id },
        summary: `${actor.name} removed the view “${view.name}” of ${view.page}`,
        before: { page: view.page, name: view.name, search: view.search, shared: view.shared },
      });
    });
  }

  /** One that the caller may change. One of somebody else that is not shared is not there for them. */
  private async own(sql: Database | Tx, caller: Caller, id: string): Promise<View> {
    const [row] = await sql.query<Row>('select * from saved_view where id = $1 and (owner_id = $2 or shared) for update', [id, caller.id]);
    if (!row) throw new Problem('NOT_FOUND', `There is no view ${id}.`);
    const view = shape(row, caller);
    if (!view.mine && !caller.permissions.has('view.share'))
      throw new Problem('FORBIDDEN', `The view “${view.name}” was shared by ${view.owner}; to change it takes the permission view.share.`);
    return view;
  }

  private async named<T>(page: string, name: string, work: (tx: Tx) => Promise<T>): Promise<T> {
    if (name.trim() === '') throw new Problem('REQUEST_INVALID', 'A view needs a name.', { path: '/name' });
    try {
      return await this.db.transaction(work);
    } catch (error) {
      if ((error as { code?: string }).code === '23505') throw new Problem('VIEW_NAME_TAKEN', `There is a view “${name.trim()}” of ${page} already.`, { path: '/name' }); // prettier-ignore
      throw error;
    }
  }
}

const shape = (row: Row, caller: Caller): View => ({
  id: row['id'] as string,
  page: row['page'] as string,
  name: row['name'] as string,
  search: row['search'] as Record<string, string>,
  shared: row['shared'] as boolean,
  owner: row['owner'] as string,
  mine: row['owner_id'] === caller.id,
  updatedAt: (row['updated_at'] as Date).toISOString(),
});
