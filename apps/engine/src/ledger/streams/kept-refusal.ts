import type { StreamBatch, StreamRecord } from '@waybill/sdk';
import type { FlawFacts } from '../events/flaw.js';
import { limits } from './limits.js';

/** What is kept of a record that cannot go into the ledger, as its row. */
export interface KeptRefusal {
  at: string;
  raw: Buffer;
  bytes: number;
  headers: string;
  code: string;
  path: string;
  detail: string;
  problems: string;
}

/** Text that PostgreSQL holds, whatever a stranger wrote: half characters and NUL become the replacement character. */
export const storable = (text: string, most: number): string =>
  Buffer.from(text, 'utf8').toString('utf8').replaceAll('\0', '\ufffd').slice(0, most);

/** A record with its problems. Of a large value the beginning is kept, and how long it was; headers up to their limit, in their order. Pure. */
export function keptRefusal({ at, value, headers }: StreamRecord, problems: readonly FlawFacts[]): KeptRefusal {
  const told = problems.map(({ code, path, detail }) => ({ code, path: storable(path, 1_000), detail: storable(detail, 1_000) }));
  const { code, path, detail } = told[0]!;
  return {
    at: storable(at, 200),
    raw: value?.subarray(0, limits.keptBytesMax) ?? Buffer.alloc(0),
    bytes: value?.length ?? 0,
    headers: JSON.stringify(withinBytes(headers)),
    code,
    path,
    detail,
    problems: JSON.stringify(told),
  };
}

/** A stretch that was gone before it was read. Pure. */
export const keptLoss = ({ at, detail }: NonNullable<StreamBatch['lost']>[number]): KeptRefusal =>
  keptRefusal({ at, value: null, headers: {}, key: null, time: '' }, [{ code: 'USAGE_RECORDS_LOST', path: '', detail }]);

function withinBytes(headers: Record<string, string>): Record<string, string> {
  let left: number = limits.headerBytesMax;
  const kept = Object.entries(headers).filter(([name, value]) => (left -= Buffer.byteLength(name) + Buffer.byteLength(value)) >= 0);
  return Object.fromEntries(kept);
}
