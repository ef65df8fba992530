import { Controller, Inject } from '@nestjs/common';
import { SyntheticCheckStore, type SyntheticCheck } from '../../catalog/index.js';
import type { Scope } from '../../platform/database/index.js';
import { In, Route, type Caller, type Input } from '../../platform/http/index.js';
import { Problem } from '../../platform/problems/index.js';
import { syntheticRoutes as routes } from './routes.js';
import { SyntheticRunner } from './runner.store.js';
import { SyntheticRunStore } from './runs.store.js';

@Controller()
export class SyntheticController {
  constructor(
    @Inject(SyntheticCheckStore) private readonly checks: SyntheticCheckStore,
    @Inject(SyntheticRunStore) private readonly runs: SyntheticRunStore,
    @Inject(SyntheticRunner) private readonly runner: SyntheticRunner,
  ) {}

  @Route(routes.listSyntheticChecks)
  async list(@In() { caller: { scope } }: Input<typeof routes.listSyntheticChecks>) {
    const seen = (await this.checks.all()).filter((one) => sees(scope, one.definition.legalEntity));
    return { items: await Promise.all(seen.map((one) => this.summary(one, scope))), next: null };
  }

  @Route(routes.getSyntheticCheck)
  async find(@In() { params, caller }: Input<typeof routes.getSyntheticCheck>) {
    return this.detail(await this.seen(params.name, caller.scope), caller.scope);
  }

  @Route(routes.putSyntheticCheck)
  async put(@In() { params, body, text, caller, actor }: Input<typeof routes.putSyntheticCheck>) {
    const given = body as { yaml?: string; note?: string } | undefined;
    const yaml = text ?? given?.yaml;
    if (yaml === undefined)
      throw new Problem('REQUEST_INVALID', 'The file of the synthetic check is missing.', { remedy: 'Send it as `yaml`, or as a body of type application/yaml.' }); // prettier-ignore
    const saved = await this.checks.put(params.name, { yaml, note: given?.note, sees: (entity) => sees(caller.scope, entity) }, actor);
    return this.detail(saved, caller.scope);
  }

  @Route(routes.pauseSyntheticCheck)
  async pause(@In() { params, body, caller, actor }: Input<typeof routes.pauseSyntheticCheck>) {
    await this.seen(params.name, caller.scope);
    return this.detail(await this.checks.setState(params.name, { state: 'paused', reason: body.reason }, actor), caller.scope);
  }

  @Route(routes.resumeSyntheticCheck)
  async resume(@In() { params, body, caller, actor }: Input<typeof routes.resumeSyntheticCheck>) {
    await this.seen(params.name, caller.scope);
    return this.detail(await this.checks.setState(params.name, { state: 'on', reason: body.reason }, actor), caller.scope);
  }

  @Route(routes.startSyntheticRun)
  async start(@In() { params, caller, actor }: Input<typeof routes.startSyntheticRun>) {
    return this.runDetail(await this.runner.start(await this.seen(params.name, caller.scope), actor), caller.scope);
  }

  @Route(routes.listSyntheticRuns)
  listRuns(@In() { query, caller }: Input<typeof routes.listSyntheticRuns>) {
    return this.runs.list(query, caller.scope);
  }

  @Route(routes.getSyntheticRun)
  findRun(@In() { params, caller }: Input<typeof routes.getSyntheticRun>) {
    return this.runDetail(params.id, caller.scope);
  }

  @Route(routes.giveUpSyntheticRun)
  async giveUp(@In() { params, body, caller, actor }: Input<typeof routes.giveUpSyntheticRun>) {
    await this.runs.giveUp(params.id, body.reason, { scope: caller.scope, actor });
    return this.runDetail(params.id, caller.scope);
  }

  private async seen(name: string, scope: Caller['scope']): Promise<SyntheticCheck> {
    const check = await this.checks.find(name);
    if (!sees(scope, check.definition.legalEntity)) throw new Problem('NOT_FOUND', `There is no synthetic check ${name}.`);
    return check;
  }

  private async runDetail(id: string, scope: Scope) {
    return { ...(await this.runs.find(id, scope)), messages: await this.runs.messages(id, scope) };
  }

  private async detail(check: SyntheticCheck, scope: Scope) {
    const { yaml, definition, note } = check;
    return { ...(await this.summary(check, scope)), yaml, definition, note };
  }

  private async summary(check: SyntheticCheck, scope: Scope) {
    const { name, version, state, paused, nextAt, createdAt, createdBy, definition } = check;
    const { description, owner, legalEntity, currency, customer, everyMs, steps } = definition;
    return {
      name,
      version,
      state,
      paused,
      description,
      owner,
      legalEntity,
      currency,
      customer,
      everyMs,
      nextAt,
      steps: steps.map(({ step, through, reverses }) => ({ step, through, reverses: reverses ?? null })),
      createdAt,
      createdBy,
      newest: (await this.runs.list({ check: name, limit: 1 }, scope)).items[0] ?? null,
    };
  }
}

const sees = ({ entities }: Scope, entity: string): boolean => entities === null || entities.includes(entity);
