import { Inject, Injectable } from '@nestjs/common';
import type { Effect, JsonObject } from '@waybill/sdk';
import { effectOf } from '../../canon/index.js';
import { ConnectionStore, isHub, isInbound, ReleaseStore, SchemaBook, TableStore, typeName, type Release } from '../../catalog/index.js';
import { Database, seesEverything, type Scope } from '../../platform/database/index.js';
import { contentHash } from '../../platform/json/index.js';
import { Problem, type ProblemItem } from '../../platform/problems/index.js';
import { dedupe } from '../dedupe/dedupe.js';
import { namedIn } from '../expressions.js';
import type { Ending, Journey } from '../journey.js';
import { factsOf } from '../map/map.js';
import { misfitsMax, misfitsOf } from '../misfits.js';
import { MessageStore } from '../messages.store.js';
import { Pipeline } from '../pipeline.store.js';
import { Preview } from '../preview.store.js';
import { PostingStore } from '../send/postings.store.js';
import { readyToSend } from '../send/send.js';
import type { Stage } from '../vocabulary.js';
import { reasonOf, verdictOf, type Verdict } from './verdict.js';

/** A document that somebody asks about before anything happens to it. */
export interface Asked {
  document: JsonObject;
  release?: number | undefined;
  effect?: Effect | undefined;
  revision?: string | undefined;
  occurredAt?: string | undefined;
  delivery?: JsonObject | undefined;
}

interface Stopped {
  stage: Stage;
  ending: Ending;
}

/** Newer than every message that there is. */
const newestSeq = String(2n ** 63n - 1n);
const unnamed = 'unnamed';

/**
 * What a flow would do with a document, through the stages of the pipeline and up to the door of the target, with the tables and the books as they
 * are now. Look-ups in other systems are asked as for a message. Nothing is stored, nothing is sent.
 */
