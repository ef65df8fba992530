import { Inject, Injectable } from '@nestjs/common';
import { caseLimits, type Expectation, type GoldenCase, type TableRows } from '@waybill/mapping-language';
import type { JsonObject } from '@waybill/sdk';
import { AuditStore } from '../../governance/index.js';
import { Database, within, type Row, type Sql, type Tx } from '../../platform/database/index.js';
import type { Actor, Caller } from '../../platform/http/index.js';
import { newId } from '../../platform/ids/index.js';
import { textHash } from '../../platform/json/index.js';
import { Problem } from '../../platform/problems/index.js';
import { MappingStore } from './mappings.store.js';

/** Characters of all cases of a mapping together: they are read at once. */
export const casesTextMax = 4_000_000;

/** A sample as a case keeps it. */
export interface CaseSample {
  origin: 'recorded' | 'pasted' | 'pack';
  messageId?: string;
  sourceSystem?: string;
  legalEntities?: readonly string[];
  pack?: string;
  /** JSON text, byte for byte what was recorded. */
  inputText: string;
  enriched?: unknown;
  flow?: unknown;
  delivery?: unknown;
  revision: string;
  asOf: string;
  tables?: TableRows[];
}

/** A case as it is run, and what says who sees it. */
export interface StoredCase extends GoldenCase {
  caseRevision: number;
  recorded: boolean;
  legalEntities: readonly string[];
}

interface Who {
  caller: Caller;
  actor: Actor;
}

