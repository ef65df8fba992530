import { Controller, Inject } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/index.js';
import { workingHoursRoutes as routes } from './working-hours-routes.js';
import { WorkingHoursStore } from './working-hours.store.js';

@Controller()
export class WorkingHoursController {
  constructor(@Inject(WorkingHoursStore) private readonly hours: WorkingHoursStore) {}

  @Route(routes.listWorkingHours)
  async list(@In() { caller }: Input<typeof routes.listWorkingHours>) {
    return { items: await this.hours.all(caller.scope), next: null };
  }

  @Route(routes.putWorkingHours)
  put(@In() { params, body, caller, actor }: Input<typeof routes.putWorkingHours>) {
    return this.hours.put(params.legalEntity, { freeDays: [], hours: {}, ...body }, caller.scope, actor);
  }

  @Route(routes.removeWorkingHours)
  async remove(@In() { params, caller, actor }: Input<typeof routes.removeWorkingHours>) {
    return { done: true, ...(await this.hours.remove(params.legalEntity, caller.scope, actor)) };
  }
}
