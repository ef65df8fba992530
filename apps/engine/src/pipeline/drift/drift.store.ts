import { Inject, Injectable } from '@nestjs/common';
import { SchemaBook, SchemaUses, type SchemaFacts, type SchemaUse, type Side } from '../../catalog/index.js';
import { Database, real, within, type Row, type Scope } from '../../platform/database/index.js';
import { PayloadFields } from '../payload-fields.js';
import type { Stage } from '../vocabulary.js';
import { driftOf, type Drift } from './drift.js';

export interface FoundDrift extends Drift {
  payloads: number;
  flows: string[];
  side: Side | null;
  from: string | null;
  to: string | null;
}

/** Bodies that are held at once. */
const batchRows = 50;
/** Messages of a flow among which its payloads are looked for: a flow that reads something else since then may have none of them. */
const messagesMax = 2_000;

interface Most {
  payloads: number;
  /** Of each flow. */
  messages?: number;
}

/** What a flow reads is checked as it is accepted, what it writes as it is mapped. */
const stageOf: Record<Side, Stage> = { reads: 'accept', writes: 'map' };

/** The newest recorded payloads beside the schemas that they are checked by, within what somebody sees; what was erased is no payload any more. */
@Injectable()
export class DriftStore {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(SchemaBook) private readonly book: SchemaBook,
    @Inject(SchemaUses) private readonly uses: SchemaUses,
  ) {}

  async of(schema: SchemaFacts, scope: Scope, most: Most): Promise<FoundDrift> {
    return this.drift(schema, await this.uses.of(schema), scope, most);
  }

  /** Of every schema that a flow uses, one after the other, so that the fields of one alone are held. */
  async counts(scope: Scope, most: Most) {
    const uses = await this.uses.all();
    const items = [];
    for (const schema of this.book.list()) {
      const own = uses.filter(({ kind, name }) => kind === schema.kind && name === schema.name);
      if (own.length === 0) continue;
      const { payloads, unknown, unseen, otherTypes } = await this.drift(schema, own, scope, most);
      const [{ kind, name }, places] = [schema, new Set(otherTypes.map(({ path, inList }) => JSON.stringify([path, inList])))];
      items.push({ kind, name, payloads, unknown: unknown.length, unseen: unseen.length, otherTypes: places.size });
    }
    return items;
  }

  /** Fields of the newest payloads of the flows that use it. */
  async seen(schema: SchemaFacts, scope: Scope, most: Most): Promise<PayloadFields> {
    return (await this.look(await this.uses.of(schema), scope, most)).seen;
  }

  private async drift(schema: SchemaFacts, uses: readonly SchemaUse[], scope: Scope, most: Most): Promise<FoundDrift> {
    const { seen, ...found } = await this.look(uses, scope, most);
    return { ...driftOf(schema.schema, seen), payloads: seen.payloads, ...found };
  }

  private async look(uses: readonly SchemaUse[], scope: Scope, most: Most) {
    // What is written is what is read: a document that both sides have is counted once.
    const side: Side | null = uses.some((use) => use.side === 'writes') ? 'writes' : uses.length > 0 ? 'reads' : null;
    const flows = [...new Set(uses.filter((use) => use.side === side).map(({ flow }) => flow))];
    const seen = new PayloadFields();
    const times: string[] = [];
    if (side !== null)
      for await (const { body, at } of this.payloads(flows, side, scope, most)) {
        seen.add(JSON.parse(body), null, at);
        times.push(at);
      }
    return { seen, flows, side, from: times.at(-1) ?? null, to: times[0] ?? null };
  }

  /** Newest first. Of each flow those of releases that read, or write, what the live one does, among its newest messages. */
  private async *payloads(flows: readonly string[], side: Side, scope: Scope, most: Most): AsyncGenerator<{ body: string; at: string }> {
    const seen = within(scope, 'm.legal_entities', 5);
    const [place, override] = side === 'reads' ? ['from', 'accept'] : ['to', 'produce'];
    const rows = await this.db.seenBy(scope).query<Row>(
      `select n.id, n.received_at from unnest($1::text[]) as g(name) join flow f on f.name = g.name join release live on live.id = f.release_id cross join lateral (
         select c.id, c.received_at from (
           select m.id, m.received_at, m.release_id from message m where m.flow = g.name and ${real('m')} and m.erasure is null and ${seen.where} order by m.received_at desc, m.id desc limit $4) c
         join release r on r.id = c.release_id
         where r.definition->'${place}' = live.definition->'${place}' and r.definition->'${override}' is not distinct from live.definition->'${override}'
           and exists (select 1 from message_body b where b.message_id = c.id and b.stage = $3)
         order by c.received_at desc, c.id desc limit $2) n order by n.received_at desc, n.id desc limit $2`,
      [flows, most.payloads, stageOf[side], most.messages ?? messagesMax, ...seen.values],
    );
    for (let first = 0; first < rows.length; first += batchRows) {
      const batch = rows.slice(first, first + batchRows);
      const bodies = await this.db.query<{ id: string; body: string }>(
        'select distinct on (message_id) message_id as id, body from message_body where message_id = any($1) and stage = $2 order by message_id, seq desc',
        [batch.map((row) => row['id']), stageOf[side]],
      );
      const byId = new Map(bodies.map(({ id, body }) => [id, body]));
      for (const row of batch) {
        const body = byId.get(row['id'] as string);
        if (body !== undefined) yield { body, at: (row['received_at'] as Date).toISOString() };
      }
    }
  }
}
