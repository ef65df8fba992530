import { Inject, Injectable } from '@nestjs/common';
import { money, postingKey, type Operation, type PostingIdentity, type Receipt, type SendRequest } from '@waybill/sdk';
import { Database, type Row, type Tx } from '../../platform/database/index.js';
import { newId } from '../../platform/ids/index.js';
import { textHash } from '../../platform/json/index.js';
import type { Ending, Journey } from '../journey.js';

export interface Target {
  connection: string;
  operationName: string;
  operation: Operation;
  ledger: string;
  /** Calls that the connection takes at once. */
  concurrency: number;
  /** How long it may still work on a call after it was sent. */
  maxUpstreamSeconds: number;
}

/** A call whose intent is committed. */
export interface Intent {
  journey: Journey;
  postingId: string;
  attemptId: string;
  request: SendRequest;
}

interface PostingRow {
  id: string;
  state: 'in_flight' | 'in_doubt' | 'posted' | 'rejected' | 'waived';
  message_id: string;
  attempt: number;
  external_key: string;
  document_id: string | null;
  document_number: string | null;
  receipt: Receipt | null;
  amount: string | null;
  currency: string | null;
}

export const identityOf = (journey: Journey, target: Target): PostingIdentity => ({
  ledger: target.ledger,
  effect: journey.row.effect,
  sourceSystem: journey.row.sourceSystem,
  kind: target.operation.document,
  sourceId: journey.row.key,
  effectNumber: 1,
});

/** Postings: one row for each effect that a document may have in a ledger, for ever. The constraint, not a look, decides. */
@Injectable()
export class PostingStore {
  constructor(@Inject(Database) private readonly db: Database) {}

  /**
   * Commits the intent to call before the first byte leaves, or says why there is nothing to call. One transaction for the whole wave.
   * `waits` are the external keys of documents that must be posted in the same ledger first.
   */
  async intend(
    wave: readonly { journey: Journey; waits: { key: string; name: string; withinMs: number }[] }[],
    target: Target,
  ): Promise<({ intent: Intent } | { journey: Journey; ending: Ending } | { journey: Journey; fenced: true })[]> {
    return this.db.transaction(async (tx) => {
      const results = [];
      for (const { journey, waits } of wave) results.push(await this.intendOne(tx, journey, waits, target));
      return results;
    });
  }

  private async intendOne(tx: Tx, journey: Journey, waits: { key: string; name: string; withinMs: number }[], target: Target) {
    for (const wait of waits) {
      await lockDependency(tx, wait.key);
      const [there] = await tx.query("select 1 as one from posting where external_key = $1 and state = 'posted'", [wait.key]);
      if (!there)
        return {
          journey,
          ending: {
            to: 'waiting',
            reason: `waits until ${wait.name} is posted in ${target.connection}`,
            dependsOn: wait.key,
            withinMs: wait.withinMs,
          } as Ending,
        };
    }
    const identity = identityOf(journey, target);
    const key = postingKey(identity);
    const original = await this.original(tx, journey, identity);
    if ('ending' in original) return { journey, ending: original.ending };
    const taken = await this.take(tx, journey, identity, key, target);
    if ('ending' in taken) return { journey, ending: taken.ending };
    const request: SendRequest = {
      effect: identity.effect,
      key,
      document: journey.output!,
      attempt: taken.attempt,
      ...(original.receipt ? { original: original.receipt } : {}),
    };
    const moved = await tx.query(
      "update message set state = 'in_flight', stage = 'send', attempts = attempts + 1, posting_id = $3, reason = $4, updated_at = now() where id = $1 and epoch = $2 and state = 'claimed' returning id",
      [journey.row.id, journey.row.epoch, taken.postingId, `being posted in ${target.connection}`],
    );
    if (moved.length === 0) throw new FencedError(journey.row.id);
    await tx.query(
      "insert into message_history (message_id, from_state, to_state, stage, reason) values ($1, 'claimed', 'in_flight', 'send', $2)",
      [journey.row.id, `being posted in ${target.connection}`],
    );
    const text = JSON.stringify(request);
    const attemptId = newId('att');
    await tx.query('insert into attempt (id, message_id, posting_id, number, request_hash) values ($1,$2,$3,$4,$5)', [
      attemptId,
      journey.row.id,
      taken.postingId,
      journey.row.attempts + 1,
      textHash(text),
    ]);
    await tx.query(
      `insert into message_body (message_id, stage, body, hash)
       select $1, s, b, decode(h, 'hex') from unnest($2::text[], $3::text[], $4::text[]) as t(s, b, h)
       where not exists (select 1 from message_body o where o.message_id = $1 and o.stage = t.s and o.hash = decode(t.h, 'hex') and o.seq = (select max(seq) from message_body n where n.message_id = $1 and n.stage = t.s))`,
      [
        journey.row.id,
        [...journey.bodies.map((b) => b.stage), 'send'],
        [...journey.bodies.map((b) => b.text), text],
        [...journey.bodies.map((b) => textHash(b.text).toString('hex')), textHash(text).toString('hex')],
      ],
    );
    journey.bodies = [];
    journey.row.attempts += 1;
    return { intent: { journey, postingId: taken.postingId, attemptId, request } };
  }

