import { Controller, Inject } from '@nestjs/common';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { ReadLog } from '../../governance/index.js';
import { In, Route, type Input } from '../../platform/http/index.js';
import { isProblem, Problem } from '../../platform/problems/index.js';
import { meters } from '../../platform/telemetry/index.js';
import { BulkIntake, type Progress } from './bulk.store.js';
import { CorrectionStore } from './corrections.store.js';
import { UsageDoor } from './door.store.js';
import { EventDriftStore } from './event-drift.store.js';
import { EventTypeStore } from './event-types.store.js';
import { UsageQueryStore } from './events.query.store.js';
import { UsageLedger } from './ledger.store.js';
import { bareType, mediaTypes, readRequest } from './read-request.js';
import { parted, resultsOf } from './results.js';
import { usageEventRoutes as routes } from './routes.js';

type Sent = Input<typeof routes.sendUsage>;

@Controller()
export class UsageController {
  constructor(
    @Inject(UsageDoor) private readonly door: UsageDoor,
    @Inject(UsageLedger) private readonly ledger: UsageLedger,
    @Inject(BulkIntake) private readonly bulk: BulkIntake,
    @Inject(EventTypeStore) private readonly types: EventTypeStore,
    @Inject(CorrectionStore) private readonly corrections: CorrectionStore,
    @Inject(UsageQueryStore) private readonly events: UsageQueryStore,
    @Inject(EventDriftStore) private readonly drift: EventDriftStore,
    @Inject(ReadLog) private readonly reads: ReadLog,
  ) {}

  @Route(routes.sendUsage)
  async send(@In() input: Sent) {
    if (bareType(input.headers['content-type']) === mediaTypes.lines) return this.sendLines(input);
    try {
      return await this.door.pass(input.raw.length, () => this.take(input));
    } catch (error) {
      if (isProblem(error) && error.status < 500 && error.code !== 'USAGE_CONFLICT') meters.usageEvents.inc({ end: error.code });
      throw error;
    }
  }

  private async take({ headers, raw, actor }: Sent) {
    await this.types.ready();
    const { single, events } = readRequest(headers, raw, this.types.check);
    const split = parted(events);
    const [flaw] = split.flaws;
    if (single && flaw)
      throw new Problem(flaw.code as Problem['code'], flaw.detail, {
        path: flaw.path,
        ...(flaw.problems ? { problems: flaw.problems } : {}),
      });
    for (const { code } of split.flaws) meters.usageEvents.inc({ end: code });
    const results = resultsOf(await this.ledger.take({ events: split.good, via: 'http', by: whoIs(actor) }), split);
    const [conflict] = results.rejected;
    if (single && conflict) throw new Problem('USAGE_CONFLICT', conflict.detail, { path: conflict.path });
    return results;
  }

  /** Answers line by line. What goes wrong before the first commit is a problem like any other. */
  private async sendLines({ request, reply, actor, requestId }: Sent): Promise<void> {
    const leave = this.door.enterStream();
    try {
      // What is not read is left to the server, which reads it away; destroyed, it would take the answer along.
      const pieces = (request.body as Readable).iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
      const lines = this.bulk.take(pieces, { by: whoIs(actor), requestId });
      const first = await lines.next();
      const ended = once(reply.raw, 'close');
      void reply.header('content-type', mediaTypes.lines).send(Readable.from(asText(first, lines), { objectMode: false }));
      await ended;
      reply.hijack(); // the answer has been given; the framework must not give another
    } finally {
      leave();
    }
  }

  @Route(routes.correctUsage)
  correct(@In() input: Input<typeof routes.correctUsage>) {
    return this.corrections.correct(input.body, { raw: input.raw, by: whoIs(input.actor), actor: input.actor, scope: input.caller.scope });
  }

  @Route(routes.listUsageEvents)
  list(@In() input: Input<typeof routes.listUsageEvents>) {
    return this.events.list(input.query, input.caller.scope);
  }

  @Route(routes.getUsageEvent)
  async find(@In() { params: { id }, actor, caller }: Input<typeof routes.getUsageEvent>) {
    const found = await this.events.find(id, caller.scope);
    await this.reads.note(actor, { action: 'usage-event.read', object: { kind: 'usage-event', id }, what: `the usage event ${id}` });
    return found;
  }

  @Route(routes.listUsageConflicts)
  conflicts(@In() input: Input<typeof routes.listUsageConflicts>) {
    return this.events.conflicts(input.query, input.caller.scope);
  }

  @Route(routes.listUsageEventTypes)
  listTypes(@In() input: Input<typeof routes.listUsageEventTypes>) {
    return this.types.list(input.query);
  }

  @Route(routes.getUsageEventType)
  findType(@In() input: Input<typeof routes.getUsageEventType>) {
    return this.types.versions(input.params.type);
  }

  @Route(routes.putUsageEventType)
  putType(@In() input: Input<typeof routes.putUsageEventType>) {
    return this.types.put(input.params.type, input.body, input.actor);
  }

  @Route(routes.listUsageEventDrift)
  async listDrift(@In() { caller }: Input<typeof routes.listUsageEventDrift>) {
    return { items: await this.drift.counts(caller.scope), next: null };
  }

  @Route(routes.getUsageEventTypeDrift)
  async findDrift(@In() { params: { type }, caller, actor }: Input<typeof routes.getUsageEventTypeDrift>) {
    await this.reads.note(actor, {
      action: 'usage-type.events-read',
      object: { kind: 'usage-type', id: type },
      what: `usage events of the type ${type}`,
    });
    return this.drift.of(type, caller.scope);
  }

  @Route(routes.getInferredUsageEventType)
  infer(@In() { params, query, caller }: Input<typeof routes.getInferredUsageEventType>) {
    return this.drift.inferred(params.type, query.onto, caller.scope);
  }

  @Route(routes.tryUsageEventType)
  tryType(@In() { params, body, caller }: Input<typeof routes.tryUsageEventType>) {
    return this.drift.tried(params.type, body.schema as Record<string, unknown>, caller.scope);
  }
}

/** Who brought it, as the ledger keeps it: a name that people know, and the id that stays when the name changes. */
const whoIs = ({ name, id }: { name: string; id: string }): string => `${name} (${id})`;

async function* asText(first: IteratorResult<Progress>, rest: AsyncGenerator<Progress>): AsyncGenerator<string> {
  if (first.done !== true) yield `${JSON.stringify(first.value)}\n`;
  for await (const progress of rest) yield `${JSON.stringify(progress)}\n`;
}
