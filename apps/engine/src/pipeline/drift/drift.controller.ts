import { Controller, Inject } from '@nestjs/common';
import { SchemaBook } from '../../catalog/index.js';
import { ReadLog } from '../../governance/index.js';
import { In, Route, type Input } from '../../platform/http/index.js';
import { payloadsMax } from '../payload-fields.js';
import { driftRoutes as routes, markPayloads } from './drift-routes.js';
import { DriftStore } from './drift.store.js';
import { inferredSchema, withSeenFields } from './inferred.js';

@Controller()
export class DriftController {
  constructor(
    @Inject(SchemaBook) private readonly schemas: SchemaBook,
    @Inject(DriftStore) private readonly drift: DriftStore,
    @Inject(ReadLog) private readonly reads: ReadLog,
  ) {}

  @Route(routes.listSchemaDrift)
  async list(@In() { caller }: Input<typeof routes.listSchemaDrift>) {
    return { items: await this.drift.counts(caller.scope, { payloads: markPayloads }), next: null };
  }

  @Route(routes.getSchemaDrift)
  async find(@In() { params, caller, actor }: Input<typeof routes.getSchemaDrift>) {
    const schema = this.schemas.named(params.kind, params.name);
    await this.reads.note(actor, {
      action: 'schema.payloads-read',
      object: { kind: 'schema', id: `${schema.kind} ${schema.name}` },
      what: `recorded payloads of the ${schema.kind} schema ${schema.name}`,
    });
    return this.drift.of(schema, caller.scope, { payloads: payloadsMax });
  }

  @Route(routes.getInferredSchema)
  async infer(@In() { params, query, caller }: Input<typeof routes.getInferredSchema>) {
    const schema = this.schemas.named(params.kind, params.name);
    const seen = await this.drift.seen(schema, caller.scope, { payloads: payloadsMax });
    return {
      payloads: seen.payloads,
      schema: query.onto === undefined ? inferredSchema(seen) : withSeenFields(schema.schema, seen),
      more: seen.more,
    };
  }
}
