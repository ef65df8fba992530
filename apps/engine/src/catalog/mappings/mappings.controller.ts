import { Controller, Inject } from '@nestjs/common';
import { Database } from '../../platform/database/index.js';
import { In, Route, type Actor, type Caller, type Input } from '../../platform/http/index.js';
import { Problem } from '../../platform/problems/index.js';
import { isHub } from '../flows/definition.js';
import { ReleaseStore } from '../flows/releases.store.js';
import { catalogRoutes as routes } from '../routes.js';
import { CaseProver } from './case-proof.store.js';
import { mappingProblems, MappingStore, mappingWarnings } from './mappings.store.js';

/** A version as it is sent. */
interface Saved {
  source: string;
  note?: string | undefined;
  expectedVersion?: number | undefined;
  /** Live nowhere yet. */
  draft?: boolean | undefined;
}

interface Who {
  caller: Caller;
  actor: Actor;
}

@Controller()
export class MappingsController {
  constructor(
    @Inject(MappingStore) private readonly mappings: MappingStore,
    @Inject(ReleaseStore) private readonly releases: ReleaseStore,
    @Inject(CaseProver) private readonly prover: CaseProver,
    @Inject(Database) private readonly db: Database,
  ) {}

  @Route(routes.listMappings)
  async list() {
    const flows = await this.releases.flows();
    const items = (await this.mappings.list()).map((mapping) => ({
      ...mapping,
      usedBy: flows.filter((f) => f.definition.map === mapping.name).map((f) => f.name),
    }));
    return { items, next: null };
  }

  @Route(routes.getMapping)
  async find(@In() input: Input<typeof routes.getMapping>) {
    const { name } = input.params;
    const mapping = await this.mappings.find(name, input.query.version);
    const users = (await this.releases.flows()).filter((f) => f.definition.map === name);
    return {
      name,
      version: mapping.version,
      source: mapping.source,
      versions: mapping.versions.map((v) => ({
        version: v['version'] as number,
        hash: v['hash'] as string,
        note: v['note'] as string | null,
        createdAt: (v['created_at'] as Date).toISOString(),
        createdBy: v['created_by'] as string,
        draft: v['draft'] as boolean,
      })),
      usedBy: users.map(({ name: flow, mappingVersion, definition: { to, produce } }) => ({
        flow,
        version: mappingVersion,
        produce: isHub(to) ? to.canonical : (produce ?? `${to.connection} · ${to.operation}`),
      })),
    };
  }

  @Route(routes.putMapping)
  put(@In() input: Input<typeof routes.putMapping>) {
    const body = input.body as Saved | undefined;
    const source = input.text ?? body?.source;
    if (source === undefined)
      throw new Problem('REQUEST_INVALID', 'The mapping is missing.', { remedy: 'Send it as `source`, or as a body of type text/plain.' });
    return this.save(input.params.name, { ...body, source, draft: body?.draft ?? input.query.draft }, input);
  }

  @Route(routes.overrideMapping)
  override(@In() { params, body: { reason, ...saved }, ...who }: Input<typeof routes.overrideMapping>) {
    return this.save(params.name, saved, who, reason);
  }

  private async save(name: string, { source, note, expectedVersion, draft }: Saved, { caller, actor }: Who, override?: string) {
    // A text that is no expression has no cases to run: saving says what is wrong with it.
    const proven = await this.prover.prove(name, source, caller.scope, override);
    return this.db.transaction(async (tx) => {
      const saved = await this.mappings.put(tx, name, { source, note, expectedVersion }, actor, proven);
      const mapping = await this.mappings.find(name, saved.version, tx);
      const releases = await this.releases.releaseForMapping(tx, mapping, { draft }, actor);
      return {
        name,
        ...saved,
        released: releases.filter(({ state }) => state === 'live').map(({ flow }) => flow),
        drafts: releases.filter(({ state }) => state !== 'live').map(({ flow, id, version }) => ({ flow, releaseId: id, version })),
      };
    });
  }

  @Route(routes.checkMapping)
  check(@In() input: Input<typeof routes.checkMapping>) {
    const { source } = input.body;
    const problems = mappingProblems(source);
    return { ok: problems.length === 0, problems, warnings: problems.length === 0 ? mappingWarnings(source) : [] };
  }
}
