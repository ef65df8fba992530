import { Controller, Inject } from '@nestjs/common';
import { CandidateStore } from '../../catalog/index.js';
import { catalogRoutes } from '../../catalog/routes.js';
import { In, Route, type Input } from '../../platform/http/index.js';
import { comparisonRoutes as routes } from './comparison-routes.js';
import { ComparisonStore } from './comparison.store.js';

@Controller()
export class ComparisonController {
  constructor(
    @Inject(ComparisonStore) private readonly comparisons: ComparisonStore,
    @Inject(CandidateStore) private readonly candidates: CandidateStore,
  ) {}

  @Route(routes.compareMapping)
  mapping(@In() { params, body, caller }: Input<typeof routes.compareMapping>) {
    return this.comparisons.ofMapping(params.name, body, caller);
  }

  @Route(routes.compareRelease)
  release(@In() { params, body, caller }: Input<typeof routes.compareRelease>) {
    return this.comparisons.ofRelease(params.id, body.newest, caller);
  }

  /** With what it would do, tried now, for whoever approves it. */
  @Route(catalogRoutes.submitRelease)
  async submit(@In() { params, body, ...who }: Input<typeof catalogRoutes.submitRelease>) {
    const release = await this.candidates.find(params.id, who.caller);
    const needed = release.approver !== null && release.state === 'draft' && release.contentHash === body.contentHash;
    const evidence = needed ? evidenceOf(await this.comparisons.ofRelease(params.id, undefined, who.caller), who.caller.name) : undefined;
    return this.candidates.submit(params.id, { hash: body.contentHash, reason: body.reason, evidence }, who);
  }
}

/** Sums and names of fields alone: who approves may not see the documents. */
function evidenceOf({ documents: _, fields, against: __, ...sums }: Awaited<ReturnType<ComparisonStore['ofRelease']>>, by: string) {
  return { ...sums, by, fields: fields.slice(0, 20).map(({ path, shape, count }) => ({ path, shape, count })) };
}
