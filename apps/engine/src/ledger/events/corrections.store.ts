import { Inject, Injectable } from '@nestjs/common';
import { AuditStore } from '../../governance/index.js';
import { byteaArray, Database, type Scope, type Tx } from '../../platform/database/index.js';
import type { Actor } from '../../platform/http/index.js';
import { contentHash, decodeText, readJson } from '../../platform/json/index.js';
import { Problem } from '../../platform/problems/index.js';
import { meters } from '../../platform/telemetry/index.js';
import { checkEvent, shownTime, type CheckedEvent } from './cloud-event.js';
import { bytesOf, digestOf, eventKey, eventName, seqOf } from './event-key.js';
import { EventTypeStore } from './event-types.store.js';
import { Flaw } from './flaw.js';
import { countDuplicates, keepConflicts, UsageLedger } from './ledger.store.js';

export interface CorrectionBody {
  kind: 'correction' | 'cancellation';
  source: string;
  id: string;
  of: { event: string } | { source: string; id: string };
  data?: unknown;
  time?: string | undefined;
  reason: string;
}

interface By {
  /** The request as it came: numbers in it have all their digits. */
  raw: Buffer;
  by: string;
  actor: Actor;
  scope: Scope;
}

interface Target {
  seq: string;
  kind: string;
  type: string;
  subject: string | null;
  source: string;
  id: string;
  occurred_at: Date;
  /** To the microsecond. */
  occurred_text: string;
  original: string;
  successor: string | null;
  successor_kind: string | null;
}

type Corrected =
  { id: string; kind: string; corrects: string; original: string; duplicate: boolean; conflict?: undefined } | { conflict: string };

