import { Inject, Injectable } from '@nestjs/common';
import { AuditStore, SecretStore } from '../../governance/index.js';
import { Database, type Row, type Sql } from '../../platform/database/index.js';
import type { Actor } from '../../platform/http/index.js';
import { Problem } from '../../platform/problems/index.js';
import type { ChannelKind } from './channels.js';

export interface Channel {
  name: string;
  kind: ChannelKind;
  description: string;
  /** Of an e-mail channel. */
  addresses: string[];
  state: 'on' | 'paused';
  /** Which secrets are set, and since when: `url` of a webhook or Slack, `secret` of a webhook. */
  secrets: Record<string, string>;
  /** What became of the newest notice. */
  health: { state: 'unknown' | 'ok' | 'failing'; at: string | null; detail: string | null };
  updatedAt: string;
  updatedBy: string;
}

export interface ChannelInput {
  kind: ChannelKind;
  description?: string | undefined;
  addresses?: string[] | undefined;
  /** Left out: as it is. */
  url?: string | undefined;
  secret?: string | undefined;
}

const needs: Record<ChannelKind, readonly ('url' | 'secret')[]> = { email: [], slack: ['url'], webhook: ['url', 'secret'] };
export const ownerOf = (name: string): string => `alert-channel/${name}`;

/** Where alerts go. The address of a Slack hook is as good as a key, so it is kept like one. */
@Injectable()
export class ChannelStore {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(AuditStore) private readonly audit: AuditStore,
    @Inject(SecretStore) private readonly secrets: SecretStore,
  ) {}

  async all(sql: Sql = this.db): Promise<Channel[]> {
    const rows = await sql.query<Row>(
      `select c.*, n.state as last_state, coalesce(n.sent_at, n.tried_at) as last_at, n.last_error from alert_channel c
         left join lateral (select state, sent_at, tried_at, last_error from alert_notice where channel = c.name and tried_at is not null order by tried_at desc limit 1) n on true order by c.name`,
    );
    const known = await this.secrets.knownOfAll(rows.map((row) => ownerOf(row['name'] as string)));
    return rows.map((row) => shape(row, known.get(ownerOf(row['name'] as string)) ?? {}));
  }

  async find(name: string): Promise<Channel> {
    const found = (await this.all()).find((channel) => channel.name === name);
    if (!found) throw new Problem('NOT_FOUND', `There is no channel ${name}.`);
    return found;
  }

  async names(): Promise<Set<string>> {
    return new Set((await this.db.query<{ name: string }>('select name from alert_channel')).map(({ name }) => name));
  }

  async put(name: string, input: ChannelInput, actor: Actor): Promise<Channel> {
    const given = { url: input.url, secret: input.secret };
    const known = await this.secrets.known(ownerOf(name));
    const lacks = needs[input.kind].find((field) => given[field] === undefined && known[field] === undefined);
    if (lacks) throw new Problem('ALERT_CHANNEL_INVALID', `A ${input.kind} channel needs its ${lacks}.`, { path: `/${lacks}` });
    if (input.kind === 'email' && (input.addresses ?? []).length === 0) throw new Problem('ALERT_CHANNEL_INVALID', 'An e-mail channel needs an address.', { path: '/addresses' }); // prettier-ignore
    if (given.url !== undefined && !(URL.canParse(given.url) && /^https?:$/.test(new URL(given.url).protocol))) throw new Problem('ALERT_CHANNEL_INVALID', 'The url is no address such as https://hooks.example/services/1.', { path: '/url' }); // prettier-ignore
    const addresses = input.kind === 'email' ? (input.addresses ?? []) : [];
    await this.db.transaction(async (tx) => {
      const [before] = await tx.query<Row>('select * from alert_channel where name = $1 for update', [name]);
      if (before && before['kind'] !== input.kind) throw new Problem('ALERT_CHANNEL_INVALID', `${name} is a channel of the kind ${before['kind'] as string}; make another one.`, { path: '/kind' }); // prettier-ignore
      await tx.query(
        `insert into alert_channel (name, kind, description, addresses, updated_by) values ($1,$2,$3,$4,$5)
         on conflict (name) do update set description = excluded.description, addresses = excluded.addresses, updated_at = now(), updated_by = excluded.updated_by`,
        [name, input.kind, input.description ?? '', addresses, actor.name],
      );
      const secrets = Object.fromEntries(needs[input.kind].flatMap((field) => (given[field] === undefined ? [] : [[field, given[field]]])));
      await this.secrets.put(tx, ownerOf(name), secrets);
      await this.audit.record(tx, actor, {
        action: before ? 'alert-channel.changed' : 'alert-channel.created',
        object: { kind: 'alert-channel', id: name },
        summary: `${actor.name} ${before ? 'changed' : 'made'} the alert channel ${name}`,
        before: before ? { description: before['description'], addresses: before['addresses'] } : undefined,
        after: { kind: input.kind, description: input.description ?? '', addresses, secretsSet: Object.keys(secrets) },
      });
    });
    return this.find(name);
  }

  async setState(name: string, state: 'on' | 'paused', actor: Actor): Promise<Channel> {
    await this.db.transaction(async (tx) => {
      const changed = await tx.query('update alert_channel set state = $2, updated_at = now(), updated_by = $3 where name = $1 and state <> $2 returning name', [name, state, actor.name]); // prettier-ignore
      if (changed.length > 0)
        await this.audit.record(tx, actor, {
          action: state === 'on' ? 'alert-channel.resumed' : 'alert-channel.paused',
          object: { kind: 'alert-channel', id: name },
          summary: `${actor.name} ${state === 'on' ? 'resumed' : 'paused'} the alert channel ${name}`,
        });
    });
    return this.find(name);
  }

  /** Gone with its secrets. What was sent through it stays in the log. A rule that names it keeps it. */
  async remove(name: string, actor: Actor): Promise<void> {
    await this.db.transaction(async (tx) => {
      const [channel] = await tx.query<Row>('select * from alert_channel where name = $1 for update', [name]);
      if (!channel) throw new Problem('NOT_FOUND', `There is no channel ${name}.`);
      const users = await tx.query<{ name: string }>("select name from alert_rule where definition->'channels' ? $1 order by name", [name]);
      if (users.length > 0) throw new Problem('ALERT_CHANNEL_IN_USE', `The channel ${name} is named by ${users.map((rule) => rule.name).join(', ')}.`); // prettier-ignore
      await tx.query('delete from alert_channel where name = $1', [name]);
      await tx.query("update alert_notice set state = 'failed', last_error = 'the channel was removed' where channel = $1 and state = 'waiting'", [name]); // prettier-ignore
      await this.secrets.remove(tx, ownerOf(name), 'url', 'secret');
      await this.audit.record(tx, actor, {
        action: 'alert-channel.removed',
        object: { kind: 'alert-channel', id: name },
        summary: `${actor.name} removed the alert channel ${name}`,
        before: { kind: channel['kind'], addresses: channel['addresses'] },
      });
    });
  }
}

const iso = (value: unknown): string | null => (value instanceof Date ? value.toISOString() : null);
const shape = (row: Row, secrets: Record<string, string>): Channel => ({
  name: row['name'] as string,
  kind: row['kind'] as ChannelKind,
  description: row['description'] as string,
  addresses: row['addresses'] as string[],
  state: row['state'] as 'on' | 'paused',
  secrets,
  health: {
    state: row['last_state'] === 'sent' ? 'ok' : row['last_at'] ? 'failing' : 'unknown',
    at: iso(row['last_at']),
    detail: row['last_state'] === 'sent' ? null : (row['last_error'] as string | null),
  },
  updatedAt: (row['updated_at'] as Date).toISOString(),
  updatedBy: row['updated_by'] as string,
});
