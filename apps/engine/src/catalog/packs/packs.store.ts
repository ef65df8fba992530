import { Inject, Injectable } from '@nestjs/common';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import { Problem } from '../../platform/problems/index.js';
import { PACKS_DIR } from '../schemas/schema-book.store.js';
import type { ColumnType } from '../tables/rows.js';

export interface Pack {
  name: string;
  title: string;
  readme: string;
  flows: { name: string; yaml: string; connections: string[] }[];
  mappings: { name: string; source: string }[];
  /** Files of golden cases, by mapping. */
  cases: { mapping: string; yaml: string }[];
  controls: { name: string; yaml: string; connections: string[] }[];
  tables: {
    name: string;
    title: string;
    description?: string;
    key: string[];
    columns: { name: string; type: ColumnType; required?: boolean }[];
    governed?: boolean;
    csv: string | undefined;
  }[];
}

/** Packs on disk: folders of flows, mappings, tables and controls that someone can install. */
@Injectable()
export class PackStore {
  constructor(@Inject(PACKS_DIR) private readonly folder: string) {}

  async list(): Promise<Pack[]> {
    const entries = await readdir(this.folder, { withFileTypes: true });
    const packs = await Promise.all(entries.filter((e) => e.isDirectory()).map((e) => this.read(e.name)));
    return packs.filter((pack) => pack.flows.length > 0).sort((a, b) => a.name.localeCompare(b.name));
  }

  async find(name: string): Promise<Pack> {
    const pack = (await this.list()).find((p) => p.name === name);
    if (!pack) throw new Problem('PACK_UNKNOWN', `There is no pack ${name}.`);
    return pack;
  }

  private async read(name: string): Promise<Pack> {
    const folder = join(this.folder, name);
    const files = await readdir(folder);
    const text = (file: string) => readFile(join(folder, file), 'utf8');
    const readme = files.includes('README.md') ? await text('README.md') : '';
    return {
      name,
      title: /^# (.+)$/m.exec(readme)?.[1] ?? name,
      readme,
      flows: await Promise.all(
        files.filter((f) => f.endsWith('.flow.yaml')).map(async (file) => {
          const yaml = await text(file);
          const parsed = parse(yaml) as { flow?: string; from?: { connection?: string }; to?: { connection?: string }; enrich?: Record<string, { connection?: string }> };
          const connections = [parsed.from?.connection, parsed.to?.connection, ...Object.values(parsed.enrich ?? {}).map((e) => e.connection)];
          return { name: parsed.flow ?? basename(file, '.flow.yaml'), yaml, connections: [...new Set(connections.filter((c) => c !== undefined))] };
        }),
      ), // prettier-ignore
      mappings: await Promise.all(
        files.filter((f) => f.endsWith('.jsonata')).map(async (file) => ({ name: basename(file, '.jsonata'), source: await text(file) })),
      ),
      cases: await Promise.all(
        files.filter((f) => f.endsWith('.cases.yaml')).map(async (file) => ({ mapping: basename(file, '.cases.yaml'), yaml: await text(file) })),
      ), // prettier-ignore
      controls: await Promise.all(
        files.filter((f) => f.endsWith('.control.yaml')).map(async (file) => {
          const yaml = await text(file);
          const parsed = parse(yaml) as { control?: string; erp?: { connection?: string }; billing?: { connection?: string } };
          return { name: parsed.control ?? basename(file, '.control.yaml'), yaml, connections: [parsed.erp?.connection, parsed.billing?.connection].filter((c) => c !== undefined) };
        }),
      ), // prettier-ignore
      tables: await this.readTables(join(folder, 'tables')),
    };
  }

  private async readTables(folder: string): Promise<Pack['tables']> {
    if (!existsSync(join(folder, 'tables.yaml'))) return [];
    const { tables } = parse(await readFile(join(folder, 'tables.yaml'), 'utf8')) as { tables: Omit<Pack['tables'][number], 'csv'>[] };
    return Promise.all(
      tables.map(async (table) => {
        const file = join(folder, `${table.name}.csv`);
        return { ...table, csv: existsSync(file) ? await readFile(file, 'utf8') : undefined };
      }),
    );
  }
}
