import type { Row } from '../platform/database/index.js';
import { dueState, type DueState } from './clock.js';
import type { ExceptionState } from './life.js';

/** How an exception is read: the columns of `e`, what its message says, and its clock. */
export const columns = `e.*, m.title, m.customer, m.legal_entity, m.amount::text as amount_text, m.currency, m.attempts, case when e.snoozed_until > now() then e.snoozed_until end as snoozed_now, ${dueState('now()')} as due_state`;

export const iso = (value: unknown): string | null => (value instanceof Date ? value.toISOString() : null);

export const shape = (row: Row) => ({
  id: row['id'] as string,
  messageId: row['message_id'] as string,
  flow: row['flow'] as string,
  category: row['category'] as never,
  code: row['code'] as string,
  cause: row['cause'] as string,
  causeKey: row['cause_key'] as string,
  remedy: row['remedy'] as string,
  vendorWords: row['vendor_words'] as string | null,
  path: row['path'] as string | null,
  stage: row['stage'] as string,
  fix: row['fix'] as never,
  state: row['state'] as ExceptionState,
  assigneeId: row['assignee_id'] as string | null,
  assignee: row['assignee'] as string | null,
  snoozedUntil: iso(row['snoozed_now']),
  openedAt: iso(row['opened_at'])!,
  dueAt: iso(row['due_at'])!,
  due: row['due_state'] as DueState,
  returns: row['returns'] as number,
  closedAt: iso(row['closed_at']),
  closedBy: row['closed_by'] as string | null,
  resolution: row['resolution'] as string | null,
  closedRun: row['closed_run'] as string | null,
  closedAttempt: row['closed_attempt'] as number | null,
  title: row['title'] as string | null,
  customer: row['customer'] as string | null,
  legalEntity: row['legal_entity'] as string | null,
  amount: row['amount_text'] === null ? null : { amount: row['amount_text'] as string, currency: row['currency'] as string },
  attempts: row['attempts'] as number,
});
