import { Controller, Inject } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/index.js';
import { Problem } from '../../platform/problems/index.js';
import { DraftStore } from './drafts.store.js';
import { tableDraftRoutes as routes } from './draft-routes.js';
import { TableFile } from './table-file.store.js';
import { TableStore } from './tables.store.js';

@Controller()
export class DraftsController {
  constructor(
    @Inject(DraftStore) private readonly drafts: DraftStore,
    @Inject(TableStore) private readonly tables: TableStore,
    @Inject(TableFile) private readonly file: TableFile,
  ) {}

  @Route(routes.listTableVersions)
  versions(@In() input: Input<typeof routes.listTableVersions>) {
    return this.tables.versions(input.params.name, input.query);
  }

  @Route(routes.getTableVersion)
  version(@In() input: Input<typeof routes.getTableVersion>) {
    return this.tables.version(input.params.name, input.params.version);
  }

  @Route(routes.exportTable)
  async export(@In() { params, query, actor, reply }: Input<typeof routes.exportTable>): Promise<void> {
    const { name, text } = await this.file.csv(params.name, query.asOf, actor);
    await reply
      .header('content-type', 'text/csv; charset=utf-8; header=present')
      .header('content-disposition', `attachment; filename="${name}"`)
      .send(text);
  }

  @Route(routes.listTableDrafts)
  list(@In() input: Input<typeof routes.listTableDrafts>) {
    return this.drafts.list(input.query);
  }

  @Route(routes.makeTableDraft)
  make(@In() input: Input<typeof routes.makeTableDraft>) {
    const { name } = input.params;
    if (input.text !== undefined) return this.drafts.make(name, { origin: 'csv', csv: input.text, reason: input.query.reason }, input);
    return this.drafts.make(name, { ...input.body, origin: 'hand' }, input);
  }

  @Route(routes.getTableDraft)
  find(@In() input: Input<typeof routes.getTableDraft>) {
    return this.drafts.find(input.params.id);
  }

  @Route(routes.changeTableDraft)
  change(@In() input: Input<typeof routes.changeTableDraft>) {
    const { revision, ...said } = input.body;
    return this.drafts.change(input.params.id, revision, said, input);
  }

  @Route(routes.importTableDraft)
  async import(@In() input: Input<typeof routes.importTableDraft>) {
    // What is not there is not there, whatever else is wrong with what was asked.
    await this.drafts.find(input.params.id);
    if (input.text === undefined)
      throw new Problem('CONTENT_TYPE_UNKNOWN', 'Rows are imported as CSV.', { remedy: 'Send a body of type text/csv.' });
    const { revision } = input.query;
    if (revision === undefined) throw new Problem('REQUEST_INVALID', 'The revision that you have seen is missing.', { path: '/revision' });
    return this.drafts.change(input.params.id, revision, { csv: input.text }, input);
  }

  @Route(routes.rebaseTableDraft)
  rebase(@In() input: Input<typeof routes.rebaseTableDraft>) {
    return this.drafts.rebase(input.params.id, input.body.revision, input.body.version, input);
  }

  @Route(routes.reopenTableDraft)
  reopen(@In() input: Input<typeof routes.reopenTableDraft>) {
    return this.drafts.reopen(input.params.id, input);
  }

  @Route(routes.withdrawTableDraft)
  withdraw(@In() input: Input<typeof routes.withdrawTableDraft>) {
    return this.drafts.withdraw(input.params.id, input.body.reason, input);
  }
}
