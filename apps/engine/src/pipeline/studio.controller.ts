import { Controller, Inject } from '@nestjs/common';
import { isJsonObject, type JsonObject } from '@waybill/sdk';
import { failureFacts } from '@waybill/mapping-language';
import { catalogRoutes as routes } from '../catalog/routes.js';
import { ReleaseStore, TableStore } from '../catalog/index.js';
import { ReadLog } from '../governance/index.js';
import { Database, within, type Row } from '../platform/database/index.js';
import { In, Route, type Input } from '../platform/http/index.js';
import { MappingPool } from '../platform/mapping-runtime/index.js';
import { Problem, type ProblemItem } from '../platform/problems/index.js';
import { Preview } from './preview.store.js';

/** What the mapping editor asks of the engine: recorded records, and a run with the real tables. */
@Controller()
export class StudioController {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(ReleaseStore) private readonly releases: ReleaseStore,
    @Inject(TableStore) private readonly tables: TableStore,
    @Inject(MappingPool) private readonly pool: MappingPool,
    @Inject(Preview) private readonly preview: Preview,
    @Inject(ReadLog) private readonly reads: ReadLog,
  ) {}

  @Route(routes.evaluateMapping)
  async evaluate(@In() input: Input<typeof routes.evaluateMapping>) {
    const started = performance.now();
    const { source, input: record, enriched, flow, asOf } = input.body;
    const at = asOf ?? new Date().toISOString();
    const ms = () => Math.round((performance.now() - started) * 10) / 10;
    if (flow !== undefined) {
      if (!isJsonObject(record)) throw new Problem('REQUEST_INVALID', 'The input must be an object.', { path: '/input' });
      const live = await this.releases.release((await this.releases.flow(flow)).releaseId);
      const journey = this.preview.sample({ ...live, mapping: { ...live.mapping, source } }, record, at);
      if (enriched) journey.enriched = enriched as JsonObject;
      const tried = await this.preview.try(journey);
      const { failure } = tried;
      const isSchema = failure?.code === 'MAPPING_OUTPUT' || failure?.code === 'TOTALS_DIFFER';
      const problems: ProblemItem[] =
        failure && isSchema ? [{ code: failure.code, detail: failure.cause, ...(failure.path ? { path: failure.path } : {}) }] : [];
      const error =
        failure && !isSchema
          ? { code: failure.code, message: failure.cause, category: failure.category }
          : tried.stopped
            ? { code: 'STOPPED', message: tried.stopped }
            : undefined;
      return {
        ok: !failure && !tried.stopped,
        ...(tried.output ? { output: tried.output } : {}),
        enriched: tried.enriched,
        ...(error ? { error } : {}),
        problems,
        ms: ms(),
      };
    }
    const [result] = await this.pool.evaluate(
      [{ expression: source, input: record, source: record, enriched: enriched ?? {}, asOf: at }],
      await this.tables.snapshot(),
    );
    if (result && 'text' in result) return { ok: true, output: JSON.parse(result.text) as unknown, problems: [], ms: ms() };
    const facts = result && 'failure' in result ? result.failure : failureFacts(new Error('nothing came back'));
    return {
      ok: false,
      error: {
        code: facts.code,
        message: facts.message,
        category: facts.category,
        ...(facts.position === undefined ? {} : { position: facts.position }),
      },
      problems: [],
      ms: ms(),
    };
  }

  @Route(routes.listSamples)
  async samples(@In() input: Input<typeof routes.listSamples>) {
    const { name } = input.params;
    await this.reads.note(input.actor, {
      action: 'mapping.samples-read',
      object: { kind: 'mapping', id: name },
      what: `recorded records of mapping ${name}`,
    });
    const { scope } = input.caller;
    const seen = within(scope, 'm.legal_entities', 3);
    const rows = await this.db.seenBy(scope).query<Row>(
      `select m.id, m.flow, m.title, m.state, m.received_at,
         (select body from message_body b where b.message_id = m.id and b.stage = 'accept' order by seq desc limit 1) as input,
         (select encode(hash, 'hex') from message_body b where b.message_id = m.id and b.stage = 'accept' order by seq desc limit 1) as hash,
         (select body from message_body b where b.message_id = m.id and b.stage = 'enrich' order by seq desc limit 1) as enriched,
         (select body from message_body b where b.message_id = m.id and b.stage = 'map' order by seq desc limit 1) as output
       from message m where m.flow in (select f.name from flow f join release r on r.id = f.release_id where r.mapping_name = $1) and m.erasure is null and ${seen.where} order by m.received_at desc, m.id desc limit $2`,
      [input.params.name, input.query.limit ?? 20, ...seen.values],
    );
    const parse = (text: unknown): unknown => (typeof text === 'string' ? JSON.parse(text) : null);
    return {
      items: rows.map((row) => ({
        messageId: row['id'] as string,
        flow: row['flow'] as string,
        title: row['title'] as string | null,
        state: row['state'] as string,
        receivedAt: (row['received_at'] as Date).toISOString(),
        input: parse(row['input']),
        enriched: parse(row['enriched']),
        output: parse(row['output']),
        hash: row['hash'] as string,
      })),
    };
  }
}
