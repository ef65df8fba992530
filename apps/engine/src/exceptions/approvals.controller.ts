import { Controller, Inject } from '@nestjs/common';
import { governanceRoutes as routes } from '../governance/routes.js';
import { In, Route, type Input } from '../platform/http/index.js';
import { ApprovalStore } from './approvals.store.js';

@Controller()
export class ApprovalsController {
  constructor(@Inject(ApprovalStore) private readonly approvals: ApprovalStore) {}

  @Route(routes.listApprovals)
  list(@In() input: Input<typeof routes.listApprovals>) {
    return this.approvals.list(input.query, input.caller);
  }

  @Route(routes.getApproval)
  find(@In() input: Input<typeof routes.getApproval>) {
    return this.approvals.find(input.params.id, input.caller);
  }

  @Route(routes.approve)
  approve(@In() input: Input<typeof routes.approve>) {
    return this.approvals.decide(input.params.id, { approve: true, ...input.body }, input.caller, input.actor);
  }

  @Route(routes.reject)
  reject(@In() input: Input<typeof routes.reject>) {
    return this.approvals.decide(input.params.id, { approve: false, ...input.body }, input.caller, input.actor);
  }
}
