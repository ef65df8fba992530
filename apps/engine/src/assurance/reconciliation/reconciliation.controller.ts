import { Controller, Inject } from '@nestjs/common';
import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { ControlStore, legalEntityOf, readBackOf, type ControlVersion } from '../../catalog/index.js';
import { csvLine } from '../../platform/csv/index.js';
import type { Scope } from '../../platform/database/index.js';
import { In, Route, type Caller, type Input } from '../../platform/http/index.js';
import { Problem } from '../../platform/problems/index.js';
import { CheckpointStore } from './checkpoints.store.js';
import { EvidenceStore } from './evidence.store.js';
import { gapColumns } from './gaps-csv.js';
import { GapStore, type GapFilter } from './gaps.store.js';
import { reconciliationRoutes as routes } from './routes.js';
import { ControlRunner } from './runner.store.js';
import { ControlRunStore, type ControlRun } from './runs.store.js';

const exportPage = 200;

@Controller()
export class ReconciliationController {
  constructor(
    @Inject(ControlStore) private readonly controls: ControlStore,
    @Inject(ControlRunStore) private readonly runs: ControlRunStore,
    @Inject(ControlRunner) private readonly runner: ControlRunner,
    @Inject(GapStore) private readonly gaps: GapStore,
    @Inject(CheckpointStore) private readonly checkpoints: CheckpointStore,
    @Inject(EvidenceStore) private readonly evidence: EvidenceStore,
  ) {}

  @Route(routes.listControls)
  async list(@In() { caller: { scope } }: Input<typeof routes.listControls>) {
    const seen = (await this.controls.all()).filter((one) => sees(scope, one));
    const items = await Promise.all(seen.map(async (one) => shape(one, await this.newest(one.name, scope))));
    return { items, next: null };
  }

  @Route(routes.getControlBoard)
  async board(@In() { query, caller }: Input<typeof routes.getControlBoard>) {
    return { items: await this.runs.board(query.days ?? 14, caller.scope), next: null };
  }

  @Route(routes.getControl)
  async find(@In() { params, caller }: Input<typeof routes.getControl>) {
    return this.detail(await this.seen(params.name, caller.scope), caller.scope);
  }

  @Route(routes.putControl)
  async put(@In() { params, body, text, caller, actor }: Input<typeof routes.putControl>) {
    const given = body as { yaml?: string; note?: string } | undefined;
    const yaml = text ?? given?.yaml;
    if (yaml === undefined)
      throw new Problem('REQUEST_INVALID', 'The control file is missing.', { remedy: 'Send it as `yaml`, or as a body of type application/yaml.' }); // prettier-ignore
    const saved = await this.controls.put(
      params.name,
      { yaml, note: given?.note, sees: (entity) => seesEntity(caller.scope, entity) },
      actor,
    );
    return this.detail(saved, caller.scope);
  }

  @Route(routes.pauseControl)
  pause(@In() { params, caller, actor }: Input<typeof routes.pauseControl>) {
    return this.setState(params.name, 'paused', { caller, actor });
  }

  @Route(routes.resumeControl)
  resume(@In() { params, caller, actor }: Input<typeof routes.resumeControl>) {
    return this.setState(params.name, 'on', { caller, actor });
  }

  @Route(routes.startControlRun)
  async start(@In() { params, body, caller, actor }: Input<typeof routes.startControlRun>) {
    const control = await this.seen(params.name, caller.scope);
    const period = body.period ?? monthIn(control.definition.daily.timeZone);
    return this.runDetail((await this.runner.start(control, period, actor)).id, caller.scope);
  }

  @Route(routes.listControlRuns)
  listRuns(@In() { query, caller }: Input<typeof routes.listControlRuns>) {
    return this.runs.list(query, caller.scope);
  }

  @Route(routes.getControlRun)
  findRun(@In() { params, caller }: Input<typeof routes.getControlRun>) {
    return this.runDetail(params.id, caller.scope);
  }

  @Route(routes.listGaps)
  async listGaps(@In() { params, query, caller }: Input<typeof routes.listGaps>) {
    await this.runs.find(params.id, caller.scope);
    return this.gaps.list(params.id, query as GapFilter, caller);
  }

