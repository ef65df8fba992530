import { Controller, Inject } from '@nestjs/common';
import { In, Route, type Input } from '../platform/http/index.js';
import { ExceptionStore } from './exceptions.store.js';
import { ExceptionExport } from './export.store.js';
import { ExceptionFacets } from './facets.store.js';
import { HistoryStore } from './history.store.js';
import { exceptionRoutes as routes } from './routes.js';
import { WorkListStore } from './work-list.store.js';

@Controller()
export class ExceptionsController {
  constructor(
    @Inject(WorkListStore) private readonly workList: WorkListStore,
    @Inject(ExceptionStore) private readonly exceptions: ExceptionStore,
    @Inject(HistoryStore) private readonly histories: HistoryStore,
    @Inject(ExceptionFacets) private readonly facets: ExceptionFacets,
    @Inject(ExceptionExport) private readonly exports: ExceptionExport,
  ) {}

  @Route(routes.listExceptions)
  list(@In() { query, caller }: Input<typeof routes.listExceptions>) {
    return this.workList.list(query, caller);
  }

  @Route(routes.getExceptionAgeing)
  ageing(@In() { query, caller }: Input<typeof routes.getExceptionAgeing>) {
    return this.workList.ageing(query, caller);
  }

  @Route(routes.getExceptionFacet)
  facet(@In() { query: { field, find, ...filter }, caller }: Input<typeof routes.getExceptionFacet>) {
    return this.facets.of(field, filter, caller, find);
  }

  @Route(routes.listExceptionGroups)
  groups(@In() { query, caller }: Input<typeof routes.listExceptionGroups>) {
    return this.workList.groups(query, caller);
  }

  @Route(routes.exportExceptions)
  async export(@In() { query, reply, ...who }: Input<typeof routes.exportExceptions>): Promise<void> {
    const { name, text } = await this.exports.csv(query, who);
    await reply
      .header('content-type', 'text/csv; charset=utf-8; header=present')
      .header('content-disposition', `attachment; filename="${name}"`)
      .send(text);
  }

  @Route(routes.listAssignees)
  async assignees(@In() { caller }: Input<typeof routes.listAssignees>) {
    return { items: await this.exceptions.assignees(caller) };
  }

  @Route(routes.getException)
  find(@In() { params, caller }: Input<typeof routes.getException>) {
    return this.workList.find(params.id, caller);
  }

  @Route(routes.getExceptionHistory)
  history(@In() { params, caller }: Input<typeof routes.getExceptionHistory>) {
    return this.histories.of(params.id, caller);
  }

  @Route(routes.assignException)
  async assign(@In() { params, body, ...who }: Input<typeof routes.assignException>) {
    await this.exceptions.assign({ one: params.id }, body.assignee, who);
    return this.workList.find(params.id, who.caller);
  }

  @Route(routes.snoozeException)
  async snooze(@In() { params, body, ...who }: Input<typeof routes.snoozeException>) {
    await this.exceptions.snooze({ one: params.id }, body.until, body.reason, who);
    return this.workList.find(params.id, who.caller);
  }

  @Route(routes.commentException)
  async comment(@In() { params, body, ...who }: Input<typeof routes.commentException>) {
    await this.exceptions.comment(params.id, body.text, who);
    return this.workList.find(params.id, who.caller);
  }

  @Route(routes.resolveException)
  async resolve(@In() { params, body, ...who }: Input<typeof routes.resolveException>) {
    await this.exceptions.resolve({ one: params.id }, body.reason, who);
    return this.workList.find(params.id, who.caller);
  }
}
