import { Controller, Inject } from '@nestjs/common';
import { ReadLog } from '../../governance/index.js';
import { In, Route, type Input } from '../../platform/http/index.js';
import { StreamReaders } from './readers.store.js';
import { StreamRefusals } from './refusals.store.js';
import { usageStreamRoutes as routes } from './routes.js';
import { StreamStore } from './streams.store.js';

@Controller()
export class StreamsController {
  constructor(
    @Inject(StreamStore) private readonly streams: StreamStore,
    @Inject(StreamReaders) private readonly readers: StreamReaders,
    @Inject(StreamRefusals) private readonly refusals: StreamRefusals,
    @Inject(ReadLog) private readonly reads: ReadLog,
  ) {}

  @Route(routes.listUsageStreams)
  async list(@In() { query }: Input<typeof routes.listUsageStreams>) {
    const wanted = new Set((await this.readers.wanted()).map(({ connection, stream }) => JSON.stringify([connection, stream])));
    const items = (await this.streams.all(query.connection)).map((one) => ({
      ...one,
      followed: wanted.has(JSON.stringify([one.connection, one.stream])),
    }));
    return { items, next: null };
  }

  @Route(routes.listUsageRefusals)
  listRefusals(@In() { query, caller }: Input<typeof routes.listUsageRefusals>) {
    return this.refusals.list(query as Parameters<StreamRefusals['list']>[0], caller.scope);
  }

  @Route(routes.getUsageRefusal)
  async findRefusal(@In() { params: { id }, caller, actor }: Input<typeof routes.getUsageRefusal>) {
    const found = await this.refusals.find(id, caller.scope);
    const what = `the refused record ${found.at} of ${found.stream}`;
    await this.reads.note(actor, { action: 'usage-refusal.read', object: { kind: 'usage-refusal', id }, what });
    return found;
  }

  @Route(routes.answerUsageRefusal)
  answer(@In() { params, body, caller, actor }: Input<typeof routes.answerUsageRefusal>) {
    return this.refusals.answer(params.id, body.note, { scope: caller.scope, actor });
  }
}
