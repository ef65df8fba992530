import { Controller, Inject } from '@nestjs/common';
import { In, Route, type Input } from '../platform/http/index.js';
import { Problem } from '../platform/problems/index.js';
import { ExceptionStore } from './exceptions.store.js';
import { exceptionRoutes as routes } from './routes.js';
import { SelectionStore } from './selections.store.js';

@Controller()
export class SelectionsController {
  constructor(
    @Inject(SelectionStore) private readonly selections: SelectionStore,
    @Inject(ExceptionStore) private readonly exceptions: ExceptionStore,
  ) {}

  @Route(routes.makeSelection)
  make(@In() { body, caller, actor }: Input<typeof routes.makeSelection>) {
    if (body.exceptions && body.filter)
      throw new Problem('REQUEST_INVALID', 'A selection is either of exceptions or of what a filter finds.', {
        path: '/exceptions',
        remedy: 'Give exceptions or a filter, not both.',
      });
    return this.selections.freeze(body.exceptions ? { exceptions: body.exceptions } : (body.filter ?? {}), caller, actor);
  }

  @Route(routes.getSelection)
  find(@In() { params, caller }: Input<typeof routes.getSelection>) {
    return this.selections.find(params.id, caller);
  }

  @Route(routes.assignSelection)
  assign(@In() { params, body, ...who }: Input<typeof routes.assignSelection>) {
    return this.exceptions.assign({ selection: params.id }, body.assignee, who);
  }

  @Route(routes.snoozeSelection)
  snooze(@In() { params, body, ...who }: Input<typeof routes.snoozeSelection>) {
    return this.exceptions.snooze({ selection: params.id }, body.until, body.reason, who);
  }

  @Route(routes.resolveSelection)
  resolve(@In() { params, body, ...who }: Input<typeof routes.resolveSelection>) {
    return this.exceptions.resolve({ selection: params.id }, body.reason, who);
  }
}
