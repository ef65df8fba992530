import { Inject, Injectable } from '@nestjs/common';
import type { JsonObject } from '@waybill/sdk';
import { CanonStore, type Kept } from '../../canon/index.js';
import { isInbound, ReleaseStore, SchemaBook, TableStore } from '../../catalog/index.js';
import type { Tx } from '../../platform/database/index.js';
import { MappingPool } from '../../platform/mapping-runtime/index.js';
import { Doorbell } from '../../platform/queue/index.js';
import { MessageStore, type Rung } from '../messages.store.js';
import { subscriptionsOf, type Subscription } from '../send/subscriptions.js';
import { outbound } from './outbound.js';

/** A canonical document that no message brought: the engine itself made it. */
export interface MadeHere {
  /** What made it; stands where a version names its message. */
  madeBy: string;
  content: JsonObject;
}

/** Documents with who wants them, ready to be written. */
export interface Entering {
  type: string;
  documents: readonly MadeHere[];
  subscriptions: readonly Subscription[][];
}

const field = (content: JsonObject, name: string): string => String(content[name]);

/**
 * The hub's other entrance: what the engine makes goes in as what a flow brings does, with a version, and a message for each flow that begins at its type,
 * in one transaction. `prepare` asks the flows before it; `enter` writes in the transaction of whoever made the documents.
 */
@Injectable()
export class HubEntry {
  constructor(
    @Inject(CanonStore) private readonly canon: CanonStore,
    @Inject(MessageStore) private readonly messages: MessageStore,
    @Inject(ReleaseStore) private readonly releases: ReleaseStore,
    @Inject(TableStore) private readonly tables: TableStore,
    @Inject(SchemaBook) private readonly schemas: SchemaBook,
    @Inject(MappingPool) private readonly pool: MappingPool,
    @Inject(Doorbell) private readonly bell: Doorbell,
  ) {}

  /** `name` is a canonical type with its version: `usage-summary@1`. A document that does not fit it is a mistake of the engine. */
  async prepare(name: string, documents: readonly MadeHere[]): Promise<Entering> {
    const { schema } = this.schemas.find(name)!;
    for (const { content, madeBy } of documents) {
      const [wrong] = this.schemas.problems(schema, content, 1);
      if (wrong) throw new Error(`${madeBy} does not fit ${name}: ${wrong.path ?? ''} ${wrong.detail}`);
    }
    const flows = (await this.releases.flows()).filter(({ definition: { from } }) => !isInbound(from) && from.canonical === name);
    const tables = flows.length === 0 ? [] : await this.tables.snapshot();
    const asked = documents.map(({ content }) => ({
      document: {
        content,
        key: field(content, 'sourceId'),
        revision: field(content, 'sourceRevision'),
        occurredAt: field(content, 'occurredAt'),
      },
      flows,
    }));
    const subscriptions =
      flows.length === 0 ? documents.map(() => []) : await subscriptionsOf(asked, (items) => this.pool.evaluate(items, tables));
    return { type: name.split('@')[0]!, documents, subscriptions };
  }

  async enter(tx: Tx, { type, documents, subscriptions }: Entering): Promise<Kept[]> {
    const arrivals = documents.map(({ content, madeBy }) => ({ type, content, text: JSON.stringify(content), messageId: madeBy }));
    const kept = await this.canon.keep(tx, arrivals);
    const drafts = documents.flatMap(({ content }, index) =>
      outbound(
        {
          type,
          key: field(content, 'sourceId'),
          sourceSystem: field(content, 'sourceSystem'),
          correlationId: field(content, 'correlationId'),
          causedBy: null,
          runId: null,
          syntheticRun: null,
          occurredAt: field(content, 'occurredAt'),
          content,
          text: arrivals[index]!.text,
          delivery: {},
        },
        subscriptions[index] ?? [],
        kept[index]!,
      ),
    );
    this.ring(tx, await this.messages.insert(tx, drafts));
    return kept;
  }

  private ring(tx: Tx, lanes: readonly Rung[]): void {
    const once = new Map(lanes.map((lane) => [`${lane.flow} ${lane.lane}`, lane]));
    tx.afterCommit(() => once.forEach(({ flow, lane }) => this.bell.ring({ bell: 'lane', flow, lane })));
  }
}
