import { Controller, Inject } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/index.js';
import { serviceLevelRoutes as routes } from './routes.js';
import { ServiceLevelStore } from './service-levels.store.js';

@Controller()
export class ServiceLevelsController {
  constructor(@Inject(ServiceLevelStore) private readonly levels: ServiceLevelStore) {}

  @Route(routes.listServiceLevels)
  list(@In() { query, caller }: Input<typeof routes.listServiceLevels>) {
    return this.levels.levels({ hours: query.hours ?? 24, flow: query.flow }, caller);
  }
}