/** Golden cases: made of samples that are copied once and stay; what is expected of them changes with a reason. */
@Injectable()
export class CaseStore {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(AuditStore) private readonly audit: AuditStore,
    @Inject(MappingStore) private readonly mappings: MappingStore,
  ) {}

  /** What the caller sees, and how many there are beside that. */
  async list(mapping: string, { scope }: Caller): Promise<{ items: ReturnType<typeof shown>[]; hidden: number }> {
    const seen = within(scope, 'legal_entities', 2);
    const rows = await this.db
      .seenBy(scope)
      .query<Row>(`select * from mapping_case where mapping_name = $1 and (message_id is null or ${seen.where}) order by name, id`, [
        mapping,
        ...seen.values,
      ]);
    const [all] = await this.db.query<{ count: number }>('select count(*)::int as count from mapping_case where mapping_name = $1', [
      mapping,
    ]);
    return { items: rows.map(shown), hidden: all!.count - rows.length };
  }

  async find(mapping: string, id: string, { scope }: Caller) {
    const seen = within(scope, 'legal_entities', 3);
    const [row] = await this.db
      .seenBy(scope)
      .query<Row>(`select * from mapping_case where mapping_name = $1 and id = $2 and (message_id is null or ${seen.where})`, [
        mapping,
        id,
        ...seen.values,
      ]);
    if (!row) throw new Problem('NOT_FOUND', `The mapping ${mapping} has no case ${id}.`);
    return shown(row);
  }

  /** Every case that can be run, whoever sees it: what holds for a mapping holds for all who save it. */
  async all(mapping: string, sql: Sql = this.db): Promise<StoredCase[]> {
    const rows = await sql.query<Row>('select * from mapping_case where mapping_name = $1 and erasure is null order by name, id', [
      mapping,
    ]);
    return rows.map(stored);
  }

  async make(
    mapping: string,
    sample: CaseSample,
    said: { name: string; tags?: string[]; expects: Expectation; reason?: string },
    who: Who,
  ) {
    const id = await this.db.transaction((tx) => this.insert(tx, mapping, sample, said, who.actor));
    return this.find(mapping, id, who.caller);
  }

  /** In the caller's transaction. */
  async insert(
    tx: Tx,
    mapping: string,
    sample: CaseSample,
    said: { name: string; tags?: string[]; expects: Expectation; reason?: string },
    actor: Actor,
  ) {
    // Two at once would both see room for one.
    await tx.query('select pg_advisory_xact_lock(hashtext($1))', [`cases ${mapping}`]);
    const texts = {
      input: sample.inputText,
      enriched: sample.enriched === undefined ? null : JSON.stringify(sample.enriched),
      expects: JSON.stringify(said.expects),
      tables: sample.tables === undefined ? null : JSON.stringify(sample.tables),
    };
    for (const [part, text] of Object.entries(texts))
      if (text !== null && text.length > caseLimits.textMax)
        throw new Problem('REQUEST_INVALID', `${part} has ${text.length} characters; ${caseLimits.textMax} are allowed.`, {
          path: `/${part}`,
        });
    const [held] = await tx.query<{ count: number; size: number }>(
      `select count(*)::int as count, coalesce(sum(length(input) + coalesce(length(enriched), 0) + length(expects) + coalesce(length(tables), 0)), 0)::int as size
       from mapping_case where mapping_name = $1`,
      [mapping],
    );
    const size = Object.values(texts).reduce((sum, text) => sum + (text?.length ?? 0), 0);
    if (held!.count >= caseLimits.casesMax || held!.size + size > casesTextMax)
      throw new Problem('MAPPING_CASES_FULL', `${mapping} has ${held!.count} cases with ${held!.size} characters.`);
    const id = newId('gcs');
    const { origin, messageId, sourceSystem, legalEntities = [], pack, flow, delivery, revision, asOf } = sample;
    const facts = JSON.stringify({ flow, delivery, revision });
    const inputHash = textHash(texts.input).toString('hex');
    const rows = await tx.query(
      `insert into mapping_case (id, mapping_name, name, tags, origin, message_id, source_system, legal_entities, pack, input, input_hash, enriched, facts, as_of, tables, expects, reason,
         created_by, created_by_id, changed_by, changed_by_id)
       values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$18,$19) on conflict (mapping_name, name) do nothing returning id`,
      [id, mapping, said.name, said.tags ?? [], origin, messageId ?? null, sourceSystem ?? null, legalEntities, pack ?? null, texts.input, inputHash, texts.enriched, facts, asOf, texts.tables, texts.expects, said.reason ?? null, actor.name, actor.id],
    ); // prettier-ignore
    if (rows.length === 0) throw new Problem('MAPPING_CASE_EXISTS', `${mapping} has a case "${said.name}".`, { path: '/name' });
    await this.audit.record(tx, actor, {
      action: 'mapping.case-made',
      object: { kind: 'mapping', id: mapping },
      summary: `${actor.name} made a golden case of the mapping ${mapping}`,
      reason: said.reason,
      after: { case: id, origin, ...(messageId ? { message: messageId } : {}), inputHash, expects: hashOf(texts.expects) },
    });
    return id;
  }

  async change(
    mapping: string,
    id: string,
    input: { revision: number; name?: string; tags?: string[]; expects?: Expectation; reason?: string },
    who: Who,
  ) {
    const before = await this.find(mapping, id, who.caller);
    if (before.erased) throw new Problem('MAPPING_CASE_ERASED', `What the case ${id} held was erased.`);
    if (input.expects !== undefined && input.reason === undefined)
      throw new Problem('REQUEST_INVALID', 'What is expected of a sample changes with a reason.', { path: '/reason' });
    const expects = input.expects === undefined ? undefined : JSON.stringify(input.expects);
    if (expects !== undefined && expects.length > caseLimits.textMax)
      throw new Problem('REQUEST_INVALID', `expects has ${expects.length} characters; ${caseLimits.textMax} are allowed.`, {
        path: '/expects',
      });
    await this.db.transaction(async (tx) => {
      const rows = await tx
        .query<{ expects: string }>(
          `update mapping_case set name = coalesce($4, name), tags = coalesce($5, tags), expects = coalesce($6, expects), reason = case when $6::text is null then reason else $7 end,
             revision = revision + 1, changed_at = now(), changed_by = $8, changed_by_id = $9 where mapping_name = $1 and id = $2 and revision = $3 and erasure is null returning expects`,
          [mapping, id, input.revision, input.name ?? null, input.tags ?? null, expects ?? null, input.reason ?? null, who.actor.name, who.actor.id],
        )
        .catch((error: unknown) => {
          if ((error as { code?: string }).code === '23505') throw new Problem('MAPPING_CASE_EXISTS', `${mapping} has a case "${input.name ?? ''}".`, { path: '/name' });
          throw error;
        }); // prettier-ignore
      if (rows.length === 0)
        throw new Problem('MAPPING_CASE_CHANGED', `The case ${id} is not at revision ${input.revision} any more.`, { path: '/revision' });
      await this.audit.record(tx, who.actor, {
        action: expects === undefined ? 'mapping.case-named' : 'mapping.case-expectation-changed',
        object: { kind: 'mapping', id: mapping },
        summary: `${who.actor.name} ${expects === undefined ? 'named a golden case anew' : 'changed what is expected of a golden case'} of the mapping ${mapping}`,
        reason: input.reason,
        before: { case: id, expects: hashOf(JSON.stringify(before.expects)) },
        after: { case: id, expects: hashOf(rows[0]!.expects) },
      });
    });
    return this.find(mapping, id, who.caller);
  }

  async remove(mapping: string, id: string, reason: string, who: Who): Promise<{ removed: boolean }> {
    const before = await this.find(mapping, id, who.caller);
    await this.db.transaction(async (tx) => {
      await tx.query('delete from mapping_case where mapping_name = $1 and id = $2', [mapping, id]);
      await this.audit.record(tx, who.actor, {
        action: 'mapping.case-removed',
        object: { kind: 'mapping', id: mapping },
        summary: `${who.actor.name} took a golden case of the mapping ${mapping} away`,
        reason,
        before: { case: id, inputHash: before.inputHash },
      });
    });
    return { removed: true };
  }

  /** The mapping as it is saved; a problem when there is none. */
  async sourceOf(mapping: string): Promise<string> {
    return (await this.mappings.find(mapping)).source;
  }
}

