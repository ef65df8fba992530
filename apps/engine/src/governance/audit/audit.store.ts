import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { canonicalize } from 'json-canonicalize';
import type { Tx } from '../../platform/database/index.js';
import type { Actor } from '../../platform/http/index.js';
import { newId } from '../../platform/ids/index.js';

/** One act of a person, a key or a setting. */
export interface Act {
  /** `flow.saved`: what was done to what. */
  action: string;
  object: { kind: string; id: string };
  /** One sentence: who reads only this knows what happened. */
  summary: string;
  reason?: string | undefined;
  before?: unknown;
  after?: unknown;
}

/**
 * The audit log. `record` takes the transaction of the act itself: both are committed or neither. Secrets never come in here:
 * callers pass what a reader may see.
 */
@Injectable()
export class AuditStore {
  async record(tx: Tx, actor: Actor, act: Act): Promise<string> {
    const entry = {
      id: newId('aud'),
      actorKind: actor.kind,
      actorId: actor.id,
      actorName: actor.name,
      action: act.action,
      objectKind: act.object.kind,
      objectId: act.object.id,
      summary: act.summary,
      reason: act.reason ?? null,
      before: act.before ?? null,
      after: act.after ?? null,
      requestId: actor.requestId ?? null,
    };
    await tx.query(
      `insert into audit_entry (id, actor_kind, actor_id, actor_name, action, object_kind, object_id, summary, reason, before, after, request_id, leaf)
       values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13)`,
      [
        ...Object.values(entry).map((value, i) => (i === 9 || i === 10 ? (value === null ? null : JSON.stringify(value)) : value)),
        leafOf(entry),
      ],
    );
    return entry.id;
  }
}

/** Leaf hash: a domain byte, then RFC 8785 bytes (RFC 6962 keeps leaves and nodes apart the same way). */
export function leafOf(entry: Record<string, unknown>): Buffer {
  return createHash('sha256')
    .update(Buffer.from([0]))
    .update(canonicalize(entry))
    .digest();
}
