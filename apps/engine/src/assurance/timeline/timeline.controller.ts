import { Controller, Inject } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/index.js';
import { timelineRoutes as routes } from './routes.js';
import { TimelineStore } from './timeline.store.js';

@Controller()
export class TimelineController {
  constructor(@Inject(TimelineStore) private readonly timeline: TimelineStore) {}

  @Route(routes.getFlowTimeline)
  list(@In() { params, query, caller }: Input<typeof routes.getFlowTimeline>) {
    return this.timeline.list(params.name, query, caller);
  }
}
