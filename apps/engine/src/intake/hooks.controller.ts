import { Controller, Inject } from '@nestjs/common';
import { ConnectionStore } from '../catalog/index.js';
import { failPoint } from '../platform/failpoints/index.js';
import { In, Route, type Input } from '../platform/http/index.js';
import { decodeJson } from '../platform/json/index.js';
import { isProblem, Problem } from '../platform/problems/index.js';
import { InboxStore } from './inbox.store.js';
import { intakeRoutes as routes } from './routes.js';

export const hookBytesMax = 256 * 1024;

/** The door for webhooks: size, signature over the raw bytes, form; then stored; then answered. */
@Controller()
export class HooksController {
  constructor(
    @Inject(ConnectionStore) private readonly connections: ConnectionStore,
    @Inject(InboxStore) private readonly inbox: InboxStore,
  ) {}

  @Route(routes.receiveHook)
  async receive(@In() input: Input<typeof routes.receiveHook>) {
    const name = input.params.connection;
    const opened = await this.connections.open(name).catch((error: unknown) => {
      if (isProblem(error) && error.code === 'NOT_FOUND') throw new Problem('HOOK_UNKNOWN', `There is no webhook ${name}.`);
      throw error;
    });
    const { webhook } = opened.connector;
    if (!webhook) throw new Problem('HOOK_UNKNOWN', `${opened.connector.title} takes no webhooks.`);
    try {
      if (input.raw.length > hookBytesMax)
        throw new Problem('BODY_TOO_LARGE', `The webhook has ${input.raw.length} bytes; ${hookBytesMax} are read.`);
      const verdict = webhook.verify(
        { body: input.raw, headers: input.headers, query: input.request.query as Record<string, string> },
        opened.settings,
        new Date(),
      );
      // Signed as it must be, and without an id to store it under: say first what is wrong with the body itself.
      if (!verdict.ok && verdict.code === 'event-id-missing') decodeJson(input.raw);
      if (!verdict.ok) throw new Problem('HOOK_SIGNATURE', `The webhook is refused: ${verdict.reason}.`);
      decodeJson(input.raw);
      await failPoint('intake.parsed');
      const { duplicate } = await this.inbox.take(name, { id: verdict.deliveryId, via: 'webhook', raw: input.raw });
      return { accepted: true, duplicate, deliveryId: verdict.deliveryId };
    } catch (error) {
      if (isProblem(error) && error.status < 500) await this.inbox.refuse(name, error.code);
      throw error;
    }
  }
}
