import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/index.js';
import type { Actor } from '../../platform/http/index.js';
import { newId } from '../../platform/ids/index.js';
import { aroundTime, leafFormat, type Said } from './leaf.js';

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
    const said: Said = {
      id: newId('aud'),
      actorKind: actor.kind,
      actorId: actor.id,
      actorName: actor.name,
      action: act.action,
      objectKind: act.object.kind,
      objectId: act.object.id,
      summary: act.summary,
      reason: act.reason ?? null,
      before: asStored(act.before),
      after: asStored(act.after),
      requestId: actor.requestId ?? null,
    };
    const text = aroundTime(said);
    const json = (value: unknown) => (value === null ? null : JSON.stringify(value));
    await tx.query(
      `insert into audit_entry (id, actor_kind, actor_id, actor_name, action, object_kind, object_id, summary, reason, before, after, request_id, format, at, leaf)
       values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13, now(),
         sha256('\\x00'::bytea || convert_to($14 || to_char(now() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || $15, 'UTF8')))`,
      [
        ...[said.id, said.actorKind, said.actorId, said.actorName, said.action, said.objectKind, said.objectId, said.summary, said.reason],
        ...[json(said.before), json(said.after), said.requestId, leafFormat, text.before, text.after],
      ],
    );
    return said.id;
  }
}

/** As it will be read again: what JSON leaves out is not in the leaf either. */
const asStored = (value: unknown): unknown => (value == null ? null : (JSON.parse(JSON.stringify(value)) as unknown));