  /** At most as many lines as a run keeps gaps, so the file is made whole before its first byte leaves. */
  @Route(routes.exportGaps)
  async exportGaps(@In() { params, query, caller, reply }: Input<typeof routes.exportGaps>): Promise<string> {
    await this.runs.find(params.id, caller.scope);
    const lines = [csvLine(gapColumns.map(([name]) => name))];
    for (let cursor: string | undefined; ;) {
      const { items, next } = await this.gaps.list(params.id, { ...(query as GapFilter), limit: exportPage, cursor }, caller);
      lines.push(...items.map((gap) => csvLine(gapColumns.map(([, cell]) => cell(gap)))));
      if (next === null) break;
      cursor = next;
    }
    void reply
      .header('content-type', 'text/csv; charset=utf-8; header=present')
      .header('content-disposition', `attachment; filename="waybill-gaps-${params.id}.csv"`);
    return lines.join('');
  }

  @Route(routes.acceptGap)
  accept(@In() { params, body, caller, actor }: Input<typeof routes.acceptGap>) {
    return this.gaps.accept(params.id, body as { as: 'timing' | 'explained'; reason: string }, caller, actor);
  }

  @Route(routes.withdrawGap)
  withdraw(@In() { params, body, caller, actor }: Input<typeof routes.withdrawGap>) {
    return this.gaps.withdraw(params.id, body.reason, caller, actor);
  }

  @Route(routes.prepareCheckpoint)
  prepare(@In() { params, body, caller, actor }: Input<typeof routes.prepareCheckpoint>) {
    return this.checkpoints.prepare(params.id, body, caller, actor);
  }

  @Route(routes.reviewCheckpoint)
  review(@In() { params, body, caller, actor }: Input<typeof routes.reviewCheckpoint>) {
    return this.checkpoints.review(params.id, body, caller, actor);
  }

  @Route(routes.reopenCheckpoint)
  reopen(@In() { params, body, caller, actor }: Input<typeof routes.reopenCheckpoint>) {
    return this.checkpoints.reopen(params.id, body.reason, caller, actor);
  }

  @Route(routes.exportEvidence)
  async exportEvidence(@In() { params, caller, actor, reply }: Input<typeof routes.exportEvidence>): Promise<void> {
    const { name, pieces } = await this.evidence.begin(params.id, caller, actor);
    void reply
      .header('content-type', 'application/zip')
      .header('content-disposition', `attachment; filename="${name}"`)
      .send(Readable.from(pieces, { objectMode: false }));
    // A reader who went away is no error: the log has the beginning and no end.
    await finished(reply.raw).catch(() => undefined);
    reply.hijack(); // the framework takes an answer that broke off for one that was not given, and would give another
  }

  private async setState(name: string, state: 'on' | 'paused', { caller, actor }: Pick<Input<typeof routes.pauseControl>, 'caller' | 'actor'>) {
    await this.seen(name, caller.scope);
    return this.detail(await this.controls.setState(name, state, actor), caller.scope);
  } // prettier-ignore

  private async seen(name: string, scope: Caller['scope']): Promise<ControlVersion> {
    const control = await this.controls.find(name);
    if (!sees(scope, control)) throw new Problem('NOT_FOUND', `There is no control ${name}.`);
    return control;
  }

  private async newest(control: string, scope: Scope): Promise<ControlRun | null> {
    return (await this.runs.list({ control, limit: 1 }, scope)).items[0] ?? null;
  }

  private async detail(control: ControlVersion, scope: Scope) {
    const { yaml, definition, note } = control;
    return { ...shape(control, await this.newest(control.name, scope)), yaml, definition, note };
  }

  private async runDetail(id: string, scope: Scope) {
    const run = await this.runs.find(id, scope);
    const contentHash = run.state === 'done' ? await this.checkpoints.hashOf(id) : null;
    return { ...run, contentHash, checkpoints: await this.checkpoints.of(run.control, run.period, scope) };
  }
}

const seesEntity = ({ entities }: Scope, entity: string): boolean => entities === null || entities.includes(entity);
const sees = (scope: Scope, { definition }: ControlVersion): boolean => seesEntity(scope, legalEntityOf(definition));

/** The month that it is there now. */
const monthIn = (timeZone: string): string => new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(new Date()).slice(0, 7); // prettier-ignore

const shape = ({ name, version, state, definition, createdAt, createdBy }: ControlVersion, newest: ControlRun | null) => ({
  name,
  version,
  state,
  description: definition.description,
  compare: definition.compare,
  legalEntity: legalEntityOf(definition),
  connection: readBackOf(definition).connection,
  daily: definition.daily,
  createdAt,
  createdBy,
  newest,
});
