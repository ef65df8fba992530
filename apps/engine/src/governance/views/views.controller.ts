import { Controller, Inject } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/index.js';
import { governanceRoutes as routes } from '../routes.js';
import { ViewStore } from './views.store.js';

@Controller()
export class ViewsController {
  constructor(@Inject(ViewStore) private readonly views: ViewStore) {}

  @Route(routes.listViews)
  async list(@In() { query, caller }: Input<typeof routes.listViews>) {
    return { items: await this.views.list(caller, query.page), next: null };
  }

  @Route(routes.makeView)
  make(@In() { body, caller, actor }: Input<typeof routes.makeView>) {
    return this.views.make(caller, body, actor);
  }

  @Route(routes.changeView)
  change(@In() { params, body, caller, actor }: Input<typeof routes.changeView>) {
    return this.views.change(caller, params.id, body, actor);
  }

  @Route(routes.shareView)
  share(@In() { params, body, caller, actor }: Input<typeof routes.shareView>) {
    return this.views.share(caller, params.id, body.shared, actor);
  }

  @Route(routes.removeView)
  async remove(@In() { params, caller, actor }: Input<typeof routes.removeView>) {
    await this.views.remove(caller, params.id, actor);
    return { done: true };
  }
}
