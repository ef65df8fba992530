import { Controller, Inject } from '@nestjs/common';
import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { In, Route, type Input } from '../../platform/http/index.js';
import { UsageQueryStore, type EventFilter } from '../events/events.query.store.js';
import { SummaryStore, type SummaryFilter } from '../summaries/seal/summaries.store.js';
import { UsageExports, type Asked, type Pages } from './exports.store.js';
import { usageExportRoutes as routes } from './routes.js';

const pageSize = 200;
type Told = Pick<Input<typeof routes.exportUsageEvents>, 'actor' | 'reply'>;

@Controller()
export class UsageExportsController {
  constructor(
    @Inject(UsageExports) private readonly exports: UsageExports,
    @Inject(UsageQueryStore) private readonly events: UsageQueryStore,
    @Inject(SummaryStore) private readonly summaries: SummaryStore,
  ) {}

  @Route(routes.exportUsageEvents)
  async exportEvents(@In() { query, caller, ...told }: Input<typeof routes.exportUsageEvents>): Promise<void> {
    const { format = 'csv', ...filter } = query;
    const pages: Pages = (cursor) => this.events.list({ ...(filter as EventFilter), limit: pageSize, cursor }, caller.scope);
    await this.send({ what: 'usage-events', format, filter, pages }, told);
  }

  @Route(routes.exportUsageSummaries)
  async exportSummaries(@In() { query, caller, ...told }: Input<typeof routes.exportUsageSummaries>): Promise<void> {
    const { format = 'csv', ...filter } = query;
    const pages: Pages = async (cursor) => {
      const { items, next } = await this.summaries.list({ ...(filter as SummaryFilter), limit: pageSize, cursor }, caller.scope);
      return { items: items.map((summary) => ({ ...summary })), next };
    };
    await this.send({ what: 'usage-summaries', format, filter, pages }, told);
  }

  private async send(asked: Asked, { actor, reply }: Told): Promise<void> {
    const { name, text, close } = await this.exports.begin(asked, actor);
    void reply
      .header('content-type', asked.format === 'csv' ? 'text/csv; charset=utf-8; header=present' : 'application/jsonl; charset=utf-8')
      .header('content-disposition', `attachment; filename="${name}"`)
      .send(Readable.from(text, { objectMode: false }));
    // A reader who went away is an entry of the log, not an error.
    await finished(reply.raw).catch(() => undefined);
    await close();
    reply.hijack(); // the framework takes an answer that broke off for one that was not given, and would give another
  }
}
