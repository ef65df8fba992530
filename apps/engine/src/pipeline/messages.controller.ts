import { Controller, Inject } from '@nestjs/common';
import { ReadLog } from '../governance/index.js';
import { In, Route, type Actor, type Input } from '../platform/http/index.js';
import { MessageFacets } from './facets/message-facets.store.js';
import { MessageQueryStore } from './messages.query.store.js';
import { pipelineRoutes as routes } from './routes.js';
import { UnpostedStore } from './unposted.store.js';

@Controller()
export class MessagesController {
  constructor(
    @Inject(MessageQueryStore) private readonly messages: MessageQueryStore,
    @Inject(MessageFacets) private readonly facets: MessageFacets,
    @Inject(UnpostedStore) private readonly unposted: UnpostedStore,
    @Inject(ReadLog) private readonly reads: ReadLog,
  ) {}

  @Route(routes.listMessages)
  list(@In() input: Input<typeof routes.listMessages>) {
    return this.messages.list(input.query, input.caller.scope);
  }

  @Route(routes.getMessageFacet)
  facet(@In() { query: { field, find, ...filter }, caller }: Input<typeof routes.getMessageFacet>) {
    return this.facets.of(field, filter, caller.scope, find);
  }

  @Route(routes.getUnpostedAgeing)
  ageing(@In() { caller }: Input<typeof routes.getUnpostedAgeing>) {
    return this.unposted.ageing(caller.scope);
  }

  @Route(routes.getMessage)
  async find(@In() { params, actor, caller }: Input<typeof routes.getMessage>) {
    const message = await this.messages.find(params.id, caller.scope);
    await this.noteRead(params.id, actor);
    return message;
  }

  @Route(routes.getStagePayload)
  async stage(@In() input: Input<typeof routes.getStagePayload>): Promise<void> {
    const text = await this.messages.stageText(input.params.id, input.params.stage, input.caller.scope);
    await this.noteRead(input.params.id, input.actor);
    await input.reply.header('content-type', 'application/json; charset=utf-8').send(text);
  }

  private noteRead(id: string, actor: Actor): Promise<void> {
    return this.reads.note(actor, {
      action: 'message.payload-read',
      object: { kind: 'message', id },
      what: `the payloads of message ${id}`,
    });
  }
}
