import { Controller, Inject } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/index.js';
import { shadowRoutes as routes } from './shadow-routes.js';
import { ShadowStore } from './shadow.store.js';

@Controller()
export class ShadowController {
  constructor(@Inject(ShadowStore) private readonly shadows: ShadowStore) {}

  @Route(routes.getShadow)
  find(@In() { params, caller }: Input<typeof routes.getShadow>) {
    return this.shadows.of(params.id, caller);
  }
}
