import { Controller, Inject } from '@nestjs/common';
import { finished } from 'node:stream/promises';
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
      return await this.door.pass(input.raw.length, async () => {
        const asked = handshakeOf(await this.door.connection(name), input);
        return asked === undefined ? this.take(name, input) : answerHandshake(asked, input);
      });
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

const requestOf = (input: Hook) => ({ body: input.raw, headers: input.headers, query: input.request.query as Record<string, string> });

function verify({ connector, settings }: OpenConnection, input: Hook) {
  if (!connector.webhook) throw new Problem('HOOK_UNKNOWN', `${connector.title} takes no webhooks.`);
  return connector.webhook.verify(requestOf(input), settings, new Date());
}

/** What the vendor wants back before it sends anything; undefined when it does not ask. */
const handshakeOf = ({ connector }: OpenConnection, input: Hook): string | undefined => connector.webhook?.handshake?.(requestOf(input));

/** Plain text and never anything a browser would run: whoever knows the address may ask. Nothing is stored. */
async function answerHandshake(text: string, { reply }: Hook): Promise<void> {
  void reply.status(200).header('content-type', 'text/plain; charset=utf-8').header('x-content-type-options', 'nosniff').send(text);
  await finished(reply.raw).catch(() => undefined); // a vendor that went away asks again
  reply.hijack(); // the answer was given; the framework would give another
}
