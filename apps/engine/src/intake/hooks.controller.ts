import { Controller, Inject } from '@nestjs/common';
import type { OpenConnection } from '../catalog/index.js';
import { failPoint } from '../platform/failpoints/index.js';
import { In, Route, type Input } from '../platform/http/index.js';
import { decodeJson } from '../platform/json/index.js';
import { isProblem, Problem } from '../platform/problems/index.js';
import { meters } from '../platform/telemetry/index.js';
import { HookDoor } from './hooks.store.js';
import { InboxStore } from './inbox.store.js';
import { RefusalStore } from './refusals.store.js';
import { intakeRoutes as routes } from './routes.js';

type Hook = Input<typeof routes.receiveHook>;

/** The door for webhooks: room, signature over the raw bytes, form; then stored; then answered. How large one may be is the server's to say. */
@Controller()
export class HooksController {
  constructor(
    @Inject(HookDoor) private readonly door: HookDoor,
    @Inject(InboxStore) private readonly inbox: InboxStore,
    @Inject(RefusalStore) private readonly refusals: RefusalStore,
  ) {}

  @Route(routes.receiveHook)
  async receive(@In() input: Hook) {
    const name = input.params.connection;
    try {
      return await this.door.pass(input.raw.length, () => this.take(name, input));
    } catch (error) {
      if (isProblem(error) && error.status < 500 && error.code !== 'HOOK_UNKNOWN') this.refusals.count(name, error.code);
      throw error;
    }
  }

  private async take(name: string, input: Hook) {
    let verdict = verify(await this.door.connection(name), input);
    // The secret may have been changed a moment ago.
    if (!verdict.ok) verdict = verify(await this.door.connection(name, { anew: true }), input);
    // Signed as it must be, and without an id to store it under: say first what is wrong with the body itself.
    if (!verdict.ok && verdict.code === 'event-id-missing') decodeJson(input.raw);
    if (!verdict.ok) throw new Problem('HOOK_SIGNATURE', `The webhook is refused: ${verdict.reason}.`);
    decodeJson(input.raw);
    await failPoint('intake.parsed');
    const { duplicate } = await this.inbox.take(name, { id: verdict.deliveryId, via: 'webhook', raw: input.raw });
    meters.hooks.inc({ end: duplicate ? 'duplicate' : 'stored' });
    return { accepted: true, duplicate, deliveryId: verdict.deliveryId };
  }
}

function verify({ connector, settings }: OpenConnection, input: Hook) {
  if (!connector.webhook) throw new Problem('HOOK_UNKNOWN', `${connector.title} takes no webhooks.`);
  const query = input.request.query as Record<string, string>;
  return connector.webhook.verify({ body: input.raw, headers: input.headers, query }, settings, new Date());
}
