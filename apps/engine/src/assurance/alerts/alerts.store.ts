import { Inject, Injectable } from '@nestjs/common';
import { AuditStore } from '../../governance/index.js';
import { Database, within, type Row, type Scope } from '../../platform/database/index.js';
import { decodeCursor, page, type Actor } from '../../platform/http/index.js';
import { newId } from '../../platform/ids/index.js';
import { Problem } from '../../platform/problems/index.js';
import { alertOf } from './watching.store.js';
import type { Occasion } from './words.js';

interface Paged {
  limit?: number | undefined;
  cursor?: string | undefined;
}

const iso = (value: unknown): string | null => (value instanceof Date ? value.toISOString() : null);

/** Alerts that last or lasted, and the log of what was sent. */
@Injectable()
export class AlertStore {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(AuditStore) private readonly audit: AuditStore,
  ) {}

  async list(query: Paged & { state?: 'open' | 'ended' | 'all' | undefined; rule?: string | undefined }, scope: Scope) {
    const seen = within(scope, 'legal_entities', 3);
    const limit = query.limit ?? 50;
    const [at, id] = decodeCursor(query.cursor, ['instant', 'text']) ?? [];
    const rows = await this.db.seenBy(scope).query<Row>(
      `select *, to_char(opened_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at_text from alert where case $1 when 'open' then ended_at is null when 'ended' then ended_at is not null else true end and ($2::text is null or rule = $2) and ${seen.where}
         and ($5::timestamptz is null or (opened_at, id) < ($5, $6)) order by opened_at desc, id desc limit $7`,
      [query.state ?? 'open', query.rule ?? null, ...seen.values, at ?? null, id ?? null, limit + 1],
    );
    const { items, next } = page(rows, limit, (row) => [row['at_text'] as string, row['id'] as string]);
    return { items: items.map(shape), next };
  }

  async acknowledge(id: string, scope: Scope, actor: Actor) {
    const seen = within(scope, 'legal_entities', 3);
    return this.db.seenBy(scope).transaction(async (tx) => {
      const [row] = await tx.query<Row>(
        `update alert set acknowledged_at = coalesce(acknowledged_at, now()), acknowledged_by = coalesce(acknowledged_by, $2) where id = $1 and ${seen.where} returning *, acknowledged_at = now() as fresh`,
        [id, actor.name, ...seen.values],
      );
      if (!row) throw new Problem('NOT_FOUND', `There is no alert ${id}.`);
      if (row['fresh'] === true)
        await this.audit.record(tx, actor, {
          action: 'alert.acknowledged',
          object: { kind: 'alert', id },
          summary: `${actor.name} acknowledged the alert: ${row['title'] as string}`,
        });
      return shape(row);
    });
  }

  async notices(query: Paged & { state?: 'waiting' | 'sent' | 'failed' | undefined; channel?: string | undefined }, scope: Scope) {
    const seen = within(scope, 'legal_entities', 3);
    const limit = query.limit ?? 50;
    const [before] = decodeCursor(query.cursor, ['text']) ?? [];
    const rows = await this.db
      .seenBy(scope)
      .query<Row>(
        `select * from alert_notice where ($1::text is null or state = $1) and ($2::text is null or channel = $2) and ${seen.where} and ($5::text is null or id < $5) order by id desc limit $6`,
        [query.state ?? null, query.channel ?? null, ...seen.values, before ?? null, limit + 1],
      );
    const { items, next } = page(rows, limit, (row) => [row['id'] as string]);
    return { items: items.map(noticeOf), next };
  }

  async notice(id: string, scope: Scope) {
    const seen = within(scope, 'legal_entities', 2);
    const [row] = await this.db
      .seenBy(scope)
      .query<Row>(`select * from alert_notice where id = $1 and ${seen.where}`, [id, ...seen.values]);
    if (!row) throw new Problem('NOT_FOUND', `There is no notice ${id}.`);
    return noticeOf(row);
  }

  /** A failed one, once more from the beginning. */
  async again(id: string, scope: Scope, actor: Actor): Promise<void> {
    const notice = await this.notice(id, scope);
    await this.db.transaction(async (tx) => {
      const changed = await tx.query("update alert_notice set state = 'waiting', tries = 0, due_at = now() where id = $1 and state = 'failed' returning id", [id]); // prettier-ignore
      if (changed.length === 0) throw new Problem('CONFLICT', `The notice ${id} is ${notice.state}; only a failed one is sent again.`);
      await this.audit.record(tx, actor, { action: 'alert-notice.sent-again', object: { kind: 'alert-notice', id }, summary: `${actor.name} sent a notice to ${notice.channel} again` }); // prettier-ignore
    });
  }

  /** A notice that says that it is a test. */
  async test(channel: string, actor: Actor): Promise<string> {
    const id = newId('ntc');
    await this.db.transaction(async (tx) => {
      const rows = await tx.query<{ state: string }>('select state from alert_channel where name = $1', [channel]);
      if (rows.length === 0) throw new Problem('NOT_FOUND', `There is no channel ${channel}.`);
      if (rows[0]!.state === 'paused') throw new Problem('CONFLICT', `The channel ${channel} is paused.`, { remedy: 'Resume it first.' });
      await tx.query("insert into alert_notice (id, channel, occasion, alerts, due_at, legal_entities) values ($1,$2,'test','{}',now(),'{*}')", [id, channel]); // prettier-ignore
      await this.audit.record(tx, actor, { action: 'alert-channel.tested', object: { kind: 'alert-channel', id: channel }, summary: `${actor.name} sent a test to the alert channel ${channel}` }); // prettier-ignore
    });
    return id;
  }
}

const shape = (row: Row) => {
  const { subject, ...alert } = alertOf(row);
  return { ...alert, about: subject, seenAt: iso(row['seen_at'])!, acknowledgedBy: row['acknowledged_by'] as string | null, endedAt: iso(row['ended_at']) }; // prettier-ignore
};

const noticeOf = (row: Row) => ({
  id: row['id'] as string,
  channel: row['channel'] as string,
  rule: row['rule'] as string | null,
  occasion: row['occasion'] as Occasion,
  alerts: row['alerts'] as string[],
  state: row['state'] as 'waiting' | 'sent' | 'failed',
  tries: row['tries'] as number,
  dueAt: iso(row['due_at'])!,
  subject: row['subject'] as string | null,
  text: row['text'] as string | null,
  createdAt: iso(row['created_at'])!,
  sentAt: iso(row['sent_at']),
  lastError: row['last_error'] as string | null,
});
