import { Controller, Inject } from '@nestjs/common';
import { In, Route, type Input } from '../platform/http/index.js';
import { ReplayProgressStore } from './replay-progress.store.js';
import { ReplayStore } from './replay.store.js';
import { exceptionRoutes as routes } from './routes.js';

@Controller()
export class ReplaysController {
  constructor(
    @Inject(ReplayStore) private readonly replays: ReplayStore,
    @Inject(ReplayProgressStore) private readonly progress: ReplayProgressStore,
  ) {}

  @Route(routes.previewReplay)
  preview(@In() { body, caller }: Input<typeof routes.previewReplay>) {
    return this.replays.show(body, caller);
  }

  @Route(routes.startReplay)
  start(@In() { body, ...who }: Input<typeof routes.startReplay>) {
    return this.replays.start(body, body, who);
  }

  @Route(routes.getReplay)
  find(@In() { params, caller }: Input<typeof routes.getReplay>) {
    return this.progress.of(params.id, caller);
  }

  @Route(routes.listReplayRecords)
  records(@In() { params, query, caller }: Input<typeof routes.listReplayRecords>) {
    return this.progress.records(params.id, query, caller);
  }

  @Route(routes.cancelReplay)
  cancel(@In() { params, ...who }: Input<typeof routes.cancelReplay>) {
    return this.progress.cancel(params.id, who);
  }
}
