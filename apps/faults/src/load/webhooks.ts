import { createHmac } from 'node:crypto';
import type { World } from '../supervisor/world.js';
import { sleep } from '../waiting.js';
import { sourceConnection } from './company.js';
import type { SourceRecord } from './plan.js';

export const deliveryIdOf = (record: SourceRecord): string => `${record.id}-r${record.revision}`;

/** What the source was answered, over a whole world: the other side of "a 2xx means committed". */
export class WebhookSender {
  /** Deliveries that got a 2xx. */
  readonly accepted = new Set<string>();
  /** Answers by status; 0: no answer. */
  readonly answers = new Map<number, number>();
  /** Every body that the engine answered with, for the search for secrets. */
  readonly said = new Set<string>();

  constructor(
    private readonly world: World,
    private readonly signal: AbortSignal,
  ) {}

  /** Sends until somebody says 2xx, as vendors do, always under the same id. */
  async deliver(record: SourceRecord): Promise<void> {
    for (let attempt = 0; !this.signal.aborted; attempt += 1) {
      const { status } = await this.once(record);
      this.answers.set(status, (this.answers.get(status) ?? 0) + 1);
      if (status >= 200 && status < 300) {
        return;
      }
      if (status >= 400 && status < 500 && status !== 429) throw new Error(`the engine refused ${deliveryIdOf(record)} with ${status}`);
      await sleep(Math.min(1_000, 100 * 2 ** attempt));
    }
  }

  /** One attempt: status and body, or 0 when there was no answer. At another door of the engine, or signed by a clock that is ahead, when it says so. */
  async once(
    record: SourceRecord,
    door: { url?: string; aheadSeconds?: number } = {},
  ): Promise<{ status: number; text: string; retryAfter: string | null }> {
    const { world } = this;
    const { url = world.apiUrl, aheadSeconds = 0 } = door;
    const id = deliveryIdOf(record);
    const body = JSON.stringify({ records: [record] });
    const timestamp = String(Math.floor(Date.now() / 1000) + aheadSeconds);
    const signature = createHmac('sha256', Buffer.from(world.secrets.webhookKey, 'base64'))
      .update(`${id}.${timestamp}.${body}`)
      .digest('base64');
    try {
      const response = await fetch(`${url}/v1/hooks/${sourceConnection}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'webhook-id': id,
          'webhook-timestamp': timestamp,
          'webhook-signature': `v1,${signature}`,
        },
        body,
        signal: AbortSignal.timeout(10_000),
      });
      const text = await response.text();
      if (this.said.size < 5_000) this.said.add(text);
      if (response.ok) this.accepted.add(id);
      return { status: response.status, text, retryAfter: response.headers.get('retry-after') };
    } catch {
      return { status: 0, text: '', retryAfter: null }; // killed, cut or too slow: the source cannot know what became of it, and tries again
    }
  }
}
