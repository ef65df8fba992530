import { Controller, Inject } from '@nestjs/common';
import { In, Route, type Input } from '../platform/http/index.js';
import { CanonStore } from './canon.store.js';
import { canonRoutes as routes } from './routes.js';

@Controller()
export class CanonController {
  constructor(@Inject(CanonStore) private readonly canon: CanonStore) {}

  @Route(routes.listCanonical)
  list(@In() input: Input<typeof routes.listCanonical>) {
    return this.canon.list(input.params.type, input.query, input.caller.scope);
  }

  @Route(routes.getCanonical)
  find(@In() input: Input<typeof routes.getCanonical>) {
    return this.canon.find(input.params.type, input.params.id, input.caller.scope);
  }
}
