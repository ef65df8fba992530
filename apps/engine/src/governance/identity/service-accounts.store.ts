import { Inject, Injectable } from '@nestjs/common';
import { Database, type Row } from '../../platform/database/index.js';
import type { Actor, Caller } from '../../platform/http/index.js';
import { newId } from '../../platform/ids/index.js';
import { Problem } from '../../platform/problems/index.js';
import { AuditStore } from '../audit/audit.store.js';
import { refuseUnknownPermissions, refuseWiderRights } from './rights.js';

/** Programs that act under a name of their own: what they may do, and the keys they do it with. Disabling one stops all its keys at once. */
@Injectable()
export class ServiceAccountStore {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(AuditStore) private readonly audit: AuditStore,
  ) {}

  async list() {
    return (
      await this.db.query(
        `select a.*, (select count(*) from api_key k where k.service_account_id = a.id and k.revoked_at is null and (k.expires_at is null or k.expires_at > now())) as keys
         from service_account a order by name`,
      )
    ).map(shape);
  }

  async create(input: { name: string; purpose?: string | undefined; permissions: string[] }, actor: Actor, giver: Caller) {
    refuseUnknownPermissions(input.permissions);
    refuseWiderRights(input.permissions, giver, '/permissions');
    return this.db.transaction(async (tx) => {
      const [row] = await tx.query<Row>(
        `insert into service_account (id, name, purpose, permissions, created_by) values ($1, $2, $3, $4, $5) on conflict (name) do nothing returning *, 0 as keys`,
        [newId('sva'), input.name, input.purpose ?? '', [...new Set(input.permissions)].sort(), actor.name],
      );
      if (!row)
        throw new Problem('CONFLICT', `There is a service account ${input.name} already.`, {
          path: '/name',
          remedy: 'Choose another name.',
        });
      const account = shape(row);
      await this.audit.record(tx, actor, {
        action: 'service-account.created',
        object: { kind: 'service-account', id: account.id },
        summary: `${actor.name} made the service account ${account.name}`,
        after: { name: account.name, purpose: account.purpose, permissions: account.permissions },
      });
      return account;
    });
  }

  async change(id: string, change: { permissions?: string[] | undefined; disabled?: boolean | undefined }, actor: Actor, giver: Caller) {
    refuseUnknownPermissions(change.permissions ?? []);
    refuseWiderRights(change.permissions ?? [], giver, '/permissions');
    return this.db.transaction(async (tx) => {
      const [before] = await tx.query<Row>('select *, 0 as keys from service_account where id = $1 for update', [id]);
      if (!before) throw new Problem('NOT_FOUND', `There is no service account ${id}.`);
      // Enabling one hands out all that it may do.
      if (change.disabled === false) refuseWiderRights(change.permissions ?? (before['permissions'] as string[]), giver, '/disabled');
      const [row] = await tx.query<Row>(
        `update service_account a set permissions = coalesce($2, permissions),
           disabled_at = case when $3::boolean is null then disabled_at when $3 then coalesce(disabled_at, now()) else null end
         where id = $1 returning *, (select count(*) from api_key k where k.service_account_id = a.id and k.revoked_at is null and (k.expires_at is null or k.expires_at > now())) as keys`,
        [id, change.permissions ? [...new Set(change.permissions)].sort() : null, change.disabled ?? null],
      );
      const facts = ({ permissions, disabled }: ReturnType<typeof shape>) => ({ permissions, disabled });
      await this.audit.record(tx, actor, {
        action: 'service-account.changed',
        object: { kind: 'service-account', id },
        summary: `${actor.name} changed the service account ${row!['name'] as string}`,
        before: facts(shape(before)),
        after: facts(shape(row!)),
      });
      return shape(row!);
    });
  }
}

const shape = (row: Row) => ({
  id: row['id'] as string,
  name: row['name'] as string,
  purpose: row['purpose'] as string,
  permissions: row['permissions'] as string[],
  keys: Number(row['keys']),
  disabled: row['disabled_at'] !== null,
  createdAt: (row['created_at'] as Date).toISOString(),
  createdBy: row['created_by'] as string,
});