/** Corrections and cancellations: events of their own that take the effect of another away. What was there is never touched. */
@Injectable()
export class CorrectionStore {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(AuditStore) private readonly audit: AuditStore,
    @Inject(EventTypeStore) private readonly types: EventTypeStore,
    @Inject(UsageLedger) private readonly ledger: UsageLedger,
  ) {}

  async correct(body: CorrectionBody, by: By) {
    const { kind, of } = body;
    const data = kind === 'correction' ? dataOf(by.raw) : undefined;
    if (kind === 'cancellation' && (body.data !== undefined || body.time !== undefined))
      throw new Problem('REQUEST_INVALID', 'A cancellation has no data and no time: it takes the event away.', {
        path: body.data === undefined ? '/time' : '/data',
      });
    if (kind === 'correction' && body.data === undefined)
      throw new Problem('REQUEST_INVALID', 'A correction needs the data that should have been sent.', { path: '/data' });
    await this.types.ready();
    const done = await this.ledger.ofMonth(() =>
      this.db.seenBy(by.scope).transaction(async (tx) => {
        const target = await this.target(tx, of);
        const event = this.eventOf(body, data, target);
        return this.keep(tx, { body, event, target, ...by });
      }),
    );
    if (done.conflict !== undefined) throw new Problem('USAGE_CONFLICT', done.conflict, { path: '/id' });
    if (!done.duplicate) meters.usageEvents.inc({ end: 'accepted' });
    return done;
  }

  /** The event that is meant, and what has become of it. */
  private async target(tx: Tx, of: CorrectionBody['of']): Promise<Target> {
    const named = 'event' in of ? seqOf(of.event) : undefined;
    const wanted = 'event' in of ? of.event : `the event ${of.id} of ${of.source}`;
    const by =
      'event' in of
        ? 'e.seq = $1::bigint'
        : '(e.seq, e.received_at) = (select k.seq, k.received_at from usage_key k where k.key = $1::bytea)';
    const value = 'event' in of ? (named ?? '0') : bytesOf(eventKey(of.source, of.id));
    const [row] = await tx.query<Target>(
      `select e.seq, e.kind, e.type, e.subject, e.source, e.id, e.occurred_at, e.occurred_at::text as occurred_text, coalesce(own.original, e.seq) as original, next.seq as successor, next.kind as successor_kind
       from usage_event e left join usage_correction own on own.seq = e.seq left join usage_correction next on next.corrects = e.seq where ${by}`,
      [value],
    );
    if (!row) throw new Problem('NOT_FOUND', `There is no usage event: ${wanted}.`, { path: '/of' });
    return row;
  }

  /** The correction as an event: subject and type are those of what it corrects, so it can move nothing to somebody else. */
  private eventOf(body: CorrectionBody, data: unknown, target: Target): CheckedEvent {
    const checked = checkEvent(
      {
        specversion: '1.0',
        id: body.id,
        source: body.source,
        type: target.type,
        subject: target.subject,
        time: body.time ?? shownTime(target.occurred_at.getTime()),
        ...(data === undefined ? {} : { data }),
      },
      body.kind === 'correction' ? this.types.check : () => undefined,
    );
    if (checked instanceof Flaw)
      throw new Problem(checked.code, checked.detail, { path: checked.path, ...(checked.all.length > 1 ? { problems: checked.all } : {}) });
    // It is the same again only if it corrects the same in the same way.
    const { kind, of, reason } = body;
    const content = contentHash({
      correction: { kind, of, reason, time: body.time ?? null },
      data: checked.data,
      source: body.source,
      id: body.id,
    });
    return { ...checked, content: digestOf(content) };
  }

  private async keep(tx: Tx, given: By & { body: CorrectionBody; event: CheckedEvent; target: Target }): Promise<Corrected> {
    const { body, event, target, by, actor } = given;
    const { kind, reason } = body;
    const [commit] = await tx.query<{ seq: string }>("select nextval('usage_commit_id') * 65536 as seq");
    const seq = commit!.seq;
    const inserted = await tx.query(
      'insert into usage_key (key, content, seq, received_at) values ($1, $2, $3, now()) on conflict (key) do nothing returning seq',
      [bytesOf(event.key), bytesOf(event.content), seq],
    );
    if (inserted.length === 0) return this.known(tx, given);
    if (target.kind === 'cancellation' || target.successor_kind === 'cancellation')
      throw new Problem(
        'USAGE_CANCELLED',
        `${eventName(target.kind === 'cancellation' ? target.seq : target.successor!)} is a cancellation.`,
        { path: '/of' },
      );
    const won = await tx.query(
      'insert into usage_correction (corrects, seq, original, kind, received_at, by) values ($1, $2, $3, $4, now(), $5) on conflict (corrects) do nothing returning seq',
      [target.seq, seq, target.original, kind, by],
    );
    if (won.length === 0) await this.lost(tx, target);
    await tx.query(
      `insert into usage_event (seq, received_at, occurred_at, corrects, kind, source, id, type, subject, data, attributes, reason)
       values ($1, now(), coalesce($2::timestamptz, $3::timestamptz), $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        ...[seq, body.time ?? null, target.occurred_text, target.seq, kind, event.source, event.id, event.type, event.subject],
        ...[event.data, body.time === undefined ? null : event.attributes, reason],
      ],
    );
    await tx.query("insert into usage_commit (id, received_at, events, via, by) values ($1::bigint >> 16, now(), 1, 'http', $2)", [
      seq,
      by,
    ]);
    const [id, corrects] = [eventName(seq), eventName(target.seq)];
    await this.audit.record(tx, actor, {
      action: kind === 'correction' ? 'usage-event.corrected' : 'usage-event.cancelled',
      object: { kind: 'usage-event', id: corrects },
      summary: `${actor.name} ${kind === 'correction' ? 'corrected' : 'cancelled'} the usage event ${corrects} (${target.id} of ${target.source}) with ${id}`,
      reason,
      before: { event: corrects, occurredAt: target.occurred_at.toISOString() },
      after: { event: id, kind, data: event.data, time: body.time ?? null },
    });
    return { id, kind, corrects, original: eventName(target.original), duplicate: false };
  }

  /** Its own source and id are there: the same correction again, or a conflict, which is kept and told. */
  private async known(tx: Tx, { event, by }: { event: CheckedEvent; by: string }): Promise<Corrected> {
    const [first] = await tx.query<{ seq: string; content: Buffer }>('select seq, content from usage_key where key = any($1::bytea[])', [
      byteaArray([event.key]),
    ]);
    if (digestOf(first!.content) !== event.content) {
      await keepConflicts(tx, [{ event, first: first!.seq, via: 'http', by }]);
      meters.usageEvents.inc({ end: 'conflict' });
      return { conflict: `${eventName(first!.seq)} has the id ${event.id} of ${event.source} and other content.` };
    }
    await countDuplicates(tx, new Map([[first!.seq, 1]]));
    meters.usageEvents.inc({ end: 'duplicate' });
    const [made] = await tx.query<{ corrects: string; original: string; kind: string }>(
      'select corrects, original, kind from usage_correction where seq = $1',
      [first!.seq],
    );
    return {
      id: eventName(first!.seq),
      kind: made!.kind,
      corrects: eventName(made!.corrects),
      original: eventName(made!.original),
      duplicate: true,
    };
  }

  /** Somebody has corrected it before us, perhaps in this very moment: theirs stays. */
  private async lost(tx: Tx, target: Target): Promise<never> {
    const [first] = await tx.query<{ seq: string; kind: string }>('select seq, kind from usage_correction where corrects = $1', [
      target.seq,
    ]);
    const code = first!.kind === 'cancellation' ? 'USAGE_CANCELLED' : 'USAGE_CORRECTED';
    throw new Problem(
      code,
      `${eventName(target.seq)} has been ${first!.kind === 'cancellation' ? 'cancelled' : 'corrected'} by ${eventName(first!.seq)}.`,
      {
        path: '/of',
      },
    );
  }
}

/** The data of a correction with every digit of its numbers; the checked body has those that a double does not hold as text. */
function dataOf(raw: Buffer): unknown {
  return (readJson(decodeText(raw)).value as { data?: unknown }).data;
}
