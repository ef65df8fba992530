import { Inject, Injectable } from '@nestjs/common';
import { AuditStore } from '../../governance/index.js';
import { csvLine, Decimal } from '../../platform/csv/index.js';
import { Database } from '../../platform/database/index.js';
import type { Actor } from '../../platform/http/index.js';
import { TableStore } from './tables.store.js';

/** The rows of a day as a file that an import reads again. */
@Injectable()
export class TableFile {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(AuditStore) private readonly audit: AuditStore,
    @Inject(TableStore) private readonly tables: TableStore,
  ) {}

  async csv(name: string, asOf: string | undefined, actor: Actor): Promise<{ name: string; text: string }> {
    const { table, rows } = await this.tables.exported(name, asOf);
    await this.db.transaction((tx) =>
      this.audit.record(tx, actor, {
        action: 'table.exported',
        object: { kind: 'table', id: name },
        summary: `${actor.name} exported ${rows.length} row${rows.length === 1 ? '' : 's'} of the table ${name}`,
        after: { rows: rows.length, version: table.version, ...(asOf === undefined ? {} : { asOf }) },
      }),
    );
    const header = csvLine([...table.key, ...table.columns.map((column) => column.name), 'validFrom', 'validTo']);
    const lines = rows.map((row) =>
      csvLine([
        ...table.key.map((column) => row.key[column] ?? ''),
        ...table.columns.map(({ name: column, type }) => {
          const value = row.values[column] ?? '';
          return type === 'decimal' && value !== '' ? new Decimal(value) : value;
        }),
        row.validFrom ?? '',
        row.validTo ?? '',
      ]),
    );
    return { name: `${name}-version-${table.version}.csv`, text: [header, ...lines].join('') };
  }
}
