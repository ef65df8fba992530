import { Controller, Inject } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/index.js';
import { UsageControl } from './control/control.store.js';
import { UnattributedStore } from './control/unattributed.store.js';
import { UnreadableStore } from './control/unreadable.store.js';
import { usageSummaryRoutes as routes } from './routes.js';
import { PeriodSealing } from './seal/sealing.store.js';
import { Seals } from './seal/seal.store.js';
import { SummaryStore } from './seal/summaries.store.js';
import { TraceStore } from './trace/trace.store.js';

@Controller()
export class SummariesController {
  constructor(
    @Inject(SummaryStore) private readonly summaries: SummaryStore,
    @Inject(Seals) private readonly seals: Seals,
    @Inject(PeriodSealing) private readonly sealing: PeriodSealing,
    @Inject(UnattributedStore) private readonly unattributed: UnattributedStore,
    @Inject(UnreadableStore) private readonly unreadable: UnreadableStore,
    @Inject(TraceStore) private readonly traces: TraceStore,
    @Inject(UsageControl) private readonly control: UsageControl,
  ) {}

  @Route(routes.listSummaries)
  list(@In() { query, caller }: Input<typeof routes.listSummaries>) {
    return this.summaries.list(query as Parameters<SummaryStore['list']>[0], caller.scope);
  }

  @Route(routes.getSummary)
  async find(@In() { params, caller }: Input<typeof routes.getSummary>) {
    const { summary } = await this.summaries.find(params.id, caller.scope);
    const touched = summary.state === 'open' ? [] : await this.seals.documents([params.id], caller.scope);
    return { ...summary, documents: touched.filter((one) => one.summary === params.id).map(({ asked: _, ...document }) => document) };
  }

  @Route(routes.listSummaryEvents)
  members(@In() { params, query, caller }: Input<typeof routes.listSummaryEvents>) {
    return this.summaries.members(params.id, query, caller.scope);
  }

  @Route(routes.verifySummary)
  verify(@In() { params, caller }: Input<typeof routes.verifySummary>) {
    return this.summaries.verify(params.id, caller.scope);
  }

  @Route(routes.sealPeriod)
  seal(@In() { params, body, caller, actor }: Input<typeof routes.sealPeriod>) {
    const { meter, dryRun = false, reason } = body;
    return this.sealing.seal({ period: params.period, meter, dryRun, reason }, caller.scope, actor);
  }

  @Route(routes.listSeals)
  async listSeals(@In() { query }: Input<typeof routes.listSeals>) {
    return { items: await this.seals.list(query), next: null };
  }

  @Route(routes.listPendingAdjustments)
  pending(@In() { query, caller }: Input<typeof routes.listPendingAdjustments>) {
    return this.sealing.pending(query.meter, caller.scope);
  }

  @Route(routes.listUnattributed)
  listUnattributed(@In() { query, caller }: Input<typeof routes.listUnattributed>) {
    return caller.scope.unassigned ? this.unattributed.list(query) : nothing;
  }

  @Route(routes.listUnreadable)
  listUnreadable(@In() { query, caller }: Input<typeof routes.listUnreadable>) {
    return caller.scope.unassigned ? this.unreadable.list(query) : nothing;
  }

  @Route(routes.traceUsageEvent)
  trace(@In() { params, caller }: Input<typeof routes.traceUsageEvent>) {
    return this.traces.trace(params.id, caller.scope);
  }

  @Route(routes.explainBilling)
  explain(@In() { params, caller }: Input<typeof routes.explainBilling>) {
    return this.traces.billing(params.id, caller.scope);
  }

  @Route(routes.getUsageControl)
  getControl() {
    return this.control.status();
  }
}

/** What belongs to nobody is seen by whoever may see what is unassigned. */
const nothing = { items: [], next: null };
