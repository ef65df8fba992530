import { Controller, Inject } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/index.js';
import { comparisonRoutes as routes } from './comparison-routes.js';
import { ComparisonStore } from './comparison.store.js';

@Controller()
export class ComparisonController {
  constructor(@Inject(ComparisonStore) private readonly comparisons: ComparisonStore) {}

  @Route(routes.compareMapping)
  mapping(@In() { params, body, caller }: Input<typeof routes.compareMapping>) {
    return this.comparisons.ofMapping(params.name, body, caller);
  }

  @Route(routes.compareRelease)
  release(@In() { params, body, caller }: Input<typeof routes.compareRelease>) {
    return this.comparisons.ofRelease(params.id, body.newest, caller);
  }
}
