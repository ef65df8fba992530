import { Inject, Injectable } from '@nestjs/common';
import type { JsonSchema } from '@waybill/sdk';
import { compatibility } from '../../catalog/index.js';
import { driftOf, inferredSchema, PayloadFields, payloadsMax, withSeenFields } from '../../pipeline/index.js';
import { Database, type Row, type Scope } from '../../platform/database/index.js';
import { problemsOf } from '../../platform/http/index.js';
import { Problem } from '../../platform/problems/index.js';
import { eventName } from './event-key.js';
import { compileSchema } from './event-schema.js';
import { EventTypeStore } from './event-types.store.js';
import { drift } from './limits.js';

interface Newest {
  id: string;
  at: string;
  data: unknown;
}

/** The newest usage events beside the schemas of their types. Events belong to no legal entity: who sees what is unassigned sees them. */
@Injectable()
export class EventDriftStore {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(EventTypeStore) private readonly types: EventTypeStore,
  ) {}

  async of(type: string, scope: Scope) {
    const [newest, events] = await Promise.all([this.types.newest(type), this.newest(type, scope)]);
    if (!newest && events.length === 0) throw new Problem('NOT_FOUND', `There is no usage event type ${type}, and no event of it was seen.`);
    const seen = fieldsOf(events);
    const found = newest ? driftOf(newest.schema, seen) : { unknown: [], unseen: [], otherTypes: [], more: seen.more };
    return { ...found, ...spanOf(events), version: newest?.version ?? null };
  } // prettier-ignore

  async inferred(type: string, onto: 'schema' | undefined, scope: Scope) {
    const events = await this.newest(type, scope);
    const seen = fieldsOf(events);
    const newest = onto === undefined ? undefined : await this.types.newest(type);
    return { ...spanOf(events), schema: newest ? withSeenFields(newest.schema, seen) : inferredSchema(seen), more: seen.more };
  }

  /** What a schema would say of the newest events, and of who sends and reads by the newest version. Nothing is saved. */
  async tried(type: string, schema: Record<string, unknown>, scope: Scope) {
    const compiled = compileSchema(schema);
    if ('problems' in compiled) {
      const [first] = compiled.problems;
      throw new Problem('USAGE_TYPE_INVALID', first!.detail, { path: first!.path!, problems: compiled.problems });
    }
    const [newest, events] = await Promise.all([this.types.newest(type), this.newest(type, scope)]);
    const refused = events.flatMap(({ id, data }) => {
      if (compiled.validate(data)) return [];
      const [problem] = problemsOf((compiled.validate.errors ?? []).slice(0, 1));
      const path = `/data${!problem?.path || problem.path === '/' ? '' : problem.path}`;
      return [{ id, path, detail: `${path} ${problem?.detail ?? 'does not fit'}` }];
    });
    return {
      ...spanOf(events),
      refused: refused.length,
      examples: refused.slice(0, drift.refusedToldMax),
      compatibility: newest ? compatibility(newest.schema, schema as JsonSchema) : null,
    };
  }

  /** Of every type among the newest events, whether it has a schema or not. */
  async counts(scope: Scope) {
    if (!scope.unassigned) return [];
    const rows = await this.db.seenBy(scope).query<Row>(
      `with looked as materialized (select e.seq, e.type, e.data, e.received_at from usage_event e where e.kind <> 'cancellation' and e.data is not null order by e.seq desc limit $1),
       told as (select type from looked group by type order by type limit $2)
       select n.type, n.data::text as data, n.received_at from (select l.*, row_number() over (partition by l.type order by l.seq desc) as nth from looked l join told using (type)) n
       where n.nth <= $3 order by n.type, n.seq desc`,
      [drift.marks.lookedAtMax, drift.marks.typesMax, drift.marks.eventsMax],
    );
    const schemas = await this.types.newestOf([...new Set(rows.map((row) => row['type'] as string))]);
    const seen = new Map<string, PayloadFields>();
    for (const row of rows) {
      const type = row['type'] as string;
      const fields = seen.get(type) ?? new PayloadFields();
      fields.add(JSON.parse(row['data'] as string), null, (row['received_at'] as Date).toISOString());
      seen.set(type, fields);
    }
    return [...seen].map(([type, fields]) => {
      const newest = schemas.get(type);
      const { unknown, unseen, otherTypes } = newest ? driftOf(newest.schema, fields) : { unknown: [], unseen: [], otherTypes: [] };
      const places = new Set(otherTypes.map(({ path, inList }) => JSON.stringify([path, inList])));
      return { type, version: newest?.version ?? null, events: fields.payloads, unknown: unknown.length, unseen: unseen.length, otherTypes: places.size };
    });
  } // prettier-ignore

  private async newest(type: string, scope: Scope): Promise<Newest[]> {
    if (!scope.unassigned) return [];
    const rows = await this.db.seenBy(scope).query<Row>(
      `with looked as materialized (select e.seq, e.received_at, e.type, e.kind from usage_event e order by e.seq desc limit $2)
       select e.seq, e.data::text as data, e.received_at from looked l join usage_event e on (e.seq, e.received_at) = (l.seq, l.received_at)
       where l.type = $1 and l.kind <> 'cancellation' and e.data is not null order by e.seq desc limit $3`,
      [type, drift.lookedAtMax, payloadsMax],
    );
    return rows.map((row) => ({
      id: eventName(row['seq'] as string),
      at: (row['received_at'] as Date).toISOString(),
      data: JSON.parse(row['data'] as string) as unknown,
    }));
  }
}

function fieldsOf(events: readonly Newest[]): PayloadFields {
  const seen = new PayloadFields();
  for (const { data, at } of events) seen.add(data, null, at);
  return seen;
}

const spanOf = (events: readonly Newest[]) => ({ events: events.length, from: events.at(-1)?.at ?? null, to: events[0]?.at ?? null });
