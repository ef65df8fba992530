// Versions of a canonical type, from its files: newest first, each beside the one before it; of what a connector declares there is one.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SchemaBook } from './schema-book.store.js';
import { SchemasController } from './schemas.controller.js';

let folder: string;
let controller: SchemasController;
const versions = (kind: string, name: string) => controller.versions({ params: { kind, name } } as never).items;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waybill-schemas-'));
  await mkdir(join(folder, 'canonical'));
  const write = (file: string, fields: object) =>
    writeFile(join(folder, 'canonical', file), JSON.stringify({ title: 'Order', type: 'object', properties: fields }));
  await write('order.v2.schema.json', { number: { type: 'string' } });
  await write('order.v10.schema.json', { number: { type: 'string' }, note: { type: 'string' } });
  await write('order.v1.schema.json', { number: { type: 'string' }, total: { type: 'string' } });
  await write('order-line.v1.schema.json', {});
  controller = new SchemasController(new SchemaBook(folder), undefined as never);
});
afterAll(() => rm(folder, { recursive: true }));

describe('versions of a schema', () => {
  it('are those of its type alone, by number', () => {
    const found = versions('canonical', 'order@1');
    expect(found.map(({ name, version, compatibility }) => [name, version, compatibility?.verdict])).toEqual([
      ['order@10', 10, 'full'],
      ['order@2', 2, 'backward'],
      ['order@1', 1, undefined],
    ]);
    expect(found[1]!.compatibility!.differences).toEqual([{ path: '/total', breaks: 'readers', detail: 'is removed' }]);
  });

  it('are one where a connector declares it', () =>
    expect(versions('source', 'stripe.invoices')).toMatchObject([{ name: 'stripe/invoices', version: null, compatibility: null }]));
});
