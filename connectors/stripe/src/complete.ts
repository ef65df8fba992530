import { isJsonObject, type ConnectorContext, type JsonObject, type SourceRecord } from '@waybill/sdk';
import { itemsOf, read } from './api.js';

const pagesMax = 100; // 10,000 lines; the canonical model takes 2,000

/** An event shows at most ten lines (API 2025-03-31). The rest is paged from the document itself, in the document's order. */
export const completeLines =
  (path: '/v1/invoices' | '/v1/credit_notes') =>
  async (context: ConnectorContext, record: SourceRecord): Promise<SourceRecord> => {
    const lines = record.body['lines'];
    if (!isJsonObject(lines) || lines['has_more'] !== true) return { ...record, partial: false };
    const id = encodeURIComponent(String(record.body['id']));
    const all: JsonObject[] = [];
    let whole = false;
    for (let page = 0; page < pagesMax && !whole; page += 1) {
      const after = all.at(-1)?.['id'];
      const { body } = await read(context, {
        path: `${path}/${id}/lines`,
        what: `list the lines of ${String(record.body['id'])}`,
        query: [['limit', 100], ...(typeof after === 'string' ? ([['starting_after', after]] as const) : [])],
      });
      const found = itemsOf(body);
      all.push(...found);
      whole = body['has_more'] !== true || found.length === 0;
    }
    return { ...record, body: { ...record.body, lines: { ...lines, data: all, has_more: !whole } }, partial: !whole };
  };
