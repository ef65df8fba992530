import { Inject, Injectable } from '@nestjs/common';
import type { JsonSchema } from '@waybill/sdk';
import type { ValidateFunction } from 'ajv/dist/2020.js';
import { compatibility } from '../../catalog/index.js';
import { AuditStore } from '../../governance/index.js';
import { Database, type Row } from '../../platform/database/index.js';
import { decodeCursor, page, problemsOf, type Actor } from '../../platform/http/index.js';
import { contentHash } from '../../platform/json/index.js';
import { Problem } from '../../platform/problems/index.js';
import type { CheckData } from './cloud-event.js';
import { compileSchema } from './event-schema.js';
import { Flaw, flawsMax } from './flaw.js';

const knownForMs = 1_000;
const typesMax = 1_000;
const versionsMax = 200;
const newest = 'select distinct on (type) * from usage_event_type order by type, version desc';

export interface NewestVersion {
  version: number;
  schema: JsonSchema;
}

interface KnownType {
  version: number;
  /** Stops at the first problem: what is sent in bulk must not cost more because it is wrong. */
  validate: ValidateFunction;
  validateAll: ValidateFunction;
}

/** All problems are told of data up to this size, in characters of JSON; of larger data the first, because each of thousands of items could have its own. */
const toldCharactersMax = 16_384;
const dataMayBeTold = (data: unknown): boolean => JSON.stringify(data ?? null).length <= toldCharactersMax;