  /** What a void, a write-off or an application acts on: the posting that created the document in this ledger. */
  private async original(
    tx: Tx,
    journey: Journey,
    identity: PostingIdentity,
  ): Promise<{ ending: Ending } | { receipt?: Receipt & { key: string } }> {
    if (!['void', 'write-off', 'apply'].includes(identity.effect)) return {};
    const creating = (['create', 'refund'] as const).map((effect) => postingKey({ ...identity, effect }));
    await lockDependency(tx, creating[0]!);
    const [row] = await tx.query<PostingRow>('select * from posting where external_key = any($1) order by created_at limit 1 for update', [
      creating,
    ]);
    if (!row || row.state === 'rejected' || row.state === 'waived') {
      const reason = row?.state === 'waived' ? 'the document was resolved without posting' : 'the document was never posted in this ledger';
      return { ending: { to: 'superseded', reason: `nothing to ${identity.effect === 'void' ? 'reverse' : identity.effect}: ${reason}` } };
    }
    if (row.state !== 'posted')
      return { ending: { to: 'waiting', reason: 'waits until the posting of the document is known', dependsOn: row.external_key } };
    return { receipt: { ...(row.receipt ?? { documentId: row.document_id ?? '' }), key: row.external_key } };
  }

  /** The row of the identity: made, taken over after a definite failure, or already somebody's. */
  private async take(
    tx: Tx,
    journey: Journey,
    identity: PostingIdentity,
    key: string,
    target: Target,
  ): Promise<{ postingId: string; attempt: number } | { ending: Ending }> {
    const id = newId('pst');
    const { amount = null, currency = null } = journey.facts ?? {};
    const [made] = await tx.query<{ id: string }>(
      `insert into posting (id, ledger, effect, source_system, kind, source_id, effect_number, external_key, connection, operation, message_id, state, sent_at, amount, currency)
       values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,'in_flight',now(),$12,$13) on conflict (ledger, effect, source_system, kind, source_id, effect_number) do nothing returning id`,
      [
        id,
        identity.ledger,
        identity.effect,
        identity.sourceSystem,
        identity.kind,
        identity.sourceId,
        identity.effectNumber,
        key,
        target.connection,
        target.operationName,
        journey.row.id,
        amount,
        currency,
      ],
    );
    if (made) return { postingId: id, attempt: 1 };
    const [row] = await tx.query<PostingRow>('select * from posting where external_key = $1 for update', [key]);
    if (!row) throw new Error(`the posting of ${key} vanished`);
    const open = target.operation.writes === 'upsert' && row.state === 'posted';
    if (row.state === 'rejected' || open) {
      const attempt = open ? row.attempt : row.attempt + 1;
      await tx.query(
        "update posting set state = 'in_flight', attempt = $2, message_id = $3, sent_at = now(), amount = $4, currency = $5, connection = $6 where id = $1",
        [row.id, attempt, journey.row.id, amount, currency, target.connection],
      );
      return { postingId: row.id, attempt };
    }
    if (row.state === 'waived')
      return { ending: { to: 'skipped', reason: 'a person resolved this document without posting', postingId: row.id } };
    if (row.state !== 'posted')
      return { ending: { to: 'waiting', reason: 'another message of the same document is being posted', dependsOn: key } };
    const known = row.document_number ?? row.document_id ?? '';
    if (row.amount !== null && amount !== null && (!money.equals(row.amount, amount) || row.currency !== currency)) {
      return {
        ending: {
          to: 'exception',
          facts: {
            category: 'duplicate',
            code: 'POSTED_DIFFERENTLY',
            cause: `It is posted as ${known} with ${row.amount} ${row.currency ?? ''}; this version says ${amount} ${currency ?? ''}.`,
            causeKey: `posted differently ${key}`,
            remedy: 'Compare both; correct it in the target or with a credit memo, then resolve.',
            fix: { kind: 'target', connection: target.connection },
          },
        },
      };
    }
    return {
      ending: {
        to: 'duplicate',
        reason: `already posted as ${known}; this version changes nothing there`,
        postingId: row.id,
        documentNumber: known,
      },
    };
  }

  /** The request that was sent, for a look-up after doubt, and when the doubt began. */
  async doubtful(messageId: string): Promise<{ postingId: string; request: SendRequest; sentAt: Date } | undefined> {
    const [row] = await this.db.query<Row>(
      `select p.id, p.sent_at, (select body from message_body b where b.message_id = m.id and b.stage = 'send' order by seq desc limit 1) as body
       from message m join posting p on p.id = m.posting_id where m.id = $1`,
      [messageId],
    );
    if (!row?.['body']) return undefined;
    return { postingId: row['id'] as string, request: JSON.parse(row['body'] as string) as SendRequest, sentAt: row['sent_at'] as Date };
  }

  /** A document that will not be posted by us: later versions of it must not post it either. */
  async waive(tx: Tx, identity: PostingIdentity, connection: string, operation: string, messageId: string): Promise<void> {
    await tx.query(
      `insert into posting (id, ledger, effect, source_system, kind, source_id, effect_number, external_key, connection, operation, message_id, state, settled_at)
       values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,'waived',now())
       on conflict (ledger, effect, source_system, kind, source_id, effect_number) do update set state = 'waived', settled_at = now() where posting.state in ('rejected','in_doubt')`,
      [
        newId('pst'),
        identity.ledger,
        identity.effect,
        identity.sourceSystem,
        identity.kind,
        identity.sourceId,
        identity.effectNumber,
        postingKey(identity),
        connection,
        operation,
        messageId,
      ],
    );
  }
}

/** Somebody else has the message now: this worker's whole wave is given up, nothing was sent. */
export class FencedError extends Error {
  constructor(messageId: string) {
    super(`${messageId} was taken over by another worker`);
  }
}

/** Whoever waits for a document and whoever posts it take the same lock, so no wake-up is lost. */
export async function lockDependency(tx: Tx, externalKey: string): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 7))', [externalKey]);
}
