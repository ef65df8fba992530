import { Inject, Injectable } from '@nestjs/common';
import { postingKey, type PostingIdentity, type SendRequest } from '@waybill/sdk';
import { Database, type Row, type Tx } from '../../platform/database/index.js';
import { newId } from '../../platform/ids/index.js';
import { textHash } from '../../platform/json/index.js';
import type { Ending, Journey } from '../journey.js';
import { unapproved } from './approved.store.js';
import {
  endingOf,
  identityOf,
  meet,
  moneyOf,
  original,
  quietMsOf,
  type Original,
  type PostingRow,
  type Taken,
  type Target,
} from './meeting.js';

/** A call whose intent is committed. */
export interface Intent {
  journey: Journey;
  postingId: string;
  attemptId: string;
  request: SendRequest;
}

/** A message that is ready to go, and the external keys of documents that must be posted in the same ledger first. */
export interface Waiting {
  journey: Journey;
  waits: { key: string; name: string; withinMs: number }[];
}

export type Intended = { intent: Intent } | { journey: Journey; ending: Ending };

interface Party extends Waiting {
  identity: PostingIdentity;
  key: string;
}

/** A document that a person ended without posting. */
export interface Waived {
  identity: PostingIdentity;
  connection: string;
  operation: string;
  messageId: string;
}

/** A void, a write-off or an application acts on a document that another posting created. */
const actsOn = ({ effect }: PostingIdentity): boolean => ['void', 'write-off', 'apply'].includes(effect);
const creatingKeys = (identity: PostingIdentity): string[] =>
  (['create', 'refund'] as const).map((effect) => postingKey({ ...identity, effect }));

const waitsFor = ({ key, name, withinMs }: Waiting['waits'][number], { connection }: Target): Ending => ({
  to: 'waiting',
  reason: `waits until ${name} is posted in ${connection}`,
  dependsOn: key,
  withinMs,
});

/** Postings: one row for each effect that a document may have in a ledger, for ever. The constraint, not a look, decides. */
@Injectable()
export class PostingStore {
  constructor(@Inject(Database) private readonly db: Database) {}

  /**
   * Commits the intents to call before the first byte leaves, or says why there is nothing to call. One transaction for the whole wave,
   * and as many statements for fifty messages as for one. Throws `FencedError` when another worker has taken a message over.
   */
  async intend(wave: readonly Waiting[], target: Target): Promise<Intended[]> {
    return this.db.transaction(async (tx) => {
      const parties = wave.map(({ journey, waits }): Party => {
        const identity = identityOf(journey, target);
        return { journey, waits, identity, key: postingKey(identity) };
      });
      const unposted = await this.parked(tx, parties, target);
      const stopped = await unapproved(
        tx,
        parties.map(({ journey }) => journey),
      );
      for (const [journey, ending] of stopped) unposted.set(journey, ending);
      const alone = parties.filter(({ journey }) => !unposted.has(journey));
      const originals = await this.originals(tx, alone);
      const free = alone.filter(({ journey }) => !(originals.get(journey) && 'ending' in originals.get(journey)!));
      const taken = await this.take(tx, free, target);
      const intents = free.flatMap(({ journey, identity, key }): Intent[] => {
        const row = taken.get(journey)!;
        if ('ending' in row) return [];
        const original = originals.get(journey);
        const request: SendRequest = {
          effect: identity.effect,
          key,
          document: journey.output!,
          attempt: row.attempt,
          ...(original && 'receipt' in original ? { original: original.receipt } : {}),
        };
        return [{ journey, postingId: row.postingId, attemptId: newId('att'), request }];
      });
      await this.commit(tx, intents, target);
      const made = new Map(intents.map((intent) => [intent.journey, intent]));
      return parties.map(({ journey }): Intended => {
        const intent = made.get(journey);
        if (intent) return { intent };
        const ending = unposted.get(journey) ?? endingOf(originals.get(journey)) ?? endingOf(taken.get(journey));
        return { journey, ending: ending! };
      });
    });
  }

