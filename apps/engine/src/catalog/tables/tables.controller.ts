import { Controller, Inject } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/index.js';
import { Problem } from '../../platform/problems/index.js';
import { catalogRoutes as routes } from '../routes.js';
import { TableReaders } from './readers.store.js';
import { TableStore } from './tables.store.js';

@Controller()
export class TablesController {
  constructor(
    @Inject(TableStore) private readonly tables: TableStore,
    @Inject(TableReaders) private readonly readers: TableReaders,
  ) {}

  @Route(routes.listTables)
  async list() {
    return { items: await this.tables.list(await this.readers.names()), next: null };
  }

  @Route(routes.getTable)
  async find(@In() input: Input<typeof routes.getTable>) {
    const found = (await this.tables.list(await this.readers.names())).find((table) => table.name === input.params.name);
    if (!found) throw new Problem('NOT_FOUND', `There is no table ${input.params.name}.`);
    return found;
  }

  @Route(routes.putTable)
  async put(@In() input: Input<typeof routes.putTable>) {
    await this.tables.put(input.params.name, input.body as never, input.actor);
    return this.find(input as never);
  }

  @Route(routes.governTable)
  async govern(@In() input: Input<typeof routes.governTable>) {
    await this.tables.govern(input.params.name, input.body.approver, input.body.reason, input.actor);
    return this.find(input as never);
  }

  @Route(routes.listTableRows)
  rows(@In() input: Input<typeof routes.listTableRows>) {
    return this.tables.rows(input.params.name, input.query);
  }

  @Route(routes.changeTableRows)
  change(@In() input: Input<typeof routes.changeTableRows>) {
    return this.tables.change(input.params.name, input.body, input.caller.scope, input.actor);
  }

  @Route(routes.importTableRows)
  import(@In() input: Input<typeof routes.importTableRows>) {
    if (input.text === undefined)
      throw new Problem('CONTENT_TYPE_UNKNOWN', 'Rows are imported as CSV.', { remedy: 'Send a body of type text/csv.' });
    return this.tables.importCsv(input.params.name, input.text, input.query.dryRun ?? false, input.actor);
  }

  @Route(routes.getTableSnapshot)
  snapshot(@In() input: Input<typeof routes.getTableSnapshot>) {
    return this.tables.seenByMappings(input.params.name);
  }
}
