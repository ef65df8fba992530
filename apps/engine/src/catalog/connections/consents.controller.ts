import { Controller, Inject } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/index.js';
import { catalogRoutes as routes } from '../routes.js';
import { ConsentStore } from './consents.store.js';

@Controller()
export class ConsentsController {
  constructor(@Inject(ConsentStore) private readonly consents: ConsentStore) {}

  @Route(routes.beginConsent)
  async begin(@In() input: Input<typeof routes.beginConsent>) {
    return { address: await this.consents.begin(input.params.name, input.caller, input.actor) };
  }

  @Route(routes.finishConsent)
  finish(@In() input: Input<typeof routes.finishConsent>) {
    return this.consents.finish(input.body, input.caller, input.actor);
  }
}
