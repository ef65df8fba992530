import { Inject, Injectable } from '@nestjs/common';
import { ReleaseStore } from '../catalog/index.js';
import { Database, real, within, type Row, type Scope } from '../platform/database/index.js';
import { textHash } from '../platform/json/index.js';
import { flowFacts } from './expressions.js';
import { MessageStore } from './messages.store.js';
import { PayloadFields, payloadsMax } from './payload-fields.js';

/** A record as it was stored, with what a mapping is given beside it. */
export interface Recorded {
  messageId: string;
  flow: string;
  title: string | null;
  state: string;
  sourceSystem: string;
  legalEntities: string[];
  receivedAt: string;
  occurredAt: string;
  revision: string;
  /** What `$flow` says. */
  facts: Record<string, unknown>;
  delivery: unknown;
  inputText: string;
  hash: string;
  input: unknown;
  enriched: unknown;
  output: unknown;
}

/** Records that are read at once. */
const batchRows = 50;

/** Recorded records that a mapping translated, within what somebody sees; what was erased is no record any more. */
@Injectable()
export class RecordedStore {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(MessageStore) private readonly messages: MessageStore,
    @Inject(ReleaseStore) private readonly releases: ReleaseStore,
  ) {}

  /** The newest; `q` is the beginning of a key, a title or an id. */
  async newest(mapping: string, scope: Scope, { limit, q }: { limit: number; q?: string | undefined }): Promise<Recorded[]> {
    return this.load(await this.rows(mapping, scope, limit, q));
  }

  /** One record of a mapping, whichever release it came in under. */
  async find(mapping: string, messageId: string, scope: Scope): Promise<Recorded | undefined> {
    const seen = within(scope, 'm.legal_entities', 3);
    const rows = await this.db
      .seenBy(scope)
      .query<Row>(
        `select ${columns} from message m join release r on r.id = m.release_id where m.id = $1 and r.mapping_name = $2 and m.erasure is null and ${seen.where}`,
        [messageId, mapping, ...seen.values],
      );
    return (await this.load(rows))[0];
  }

  async fields(mapping: string, scope: Scope) {
    const rows = await this.rows(mapping, scope, payloadsMax);
    const fields = new PayloadFields();
    for (let at = 0; at < rows.length; at += batchRows)
      for (const { input, enriched } of await this.load(rows.slice(at, at + batchRows))) fields.add(input, enriched);
    return fields.result();
  }

  private rows(mapping: string, scope: Scope, limit: number, q?: string): Promise<Row[]> {
    const seen = within(scope, 'm.legal_entities', 5);
    const wanted = q === undefined || q === '' ? null : q;
    return this.db.seenBy(scope).query<Row>(
      `select ${columns} from message m where m.flow in (select f.name from flow f join release r on r.id = f.release_id where r.mapping_name = $1) and ${real('m')} and m.erasure is null
         and ($3::text is null or m.id = $3 or m.key like $4 or m.title like $4) and ${seen.where} order by m.received_at desc, m.id desc limit $2`,
      [mapping, limit, wanted, wanted === null ? null : `${wanted.replaceAll(/[\\%_]/g, '\\$&')}%`, ...seen.values],
    );
  }

  private async load(rows: readonly Row[]): Promise<Recorded[]> {
    const bodies = await this.messages.bodies(rows.map((row) => row['id'] as string));
    const parse = (text: string | undefined): unknown => (text === undefined ? null : (JSON.parse(text) as unknown));
    return Promise.all(
      rows.map(async (row) => {
        const body = bodies.get(row['id'] as string) ?? {};
        const release = await this.releases.release(row['release_id'] as string);
        const facts = flowFacts(release);
        const inputText = body.accept ?? 'null';
        return {
          messageId: row['id'] as string,
          flow: row['flow'] as string,
          title: row['title'] as string | null,
          state: row['state'] as string,
          sourceSystem: row['source_system'] as string,
          legalEntities: row['legal_entities'] as string[],
          receivedAt: (row['received_at'] as Date).toISOString(),
          occurredAt: (row['occurred_at'] as Date).toISOString(),
          revision: row['revision'] as string,
          facts: { ...facts, source: { ...(facts['source'] as object), system: row['source_system'] as string } },
          delivery: (JSON.parse(body.delivery ?? '{}') as { facts?: unknown }).facts ?? {},
          inputText,
          hash: textHash(inputText).toString('hex'),
          input: parse(inputText),
          enriched: parse(body.enrich),
          output: parse(body.map),
        };
      }),
    );
  }
}

const columns = 'm.id, m.flow, m.release_id, m.title, m.state, m.source_system, m.legal_entities, m.revision, m.received_at, m.occurred_at';
