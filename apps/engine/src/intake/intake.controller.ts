import { Controller, Inject } from '@nestjs/common';
import { ReleaseStore } from '../catalog/index.js';
import { everything } from '../platform/database/index.js';
import { In, Route, type Input } from '../platform/http/index.js';
import { Poller } from './poller.store.js';
import { intakeRoutes as routes } from './routes.js';
import { RunStore } from './runs.store.js';
import { UnreadStore } from './unread.store.js';

@Controller()
export class IntakeController {
  constructor(
    @Inject(RunStore) private readonly runs: RunStore,
    @Inject(Poller) private readonly poller: Poller,
    @Inject(ReleaseStore) private readonly releases: ReleaseStore,
    @Inject(UnreadStore) private readonly unread: UnreadStore,
  ) {}

  @Route(routes.listUnreadDeliveries)
  listUnread(@In() input: Input<typeof routes.listUnreadDeliveries>) {
    return this.unread.list(input.query, input.caller.scope);
  }

  @Route(routes.listRuns)
  list(@In() input: Input<typeof routes.listRuns>) {
    return this.runs.list(input.query, input.caller.scope);
  }

  @Route(routes.getRunFacet)
  facet(@In() { query: { field, find, ...filter }, caller }: Input<typeof routes.getRunFacet>) {
    return this.runs.facet(field, filter, caller.scope, find);
  }

  @Route(routes.getRun)
  find(@In() input: Input<typeof routes.getRun>) {
    return this.runs.find(input.params.id, input.caller.scope);
  }

  @Route(routes.startRun)
  async start(@In() input: Input<typeof routes.startRun>) {
    const run = await this.poller.start(await this.releases.flow(input.params.name), input.body, input.actor);
    return this.runs.find(run, everything); // their own, whatever it will bring
  }

  @Route(routes.cancelRun)
  cancel(@In() input: Input<typeof routes.cancelRun>) {
    return this.runs.cancel(input.params.id, input.caller.scope, input.actor);
  }
}