  /** What a message would meet here now: nothing is locked and nothing written, so it may be otherwise when one comes. */
  async ahead({ journey, waits }: Waiting, target: Target): Promise<Ending | undefined> {
    const identity = identityOf(journey, target);
    const [key, creating] = [postingKey(identity), actsOn(identity) ? creatingKeys(identity) : []];
    const rows = await this.db.query<PostingRow>(
      'select p.*, (select m.seq from message m where m.id = p.message_id) as message_seq from posting p where external_key = any($1) order by created_at',
      [[key, ...creating, ...waits.map((wait) => wait.key)]],
    );
    const missing = waits.find((wait) => !rows.some((row) => row.external_key === wait.key && row.state === 'posted'));
    if (missing) return waitsFor(missing, target);
    const created = rows.find((row) => creating.includes(row.external_key));
    const own = rows.find((row) => row.external_key === key);
    return (creating.length > 0 ? endingOf(original(created, identity)) : undefined) ?? (own && endingOf(meet(own, journey, target)));
  }

  /** Messages that must wait for another document, under the lock that whoever posts it takes too. */
  private async parked(tx: Tx, parties: readonly Party[], target: Target): Promise<Map<Journey, Ending>> {
    const parked = new Map<Journey, Ending>();
    const keys = parties.flatMap(({ waits }) => waits.map(({ key }) => key));
    if (keys.length === 0) return parked;
    await lockDependencies(tx, keys);
    const rows = await tx.query<{ external_key: string }>(
      "select external_key from posting where external_key = any($1) and state = 'posted'",
      [keys],
    );
    const posted = new Set(rows.map((row) => row.external_key));
    for (const { journey, waits } of parties) {
      const missing = waits.find(({ key }) => !posted.has(key));
      if (missing) parked.set(journey, waitsFor(missing, target));
    }
    return parked;
  }

  /** What a void, a write-off or an application acts on: the posting that created the document in this ledger. */
  private async originals(tx: Tx, parties: readonly Party[]): Promise<Map<Journey, Original>> {
    const found = new Map<Journey, Original>();
    const acting = parties.filter(({ identity }) => actsOn(identity));
    if (acting.length === 0) return found;
    const creating = acting.map(({ identity }) => creatingKeys(identity));
    await lockDependencies(tx, creating.flat());
    const rows = await tx.query<PostingRow>('select * from posting where external_key = any($1) order by external_key for update', [
      creating.flat(),
    ]);
    acting.forEach(({ journey, identity }, index) => {
      const [row] = rows.filter(({ external_key }) => creating[index]!.includes(external_key)).sort((a, b) => Number(a.created_at) - Number(b.created_at)); // prettier-ignore
      found.set(journey, original(row, identity));
    });
    return found;
  }

  /** The rows of the identities: made, taken over after a definite failure, or already somebody's. */
  private async take(tx: Tx, parties: readonly Party[], target: Target): Promise<Map<Journey, Taken>> {
    const taken = new Map<Journey, Taken>();
    if (parties.length === 0) return taken;
    const ordered = [...parties].sort((a, b) => (a.key < b.key ? -1 : 1)); // one order for all writers: no deadlock on the unique key
    const made = await tx.query<{ id: string; message_id: string }>(
      `insert into posting (id, ledger, effect, source_system, kind, source_id, effect_number, external_key, connection, operation, message_id, state, sent_at, quiet_ms, amount, currency, synthetic)
       select id, ledger, effect, system, kind, source_id, number, key, $2, $3, message, 'in_flight', now(), $4, amount, currency, synthetic
       from jsonb_to_recordset($1::jsonb) as g(id text, ledger text, effect text, system text, kind text, source_id text, number int, key text, message text, amount numeric, currency text, synthetic boolean)
       on conflict do nothing returning id, message_id`,
      [
        JSON.stringify(
          ordered.map(({ journey, identity, key }) => ({
            id: newId('pst'),
            ledger: identity.ledger,
            effect: identity.effect,
            system: identity.sourceSystem,
            kind: identity.kind,
            source_id: identity.sourceId,
            number: identity.effectNumber,
            key,
            message: journey.row.id,
            synthetic: journey.row.syntheticRun !== null,
            ...moneyOf(journey),
          })),
        ),
        target.connection,
        target.operationName,
        quietMsOf(target),
      ],
    );
    const fresh = new Map(made.map((row) => [row.message_id, row.id]));
    const known = ordered.filter(({ journey }) => !fresh.has(journey.row.id));
    for (const { journey } of ordered) {
      const postingId = fresh.get(journey.row.id);
      if (postingId !== undefined) taken.set(journey, { postingId, attempt: 1 });
    }
    if (known.length > 0) await this.takeOver(tx, known, target, taken);
    return taken;
  }