/** Types of events and their schemas: versions that never change, the newest counts. Events of a type that nobody defined are taken as they are. */
@Injectable()
export class EventTypeStore {
  private known = new Map<string, KnownType>();
  private readAt = -Infinity;
  private reading: Promise<void> | undefined;

  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(AuditStore) private readonly audit: AuditStore,
  ) {}

  /** Must have returned before `check`: what is known of the types is a second old at most. */
  async ready(): Promise<void> {
    if (performance.now() - this.readAt < knownForMs) return;
    await (this.reading ??= this.read().finally(() => (this.reading = undefined)));
  }

  readonly check: CheckData = (type, { data, binary }) => {
    const known = this.known.get(type);
    if (!known) return undefined;
    if (binary) return new Flaw('USAGE_DATA_INVALID', '/data_base64', `Events of the type ${type} have their data as JSON.`);
    if (known.validate(data)) return undefined;
    const first = known.validate.errors ?? [];
    const found = dataMayBeTold(data) && !known.validateAll(data) ? (known.validateAll.errors ?? first) : first;
    const flaws = problemsOf(found.slice(0, flawsMax)).map((problem) => {
      const path = `/data${problem.path === '/' ? '' : (problem.path ?? '')}`;
      return new Flaw('USAGE_DATA_INVALID', path, `${path} ${problem.detail} (${type}, version ${known.version}).`.slice(0, 1000));
    });
    return Flaw.of(flaws.length > 0 ? flaws : [new Flaw('USAGE_DATA_INVALID', '/data', `The data does not fit ${type}.`)], null);
  };

  private async read(): Promise<void> {
    const began = performance.now();
    const rows = await this.db.query<{ type: string; version: number }>(
      'select type, max(version) as version from usage_event_type group by type',
    );
    const changed = rows.filter(({ type, version }) => this.known.get(type)?.version !== version);
    if (changed.length > 0) {
      const schemas = await this.db.query<{ type: string; version: number; schema: Record<string, unknown> }>(
        'select e.type, e.version, e.schema from usage_event_type e join unnest($1::text[], $2::int[]) as w(type, version) using (type, version)',
        [changed.map(({ type }) => type), changed.map(({ version }) => version)],
      );
      const known = new Map(this.known);
      for (const { type, version, schema } of schemas) {
        const compiled = compileSchema(schema);
        // It was compiled when it was saved; a release that can no longer do so must not let anything in unchecked.
        if ('problems' in compiled) throw new Error(`the schema of ${type} ${version} does not compile: ${compiled.problems[0]!.detail}`);
        known.set(type, { version, validate: compiled.validate, validateAll: compiled.validateAll });
      }
      this.known = known;
    }
    this.readAt = began;
  }

  async put(type: string, body: { schema: object; description?: string | undefined }, actor: Actor) {
    const schema = body.schema as Record<string, unknown>;
    const compiled = compileSchema(schema);
    if ('problems' in compiled) {
      const [first] = compiled.problems;
      throw new Problem('USAGE_TYPE_INVALID', first!.detail, { path: first!.path!, problems: compiled.problems });
    }
    const description = body.description ?? '';
    const hash = contentHash({ schema, description }).toString('hex');
    const saved = await this.db.transaction(async (tx) => {
      await tx.query("select pg_advisory_xact_lock(hashtextextended('usage event types', 0))");
      const [last] = await tx.query<Row>('select * from usage_event_type where type = $1 order by version desc limit 1', [type]);
      if (last?.['hash'] === hash) return last;
      const [counted] = await tx.query<{ n: number }>('select count(distinct type)::int as n from usage_event_type');
      if (!last && counted!.n >= typesMax)
        throw new Problem('USAGE_TYPE_INVALID', `There are ${typesMax} types of events already.`, {
          remedy: 'Use a field of the data to tell apart what one type has in common.',
        });
      const version = ((last?.['version'] as number | undefined) ?? 0) + 1;
      const [row] = await tx.query<Row>(
        `insert into usage_event_type (type, version, schema, description, hash, created_by, created_by_id) values ($1,$2,$3,$4,$5,$6,$7) returning *`,
        [type, version, JSON.stringify(schema), description, hash, actor.name, actor.id],
      );
      await this.audit.record(tx, actor, {
        action: 'usage-type.saved',
        object: { kind: 'usage-type', id: type },
        summary: `${actor.name} saved version ${version} of the usage event type ${type}`,
        before: last ? { version: last['version'], schema: last['schema'], description: last['description'] } : null,
        after: { version, schema, description },
      });
      return row!;
    });
    this.readAt = -Infinity; // here it counts at once, elsewhere within a second
    return shape(saved);
  }

  /** The newest version of a type, for whoever compares something with it. */
  async newest(type: string): Promise<NewestVersion | undefined> {
    return (await this.newestOf([type])).get(type);
  }

  async newestOf(types: readonly string[]): Promise<ReadonlyMap<string, NewestVersion>> {
    const rows = await this.db.query<Row>(
      'select distinct on (type) type, version, schema from usage_event_type where type = any($1) order by type, version desc',
      [types],
    );
    return new Map(rows.map((row) => [row['type'] as string, { version: row['version'] as number, schema: row['schema'] as JsonSchema }]));
  }

  async list({ limit = 50, cursor }: { limit?: number | undefined; cursor?: string | undefined }) {
    const after = decodeCursor(cursor, ['text']);
    const rows = await this.db.query<Row>(`select * from (${newest}) t where $1::text is null or type > $1 order by type limit $2`, [
      after?.[0] ?? null,
      limit + 1,
    ]);
    const { items, next } = page(rows, limit, (row) => [row['type'] as string]);
    return { items: items.map(shape), next };
  }

  async versions(type: string) {
    const rows = await this.db.query<Row>('select * from usage_event_type where type = $1 order by version desc limit $2', [
      type,
      versionsMax + 1,
    ]);
    if (rows.length === 0) throw new Problem('NOT_FOUND', `There is no usage event type ${type}.`);
    const beside = (row: Row, before: Row | undefined) =>
      before ? compatibility(before['schema'] as JsonSchema, row['schema'] as JsonSchema) : null;
    return { type, versions: rows.slice(0, versionsMax).map((row, n) => ({ ...shape(row), compatibility: beside(row, rows[n + 1]) })) };
  }
}

const shape = (row: Row) => ({
  type: row['type'] as string,
  version: row['version'] as number,
  schema: row['schema'],
  description: row['description'] as string,
  createdBy: row['created_by'] as string,
  createdAt: (row['created_at'] as Date).toISOString(),
});
