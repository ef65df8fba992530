import { Controller, Inject } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/index.js';
import { valueRoutes as routes } from './routes.js';
import { ValueStore } from './value.store.js';

@Controller()
export class ValueController {
  constructor(@Inject(ValueStore) private readonly value: ValueStore) {}

  @Route(routes.listValue)
  async list(@In() { query, caller }: Input<typeof routes.listValue>) {
    return { items: await this.value.months(query.months ?? 3, caller) };
  }
}