const hashOf = (text: string): string => textHash(text).toString('hex');
const parsed = (text: unknown): unknown => (typeof text === 'string' ? (JSON.parse(text) as unknown) : undefined);
const factsOf = (row: Row) => JSON.parse(row['facts'] as string) as { flow?: unknown; delivery?: unknown; revision: string };

function stored(row: Row): StoredCase {
  const { flow, delivery, revision } = factsOf(row);
  return {
    id: row['id'] as string,
    name: row['name'] as string,
    tags: row['tags'] as string[],
    input: parsed(row['input']),
    enriched: parsed(row['enriched']),
    flow,
    delivery,
    revision,
    asOf: row['as_of'] as string,
    tables: parsed(row['tables']) as TableRows[] | undefined,
    expects: parsed(row['expects']) as Expectation,
    caseRevision: row['revision'] as number,
    recorded: row['message_id'] !== null,
    legalEntities: row['legal_entities'] as string[],
  };
}

function shown(row: Row) {
  const { flow, delivery, revision } = factsOf(row);
  return {
    id: row['id'] as string,
    name: row['name'] as string,
    tags: row['tags'] as string[],
    revision: row['revision'] as number,
    origin: row['origin'] as CaseSample['origin'],
    messageId: row['message_id'] as string | null,
    pack: row['pack'] as string | null,
    input: parsed(row['input']),
    inputHash: row['input_hash'] as string,
    enriched: (parsed(row['enriched']) ?? null) as JsonObject | null,
    flow: flow ?? null,
    delivery: delivery ?? null,
    recordRevision: revision,
    asOf: row['as_of'] as string,
    tables: (parsed(row['tables']) ?? null) as TableRows[] | null,
    expects: parsed(row['expects']) as Expectation,
    reason: row['reason'] as string | null,
    createdAt: (row['created_at'] as Date).toISOString(),
    createdBy: row['created_by'] as string,
    changedAt: (row['changed_at'] as Date).toISOString(),
    changedBy: row['changed_by'] as string,
    erased: row['erasure'] !== null,
  };
}
