import { Controller, Inject } from '@nestjs/common';
import { ReadLog } from '../governance/index.js';
import { In, Route, type Input } from '../platform/http/index.js';
import { CanonStore } from './canon.store.js';
import { canonRoutes as routes } from './routes.js';

@Controller()
export class CanonController {
  constructor(
    @Inject(CanonStore) private readonly canon: CanonStore,
    @Inject(ReadLog) private readonly reads: ReadLog,
  ) {}

  @Route(routes.listCanonical)
  list(@In() input: Input<typeof routes.listCanonical>) {
    return this.canon.list(input.params.type, input.query, input.caller.scope);
  }

  @Route(routes.getCanonical)
  async find(@In() { params: { type, id }, actor, caller }: Input<typeof routes.getCanonical>) {
    const found = await this.canon.find(type, id, caller.scope);
    await this.reads.note(actor, {
      action: 'canonical.payload-read',
      object: { kind: 'canonical', id },
      what: `the versions of ${type} ${id}`,
    });
    return found;
  }
}
