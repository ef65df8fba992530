import { Controller, Inject } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/index.js';
import { editRoutes as routes } from './edit-routes.js';
import { EditStore } from './edits.store.js';

@Controller()
export class EditsController {
  constructor(@Inject(EditStore) private readonly edits: EditStore) {}

  @Route(routes.getEditableFields)
  fields(@In() { params, ...who }: Input<typeof routes.getEditableFields>) {
    return this.edits.fields(params.id, who);
  }

  @Route(routes.previewEdit)
  preview(@In() { params, body, caller }: Input<typeof routes.previewEdit>) {
    return this.edits.preview(params.id, body.changes, caller);
  }

  @Route(routes.askForEdit)
  ask(@In() { params, body, ...who }: Input<typeof routes.askForEdit>) {
    return this.edits.ask(params.id, body, who);
  }

  @Route(routes.listEdits)
  list(@In() { params, caller }: Input<typeof routes.listEdits>) {
    return this.edits.list(params.id, caller);
  }

  @Route(routes.withdrawEdit)
  withdraw(@In() { params, ...who }: Input<typeof routes.withdrawEdit>) {
    return this.edits.withdraw(params.id, who);
  }
}
