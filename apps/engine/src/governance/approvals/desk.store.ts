import { within, type Row, type Scope, type Tx } from '../../platform/database/index.js';
import { failPoint } from '../../platform/failpoints/index.js';
import type { Actor, Caller } from '../../platform/http/index.js';
import { newId } from '../../platform/ids/index.js';
import { Problem } from '../../platform/problems/index.js';
import { ownPart, type Maker } from './makers.js';

/** What may be put before somebody: a message that a rule holds, a payload that a person edited, a change of a table; a release uses the same desk. */
export type ApprovalKind = 'message' | 'payload-edit' | 'table-draft' | 'release';

export interface ApprovalRequest {
  kind: ApprovalKind;
  /** What is approved: a message's id, a release's id. One open request each. */
  subject: string;
  messageId: string | null;
  /** Who decides. */
  role: string;
  rule: string;
  summary: string;
  /** Of exactly what is shown and of every version behind it: other content is another request. */
  hash: string;
  content: string;
  legalEntities: readonly string[];
  /** Who made it or last edited what it is made of; none of them approves it. */
  makers: readonly Maker[];
}

export interface Decision {
  approve: boolean;
  contentHash: string;
  reason?: string | undefined;
}

/** Puts a request on the desk, in the transaction that makes the thing wait. One that is open for the same subject becomes void, with this reason. */
export async function requestApproval(tx: Tx, request: ApprovalRequest, voidReason = 'the document changed'): Promise<string> {
  await voidApprovals(tx, request.kind, [request.subject], voidReason);
  const id = newId('apr');
  await tx.query(
    `insert into approval (id, kind, subject, message_id, role, rule, summary, content_hash, content, legal_entities, makers)
     values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)`,
    [
      id,
      request.kind,
      request.subject,
      request.messageId,
      request.role,
      request.rule,
      request.summary,
      request.hash,
      request.content,
      request.legalEntities,
      JSON.stringify(request.makers),
    ],
  );
  return id;
}

/** What was shown is not what is there any more: nobody can decide it now, and everybody sees why. */
export async function voidApprovals(tx: Tx, kind: ApprovalKind, subjects: readonly string[], reason: string): Promise<void> {
  await tx.query(
    "update approval set state = 'void', decided_at = now(), reason = $3 where kind = $1 and subject = any($2) and state = 'open'",
    [kind, subjects, reason],
  );
}

/**
 * Decides, once, under the row's lock: of two at the same time the second finds it decided. The caller then does what the decision means in the
 * same transaction, and both are committed or neither.
 */
export async function decideApproval(tx: Tx, id: string, decision: Decision, caller: Caller, actor: Actor): Promise<Row> {
  const seen = seenApprovals(caller.scope, 2);
  const [row] = await tx.query<Row>(`select a.* from approval a where a.id = $1 and ${seen.where} for update`, [id, ...seen.values]);
  if (!row) throw new Problem('NOT_FOUND', `There is no approval ${id}.`);
  if (row['state'] !== 'open') throw new Problem('APPROVAL_CLOSED', `The approval is ${row['state'] as string}.`);
  if (row['content_hash'] !== decision.contentHash)
    throw new Problem('APPROVAL_CHANGED', 'The document is not the one that was shown.', { path: '/contentHash' });
  if (!caller.roles.includes(row['role'] as string) && !caller.roles.includes('admin'))
    throw new Problem('APPROVAL_ROLE', `A ${row['role'] as string} decides this.`);
  const own = decision.approve ? ownPart(row['makers'] as Maker[], caller) : undefined;
  if (own !== undefined) throw new Problem('APPROVAL_OWN', own);
  const [done] = await tx.query<Row>(
    'update approval set state = $2, decided_at = now(), decided_by = $3, decided_by_id = $4, reason = $5 where id = $1 returning *',
    [id, decision.approve ? 'approved' : 'rejected', actor.name, actor.id, decision.reason ?? null],
  );
  await failPoint('approval.decided');
  return done!;
}

/**
 * Uses approvals, in the transaction that does what was approved, and says which subjects have none of this content. The same subject may go on
 * with its own after a failure that is known to have done nothing; no other subject and no other content can.
 */
export async function useApprovals(
  tx: Tx,
  kind: ApprovalKind,
  wanted: readonly { subject: string; hash: string }[],
): Promise<{ missing: Set<string> }> {
  if (wanted.length === 0) return { missing: new Set() };
  const used = await tx.query<{ subject: string }>(
    `update approval a set used_at = coalesce(a.used_at, now()) from unnest($2::text[], $3::text[]) as g(subject, hash)
     where a.kind = $1 and a.subject = g.subject and a.content_hash = g.hash and a.state = 'approved' returning a.subject`,
    [kind, wanted.map(({ subject }) => subject), wanted.map(({ hash }) => hash)],
  );
  const found = new Set(used.map(({ subject }) => subject));
  return { missing: new Set(wanted.map(({ subject }) => subject).filter((subject) => !found.has(subject))) };
}

/** Approvals that a caller sees; `$from` and the one after are the scope's. Tables and flows belong to no legal entity, and neither does a change of one. */
export function seenApprovals(scope: Scope, from: number) {
  const { where, values } = within(scope, 'a.legal_entities', from);
  return { where: `(a.kind in ('table-draft','release') or ${where})`, values };
}
