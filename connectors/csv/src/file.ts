import type { ConnectorContext, Operation, Receipt, SendRequest } from '@waybill/sdk';
import { createHash } from 'node:crypto';
import { contentOf, fileBytesMax } from './content.js';
import { writeFailure } from './failures.js';
import { withFolder } from './places.js';
import { folderOf, text } from './settings.js';

async function send(context: ConnectorContext, { document, key }: SendRequest): Promise<Receipt> {
  const { settings } = context;
  const path = folderOf(settings, 'outFolder');
  const content = contentOf(document, { delimiter: text(settings, 'delimiter'), formulaSafe: settings['formulaSafe'] === true });
  // The key in the name: a repeat is the same file, written over itself.
  const name = `${String(document['name'])}-${key}.csv`;
  await withFolder(context, path, async (folder) => {
    try {
      await folder.write(name, content);
    } catch (error) {
      throw writeFailure(error, { what: `write ${name}`, settings });
    }
  });
  const checksum = createHash('sha256').update(content).digest('hex');
  return { documentId: name, details: { bytes: content.length, rows: (document['rows'] as unknown[]).length, checksum } };
}

export const file = {
  title: 'File',
  summary: 'A CSV file with a header, whole or not at all; a newer version of the same document is written over it.',
  kind: 'operational',
  document: 'file',
  effects: ['create', 'void', 'apply', 'refund', 'write-off'],
  input: {
    type: 'object',
    additionalProperties: false,
    required: ['name', 'columns', 'rows'],
    properties: {
      name: {
        type: 'string',
        title: 'Name',
        description: 'What the name of the file begins with; our key and .csv follow.',
        pattern: '^[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}$',
      },
      columns: {
        type: 'array',
        title: 'Columns',
        minItems: 1,
        maxItems: 200,
        uniqueItems: true,
        items: { type: 'string', minLength: 1, maxLength: 100 },
      },
      rows: {
        type: 'array',
        title: 'Rows',
        description: `Each a list with one cell a column: text, which is how amounts are given, whole numbers, truth values or null. At most 10000 rows and ${fileBytesMax} bytes.`,
        maxItems: 10_000,
        items: { type: 'array', maxItems: 200, items: { type: ['string', 'integer', 'boolean', 'null'] } },
      },
    },
  },
  writes: 'upsert',
  // Whoever takes the file away takes it away: whether it was there cannot be told, so after a lost answer it is written again under its name.
  idempotency: { mode: 'at-least-once' },
  maxUpstreamSeconds: 60,
  send,
} satisfies Operation;