  private async takeOver(tx: Tx, parties: readonly Party[], target: Target, taken: Map<Journey, Taken>): Promise<void> {
    const rows = await tx.query<PostingRow>(
      'select p.*, (select m.seq from message m where m.id = p.message_id) as message_seq from posting p where external_key = any($1) order by external_key for update',
      [parties.map(({ key }) => key)],
    );
    const byKey = new Map(rows.map((row) => [row.external_key, row]));
    const over: { id: string; attempt: number; message: string; amount: string | null; currency: string | null }[] = [];
    for (const { journey, key } of parties) {
      const row = byKey.get(key);
      if (!row) throw new Error(`the posting of ${key} vanished`);
      const verdict = meet(row, journey, target);
      taken.set(journey, verdict);
      if ('ending' in verdict) continue;
      over.push({ id: row.id, attempt: verdict.attempt, message: journey.row.id, ...moneyOf(journey) });
      byKey.set(key, { ...row, state: 'in_flight', message_id: journey.row.id }); // the next of the same document in this wave waits for it
    }
    if (over.length === 0) return;
    await tx.query(
      `update posting p set state = 'in_flight', attempt = g.attempt, message_id = g.message, sent_at = now(), quiet_ms = $3, quiet_until = null, amount = g.amount, currency = g.currency, connection = $2
       from jsonb_to_recordset($1::jsonb) as g(id text, attempt int, message text, amount numeric, currency text) where p.id = g.id`,
      [JSON.stringify(over), target.connection, quietMsOf(target)],
    );
  }

  /** The messages move, their attempts begin, and what is sent is kept as it is sent. */
  private async commit(tx: Tx, intents: readonly Intent[], target: Target): Promise<void> {
    if (intents.length === 0) return;
    const bodies = intents.flatMap(({ journey, request }) =>
      [...journey.bodies, { stage: 'send' as const, text: JSON.stringify(request) }].map((body) => ({ ...body, journey, hash: textHash(body.text) })),
    ); // prettier-ignore
    const hashes = new Map(bodies.filter(({ stage }) => stage === 'send').map(({ journey, hash }) => [journey, hash]));
    const moved = await tx.query<{ id: string }>(
      `with given as (select * from unnest($1::text[], $2::int[], $3::text[], $4::text[], $5::int[], $6::bytea[]) as g(id, epoch, posting, attempt, number, hash)),
       moved as (
         update message m set state = 'in_flight', stage = 'send', attempts = g.number, posting_id = g.posting, reason = $7, updated_at = now()
         from given g where m.id = g.id and m.epoch = g.epoch and m.state = 'claimed' returning m.id),
       told as (insert into message_history (message_id, from_state, to_state, stage, reason) select id, 'claimed', 'in_flight', 'send', $7 from moved),
       begun as (insert into attempt (id, message_id, posting_id, number, request_hash) select attempt, id, posting, number, hash from given),
       kept as (
         insert into message_body (message_id, stage, body, hash)
         select b.id, b.stage, b.body, b.hash from unnest($8::text[], $9::text[], $10::text[], $11::bytea[], $12::boolean[]) as b(id, stage, body, hash, first)
         where b.first or not exists (select 1 from message_body o where o.message_id = b.id and o.stage = b.stage and o.hash = b.hash
           and o.seq = (select max(seq) from message_body n where n.message_id = b.id and n.stage = b.stage)))
       select id from moved`,
      [
        intents.map(({ journey }) => journey.row.id),
        intents.map(({ journey }) => journey.row.epoch),
        intents.map(({ postingId }) => postingId),
        intents.map(({ attemptId }) => attemptId),
        intents.map(({ journey }) => journey.row.attempts + 1),
        intents.map(({ journey }) => hashes.get(journey)!),
        `being posted in ${target.connection}`,
        bodies.map(({ journey }) => journey.row.id),
        bodies.map(({ stage }) => stage),
        bodies.map(({ text }) => text),
        bodies.map(({ hash }) => hash),
        bodies.map(({ journey }) => journey.row.attempts === 0),
      ],
    );
    if (moved.length < intents.length) {
      const mine = new Set(moved.map((row) => row.id));
      throw new FencedError(intents.find(({ journey }) => !mine.has(journey.row.id))!.journey.row.id);
    }
    for (const { journey } of intents) {
      journey.bodies = [];
      journey.row.attempts += 1;
    }
  }

