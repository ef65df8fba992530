import { Controller, Inject } from '@nestjs/common';
import { In, Route, type Input } from '../platform/http/index.js';
import { MessageQueryStore } from './messages.query.store.js';
import { pipelineRoutes as routes } from './routes.js';

@Controller()
export class MessagesController {
  constructor(@Inject(MessageQueryStore) private readonly messages: MessageQueryStore) {}

  @Route(routes.listMessages)
  list(@In() input: Input<typeof routes.listMessages>) {
    return this.messages.list(input.query, input.caller.scope);
  }

  @Route(routes.getMessage)
  find(@In() input: Input<typeof routes.getMessage>) {
    return this.messages.find(input.params.id, input.caller.scope);
  }

  @Route(routes.getStagePayload)
  async stage(@In() input: Input<typeof routes.getStagePayload>): Promise<void> {
    const text = await this.messages.stageText(input.params.id, input.params.stage, input.caller.scope);
    await input.reply.header('content-type', 'application/json; charset=utf-8').send(text);
  }
}
