import { Controller, Inject } from '@nestjs/common';
import { In, Route, type Input } from '../platform/http/index.js';
import { ExceptionStore } from './exceptions.store.js';
import { ReplayStore } from './replay.store.js';
import { exceptionRoutes as routes } from './routes.js';

@Controller()
export class ExceptionsController {
  constructor(
    @Inject(ExceptionStore) private readonly exceptions: ExceptionStore,
    @Inject(ReplayStore) private readonly replays: ReplayStore,
  ) {}

  @Route(routes.listExceptions)
  list(@In() input: Input<typeof routes.listExceptions>) {
    return this.exceptions.list(input.query, input.caller.scope);
  }

  @Route(routes.listExceptionGroups)
  async groups(@In() input: Input<typeof routes.listExceptionGroups>) {
    return { items: await this.exceptions.groups(input.caller.scope) };
  }

  @Route(routes.getException)
  find(@In() input: Input<typeof routes.getException>) {
    return this.exceptions.find(input.params.id, input.caller.scope);
  }

  @Route(routes.assignException)
  assign(@In() input: Input<typeof routes.assignException>) {
    return this.exceptions.assign(input.params.id, input.body.assignee, input.caller.scope, input.actor);
  }

  @Route(routes.resolveException)
  resolve(@In() input: Input<typeof routes.resolveException>) {
    return this.exceptions.resolve(input.params.id, input.body.reason, input.caller.scope, input.actor);
  }

  @Route(routes.previewReplay)
  preview(@In() input: Input<typeof routes.previewReplay>) {
    return this.replays.show(input.body, input.caller.scope);
  }

  @Route(routes.startReplay)
  replay(@In() input: Input<typeof routes.startReplay>) {
    return this.replays.start(input.body, input.body.reason, input.caller.scope, input.actor);
  }
}
