import { Controller, Inject } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/index.js';
import { CandidateStore } from './candidates.store.js';
import { releaseRoutes as routes } from './release-routes.js';

@Controller()
export class CandidatesController {
  constructor(@Inject(CandidateStore) private readonly candidates: CandidateStore) {}

  @Route(routes.governFlow)
  govern(@In() { params, body, ...who }: Input<typeof routes.governFlow>) {
    return this.candidates.govern(params.name, body.approver, body.reason, who);
  }

  @Route(routes.listReleases)
  list(@In() { params, query, caller }: Input<typeof routes.listReleases>) {
    return this.candidates.list(params.name, query, caller);
  }

  @Route(routes.listReleaseEvents)
  events(@In() { params, query }: Input<typeof routes.listReleaseEvents>) {
    return this.candidates.events(params.name, query);
  }

  @Route(routes.getRelease)
  find(@In() { params, caller }: Input<typeof routes.getRelease>) {
    return this.candidates.find(params.id, caller);
  }

  @Route(routes.withdrawRelease)
  withdraw(@In() { params, body, ...who }: Input<typeof routes.withdrawRelease>) {
    return this.candidates.withdraw(params.id, body.reason, who);
  }

  @Route(routes.shadowRelease)
  shadow(@In() { params, body, ...who }: Input<typeof routes.shadowRelease>) {
    return this.candidates.shadow(params.id, body.reason, who);
  }

  @Route(routes.shareRelease)
  share(@In() { params, body, ...who }: Input<typeof routes.shareRelease>) {
    const { reason, ...part } = body;
    return this.candidates.share(params.id, part, reason, who);
  }

  @Route(routes.makeReleaseLive)
  live(@In() { params, body, ...who }: Input<typeof routes.makeReleaseLive>) {
    return this.candidates.makeLive(params.id, body.reason, who);
  }

  @Route(routes.stopRelease)
  stop(@In() { params, body, ...who }: Input<typeof routes.stopRelease>) {
    return this.candidates.stop(params.id, body.reason, who);
  }

  @Route(routes.rollBackFlow)
  rollBack(@In() { params, body, ...who }: Input<typeof routes.rollBackFlow>) {
    return this.candidates.rollBack(params.name, body.version, body.reason, who);
  }
}