@Injectable()
export class ValidationStore {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(ReleaseStore) private readonly releases: ReleaseStore,
    @Inject(ConnectionStore) private readonly connections: ConnectionStore,
    @Inject(TableStore) private readonly tables: TableStore,
    @Inject(SchemaBook) private readonly schemas: SchemaBook,
    @Inject(Pipeline) private readonly pipeline: Pipeline,
    @Inject(Preview) private readonly preview: Preview,
    @Inject(MessageStore) private readonly messages: MessageStore,
    @Inject(PostingStore) private readonly postings: PostingStore,
  ) {}

  async validate(flow: string, asked: Asked, scope: Scope) {
    const release = await this.release(flow, asked.release);
    const journey = await this.journey(release, asked);
    const expressions = [wanted(release), await this.keyExpression(release)];
    const [[taken, key] = []] = await this.preview.evaluate([journey], expressions);
    const named = key === null || key === undefined ? undefined : namedIn(key);
    journey.row = { ...journey.row, key: named ?? unnamed };
    if (named === undefined) journey.delivery = { ...journey.delivery, keyProblem: `the key ${expressions[1]!} gave nothing` };

    const left = taken === 'false';
    const misfits = left ? [] : this.atTheDoor(release, journey);
    const stopped = left ? undefined : await this.through(journey, asked, misfits);
    const facts = journey.facts ?? factsOf(journey, journey.output ?? journey.source);
    if (facts.legalEntity !== null && scope.entities !== null && !scope.entities.includes(facts.legalEntity))
      throw new Problem('FORBIDDEN', `The document belongs to the legal entity ${facts.legalEntity}, which you do not see.`, {
        path: '/document',
        remedy: 'Ask somebody who sees it.',
      });

    const ending = stopped?.ending;
    const verdict: Verdict = left ? 'not-taken' : verdictOf(ending);
    const whole = seesEverything(scope);
    return {
      verdict,
      stage: stopped?.stage ?? null,
      reason: left ? `The flow takes only what ${release.definition.when!} holds for.` : reasonOf(ending),
      flow,
      release: release.version,
      mapping: { name: release.mapping.name, version: release.mapping.version },
      key: named ?? null,
      document: left
        ? null
        : {
            number: facts.title,
            customer: facts.customer,
            legalEntity: facts.legalEntity,
            amount: facts.amount !== null && facts.currency !== null ? { amount: facts.amount, currency: facts.currency } : null,
          },
      approval: ending?.to === 'held' ? { rule: ending.approval.rule, role: ending.approval.role } : null,
      exception: ending?.to === 'exception' ? exceptionOf(ending.facts) : null,
      problems: misfits.length > 0 ? misfits : misfitsOf(release, journey.output, ending?.to === 'exception' ? ending.facts : undefined, this.schemas),
      posted: ending?.to === 'duplicate' && ending.postingId !== undefined ? { connection: targetOf(release), documentNumber: ending.documentNumber || null } : null,
      enriched: whole && !left ? journey.enriched : null,
      output: whole ? (journey.output ?? null) : null,
    };
  } // prettier-ignore

  private async release(flow: string, version: number | undefined): Promise<Release> {
    const { releaseId } = await this.releases.flow(flow);
    if (version === undefined) return this.releases.release(releaseId);
    const [row] = await this.db.query<{ id: string }>('select id from release where flow = $1 and version = $2', [flow, version]);
    if (!row) throw new Problem('NOT_FOUND', `The flow ${flow} has no version ${version}.`, { path: '/release' });
    return this.releases.release(row.id);
  }

  /** As a message of it would begin; what the hub stamps on a canonical object is filled in where it is left out. */
  private async journey(release: Release, asked: Asked): Promise<Journey> {
    const { from } = release.definition;
    const told = asked.document['occurredAt'];
    const occurredAt = asked.occurredAt ?? (!isInbound(from) && typeof told === 'string' && Number.isFinite(Date.parse(told)) ? told : new Date().toISOString());
    const revision = asked.revision ?? '0';
    const document = isInbound(from) ? asked.document : { sourceRevision: revision, correlationId: unnamed, occurredAt, ...asked.document };
    const journey = this.preview.sample(release, document, occurredAt);
    journey.delivery = asked.delivery ?? {};
    const source = isInbound(from)
      ? { sourceSystem: (await this.connections.find(from.connection)).system, connection: from.connection, stream: from.stream }
      : {};
    journey.row = { ...journey.row, ...source, seq: newestSeq, effect: asked.effect ?? (isInbound(from) ? ('create' as const) : effectOf(typeName(from.canonical), document)), revision, contentHash: contentHash(document).toString('hex') };
    return journey;
  } // prettier-ignore

  private async keyExpression({ definition: { from, key } }: Release): Promise<string> {
    if (!isInbound(from)) return 'sourceId';
    return key ?? (await this.connections.open(from.connection)).connector.streams[from.stream]?.key ?? 'id';
  }

  /** Each place where the document does not fit; a flow that begins at the hub gets what the hub's schema lets in. */
  private atTheDoor({ accept, definition: { from } }: Release, { source }: Journey): ProblemItem[] {
    const schema = isInbound(from) ? accept : this.schemas.find(from.canonical)?.schema;
    return schema ? this.schemas.problems(schema, source, misfitsMax) : [];
  }

  private async through(journey: Journey, { revision }: Asked, misfits: readonly ProblemItem[]): Promise<Stopped | undefined> {
    const hub = !isInbound(journey.release.definition.from);
    if (hub && misfits.length > 0) return { stage: 'accept', ending: misfit(journey, misfits) };
    if (revision !== undefined && misfits.length === 0) {
      const [before] = dedupe([journey], await this.messages.earlier([journey.row]));
      if (before) return { stage: 'dedupe', ending: before.ending };
    }
    const { ended } = await this.preview.try(journey, undefined, 'accept');
    return ended ?? this.atTheTarget(journey);
  }

  private async atTheTarget(journey: Journey): Promise<Stopped | undefined> {
    if (isHub(journey.release.definition.to)) return undefined;
    const target = await this.pipeline.target(journey);
    const tools = this.pipeline.tools(await this.tables.snapshot(), [], { signal: AbortSignal.timeout(20_000) });
    const { ready, ended } = await readyToSend([journey], target, tools);
    const ending = ended[0]?.ending ?? (ready[0] && (await this.postings.ahead(ready[0], target)));
    return ending && { stage: 'send', ending };
  }
}

/** `false` only where the flow says so: a condition that fails makes a message, which shows what is wrong with it. */
const wanted = ({ definition: { when } }: Release): string =>
  when === undefined ? 'true' : `($wanted := (${when}); $exists($wanted) and $boolean($wanted))`;

function misfit({ release }: Journey, [first, ...more]: readonly ProblemItem[]): Ending {
  const { path, detail } = first!;
  return {
    to: 'exception',
    facts: {
      category: 'transformation',
      code: 'RECORD_INVALID',
      cause: `${path ?? 'The document'} ${detail}${more.length > 0 ? ` (and ${more.length} more)` : ''}.`,
      causeKey: `record ${release.flow} ${path ?? ''} ${detail}`,
      remedy: 'Give the canonical object as the hub would hold it.',
      ...(path ? { path } : {}),
      fix: { kind: 'source' },
    },
  };
}

const targetOf = ({ definition: { to } }: Release): string => (isHub(to) ? to.canonical : to.connection);

const exceptionOf = ({ category, code, cause, remedy, path }: Extract<Ending, { to: 'exception' }>['facts']) => ({
  category,
  code,
  cause,
  remedy,
  ...(path === undefined ? {} : { path }),
});
