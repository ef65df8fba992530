import { Controller, Inject } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/index.js';
import { ErasureStore } from './erasure.store.js';
import { erasureRoutes as routes } from './routes.js';

@Controller()
export class ErasureController {
  constructor(@Inject(ErasureStore) private readonly erasures: ErasureStore) {}

  @Route(routes.listErasures)
  list(@In() { query, caller }: Input<typeof routes.listErasures>) {
    return this.erasures.list(query, caller);
  }

  @Route(routes.getErasure)
  find(@In() { params, caller }: Input<typeof routes.getErasure>) {
    return this.erasures.find(params.id, caller);
  }

  @Route(routes.requestErasure)
  request(@In() { body, caller, actor }: Input<typeof routes.requestErasure>) {
    return this.erasures.request(body, caller, actor);
  }

  @Route(routes.confirmErasure)
  confirm(@In() { params, caller, actor }: Input<typeof routes.confirmErasure>) {
    return this.erasures.confirm(params.id, caller, actor);
  }

  @Route(routes.withdrawErasure)
  withdraw(@In() { params, caller, actor }: Input<typeof routes.withdrawErasure>) {
    return this.erasures.withdraw(params.id, caller, actor);
  }
}