  /** The request that was sent, for a look-up after doubt, and how long ago by the database's clock. */
  async doubtful(messageId: string): Promise<{ postingId: string; request: SendRequest; sentMsAgo: number } | undefined> {
    const [row] = await this.db.query<Row>(
      `select p.id, extract(epoch from now() - p.sent_at)::float8 * 1000 as ms, (select body from message_body b where b.message_id = m.id and b.stage = 'send' order by seq desc limit 1) as body
       from message m join posting p on p.id = m.posting_id where m.id = $1`,
      [messageId],
    );
    if (!row?.['body']) return undefined;
    return { postingId: row['id'] as string, request: JSON.parse(row['body'] as string) as SendRequest, sentMsAgo: row['ms'] as number };
  }

  /** Documents that will not be posted by us: later versions of them must not post them either. One statement, however many. */
  async waive(tx: Tx, documents: readonly Waived[]): Promise<void> {
    const once = new Map(documents.map((document) => [postingKey(document.identity), document]));
    if (once.size === 0) return;
    await tx.query(
      `insert into posting (id, ledger, effect, source_system, kind, source_id, effect_number, external_key, connection, operation, message_id, state, settled_at)
       select id, ledger, effect, system, kind, source_id, number, key, connection, operation, message, 'waived', now()
       from jsonb_to_recordset($1::jsonb) as g(id text, ledger text, effect text, system text, kind text, source_id text, number int, key text, connection text, operation text, message text) order by key
       on conflict (ledger, effect, source_system, kind, source_id, effect_number) do update set state = 'waived', settled_at = now(), waived_in_doubt = posting.state = 'in_doubt' where posting.state in ('rejected','in_doubt')`,
      [
        JSON.stringify(
          [...once].map(([key, { identity, connection, operation, messageId }]) => ({
            id: newId('pst'),
            ledger: identity.ledger,
            effect: identity.effect,
            system: identity.sourceSystem,
            kind: identity.kind,
            source_id: identity.sourceId,
            number: identity.effectNumber,
            key,
            connection,
            operation,
            message: messageId,
          })),
        ),
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

/** Whoever waits for a document and whoever posts it take the same locks, in one order, so no wake-up is lost and nobody waits in a circle. */
export async function lockDependencies(tx: Tx, externalKeys: readonly string[]): Promise<void> {
  if (externalKeys.length === 0) return;
  await tx.query(
    'select pg_advisory_xact_lock(hash) from (select distinct hashtextextended(key, 7) as hash from unnest($1::text[]) as key order by 1) as locks',
    [externalKeys],
  );
}
