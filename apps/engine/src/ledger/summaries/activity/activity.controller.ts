import { Controller, Inject } from '@nestjs/common';
import { In, Route, type Input } from '../../../platform/http/index.js';
import { SummaryStore } from '../seal/summaries.store.js';
import { ActivityStore } from './activity.store.js';
import { compare } from './comparison.js';
import { usageActivityRoutes as routes } from './routes.js';

@Controller()
export class ActivityController {
  constructor(
    @Inject(ActivityStore) private readonly activity: ActivityStore,
    @Inject(SummaryStore) private readonly summaries: SummaryStore,
  ) {}

  @Route(routes.getUsageActivity)
  getActivity(@In() { query, caller }: Input<typeof routes.getUsageActivity>) {
    return this.activity.find(query, caller.scope);
  }

  @Route(routes.compareUsage)
  async compare(@In() { query, caller }: Input<typeof routes.compareUsage>) {
    const { customer, period, otherCustomer = customer, otherPeriod = period, meter } = query;
    const [left, right] = [
      await this.summaries.usedIn({ customer, period, meter }, caller.scope),
      await this.summaries.usedIn({ customer: otherCustomer, period: otherPeriod, meter }, caller.scope),
    ];
    return compare(left, right);
  }
}
