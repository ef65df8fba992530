import { Controller, Inject } from '@nestjs/common';
import { DraftStore } from '../../catalog/index.js';
import { catalogRoutes } from '../../catalog/routes.js';
import { In, Route, type Input } from '../../platform/http/index.js';
import { Problem } from '../../platform/problems/index.js';
import { ActStore } from '../acts.store.js';
import { exceptionRoutes } from '../routes.js';
import { WorkListStore } from '../work-list.store.js';
import { ImpactStore } from './impact.store.js';

@Controller()
export class ImpactController {
  constructor(
    @Inject(ImpactStore) private readonly impacts: ImpactStore,
    @Inject(DraftStore) private readonly drafts: DraftStore,
    @Inject(ActStore) private readonly acts: ActStore,
    @Inject(WorkListStore) private readonly workList: WorkListStore,
  ) {}

  @Route(catalogRoutes.getDraftImpact)
  impact(@In() { params, caller }: Input<typeof catalogRoutes.getDraftImpact>) {
    return this.impacts.of(params.id, caller);
  }

  /** With what it would do, tried now, for whoever approves it. */
  @Route(catalogRoutes.submitTableDraft)
  async submit(@In() { params, body, ...who }: Input<typeof catalogRoutes.submitTableDraft>) {
    const { table, hash } = await this.drafts.trial(params.id);
    const needed = table.approver !== null && hash === body.contentHash;
    const evidence = needed ? evidenceOf(await this.impacts.of(params.id, who.caller), who.caller.name) : undefined;
    return this.drafts.submit(params.id, { hash: body.contentHash, reason: body.reason, evidence }, who);
  }

  /** The row that an exception misses, as a draft, with what it would clear. */
  @Route(exceptionRoutes.draftForException)
  async draft(@In() { params, body, ...who }: Input<typeof exceptionRoutes.draftForException>) {
    const exception = await this.workList.find(params.id, who.caller);
    const { fix } = exception as { fix: { kind: string; table?: string } };
    if (fix.kind !== 'table' || fix.table === undefined)
      throw new Problem('EDIT_NOT_POSSIBLE', `The exception ${params.id} names no table.`, { remedy: 'Its remedy says where the cause is put right.' }); // prettier-ignore
    if (exception.state === 'resolved') throw new Problem('EXCEPTION_CLOSED', `The exception ${params.id} has already ended.`);
    const draft = await this.drafts.make(fix.table, { ...body, origin: 'exception', exception: params.id }, who, (tx, { words }) =>
      this.acts.tell(tx, [params.id], { kind: 'row-drafted', words }, who.actor),
    );
    const { exceptions } = await this.impacts.of(draft.id, who.caller);
    return { draft, exceptions };
  }
}

/** Sums alone: who approves may not see the documents. */
function evidenceOf({ triedAt, exceptions, flows }: Awaited<ReturnType<ImpactStore['of']>>, by: string) {
  const { matched, tried, clears, money } = exceptions;
  return {
    triedAt,
    by,
    exceptions: { matched, tried, clears, money },
    flows: flows.map((flow) => ({
      flow: flow.flow,
      tried: flow.tried,
      changed: flow.changed,
      worksNow: flow.worksNow,
      failsNow: flow.failsNow,
      before: flow.before,
      after: flow.after,
    })),
  };
}
