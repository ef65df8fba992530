import { Controller, Inject } from '@nestjs/common';
import { isJsonObject, type JsonObject } from '@waybill/sdk';
import { failureFacts, type Expectation } from '@waybill/mapping-language';
import { catalogRoutes as routes } from '../catalog/routes.js';
import { CaseProver, CaseStore, isHub, isInbound, ReleaseStore, SchemaBook, TableStore, type CaseSample } from '../catalog/index.js';
import { ReadLog } from '../governance/index.js';
import { In, Route, type Input } from '../platform/http/index.js';
import { MappingPool } from '../platform/mapping-runtime/index.js';
import { Problem, type ProblemItem } from '../platform/problems/index.js';
import { stamped } from './map/map.js';
import { misfitsOf } from './misfits.js';
import { Preview } from './preview.store.js';
import { RecordedStore } from './recorded.store.js';

/** What the mapping editor asks of the engine: recorded records, and a run with the real tables. */
@Controller()
export class StudioController {
  constructor(
    @Inject(ReleaseStore) private readonly releases: ReleaseStore,
    @Inject(TableStore) private readonly tables: TableStore,
    @Inject(MappingPool) private readonly pool: MappingPool,
    @Inject(Preview) private readonly preview: Preview,
    @Inject(RecordedStore) private readonly recorded: RecordedStore,
    @Inject(SchemaBook) private readonly schemas: SchemaBook,
    @Inject(CaseStore) private readonly cases: CaseStore,
    @Inject(CaseProver) private readonly prover: CaseProver,
    @Inject(ReadLog) private readonly reads: ReadLog,
  ) {}

  @Route(routes.evaluateMapping)
  async evaluate(@In() input: Input<typeof routes.evaluateMapping>) {
    const started = performance.now();
    const { source, input: record, enriched, flow, asOf, delivery, revision } = input.body;
    const at = asOf ?? new Date().toISOString();
    const ms = () => Math.round((performance.now() - started) * 10) / 10;
    if (flow !== undefined) {
      if (!isJsonObject(record)) throw new Problem('REQUEST_INVALID', 'The input must be an object.', { path: '/input' });
      const live = await this.releases.release((await this.releases.flow(flow)).releaseId);
      const journey = this.preview.sample({ ...live, mapping: { ...live.mapping, source } }, record, at);
      if (enriched) journey.enriched = enriched as JsonObject;
      if (delivery) journey.delivery = delivery as JsonObject;
      if (revision !== undefined) journey.row = { ...journey.row, revision };
      const tried = await this.preview.try(journey);
      const { failure } = tried;
      const isSchema = failure?.code === 'MAPPING_OUTPUT' || failure?.code === 'TOTALS_DIFFER';
      const misfits = misfitsOf(live, tried.output, failure, this.schemas);
      const problems: ProblemItem[] =
        misfits.length > 0
          ? misfits
          : failure && isSchema
            ? [{ code: failure.code, detail: failure.cause, ...(failure.path ? { path: failure.path } : {}) }]
            : [];
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
      [
        {
          expression: source,
          input: record,
          source: record,
          enriched: enriched ?? {},
          delivery: delivery ?? {},
          ...(revision === undefined ? {} : { revision }),
          asOf: at,
        },
      ],
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
    const { limit = 20, q } = input.query;
    return { items: (await this.recorded.newest(name, input.caller.scope, { limit, q })).map(({ inputText: _, sourceSystem: __, legalEntities: ___, ...sample }) => sample) };
  } // prettier-ignore

  @Route(routes.listMappingFields)
  async fields(@In() { params: { name }, caller, actor }: Input<typeof routes.listMappingFields>) {
    await this.reads.note(actor, {
      action: 'mapping.samples-read',
      object: { kind: 'mapping', id: name },
      what: `recorded records of mapping ${name}`,
    });
    const flows = (await this.releases.flows()).filter(({ mappingName }) => mappingName === name);
    const releases = await Promise.all(flows.map(({ releaseId }) => this.releases.release(releaseId)));
    const [first] = releases;
    const from = first?.definition.from;
    const hub = from && !isInbound(from) ? this.schemas.find(from.canonical) : undefined;
    const schema = hub?.schema ?? first?.accept;
    return {
      ...(await this.recorded.fields(name, caller.scope)),
      source: schema ? { name: hub?.name ?? (from && isInbound(from) ? `${from.connection}/${from.stream}` : name), schema } : null,
      targets: releases.flatMap(({ flow, produce, definition }) =>
        produce ? [{ flow, ...produce, stamps: isHub(definition.to) ? [...stamped] : [] }] : [],
      ),
      tables: [...(await this.tables.shapes()).values()].map(({ name: table, title, key, columns }) => ({
        name: table,
        title,
        key: [...key],
        columns: columns.map((column) => column.name),
      })),
    };
  }

  /** A case of a record is a copy of it: with its bytes, what was looked up for it, and its day. */
  @Route(routes.makeCase)
  async makeCase(@In() { params: { name }, body, ...who }: Input<typeof routes.makeCase>) {
    const { messageId, input, enriched, flow, asOf, tags, reason } = body;
    if ((messageId === undefined) === (input === undefined))
      throw new Problem('REQUEST_INVALID', 'A case is of a recorded message or of an input of your own: give one of them.', { path: '/input' });
    const source = await this.cases.sourceOf(name);
    const record = messageId === undefined ? undefined : await this.recorded.find(name, messageId, who.caller.scope);
    if (messageId !== undefined && !record)
      throw new Problem('NOT_FOUND', `There is no record of ${messageId} that the mapping ${name} translated.`, { path: '/messageId' });
    const sample = record
      ? { origin: 'recorded' as const, messageId: record.messageId, sourceSystem: record.sourceSystem, legalEntities: record.legalEntities, inputText: record.inputText,
          enriched: record.enriched ?? undefined, flow: record.facts, delivery: record.delivery, revision: record.revision, asOf: record.occurredAt }
      : { origin: 'pasted' as const, inputText: JSON.stringify(input), enriched, flow: flow === undefined ? undefined : { name: flow }, revision: '0', asOf: asOf ?? new Date().toISOString() };
    const expects = (body.expects as Expectation | undefined) ?? (await this.expected(source, sample));
    const title = body.name ?? record?.title ?? record?.messageId;
    if (title === undefined) throw new Problem('REQUEST_INVALID', 'A case of a sample of your own needs a name.', { path: '/name' });
    return this.cases.make(name, sample, { name: title, expects, ...(tags ? { tags } : {}), ...(reason ? { reason } : {}) }, who);
  } // prettier-ignore

  private async expected(source: string, sample: CaseSample): Promise<Expectation> {
    const outcome = await this.prover.outcome(source, { ...sample, input: JSON.parse(sample.inputText) as unknown });
    if ('output' in outcome) return { kind: 'whole', output: outcome.output };
    return { kind: 'failure', category: outcome.failure.category, contains: outcome.failure.message.slice(0, 500) };
  }
}
