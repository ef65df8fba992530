import type { DoubleRequest, DoubleResponse, VendorDouble } from '@waybill/sdk/double';
import { createHash } from 'node:crypto';
import { wrongWith } from './signature.js';

/** A bucket in memory, as the S3 API reference describes PutObject, GetObject and ListObjectsV2. */
export interface State {
  objects: Map<string, { content: Buffer; headers: Record<string, string> }>;
  /** Credentials that have ended. */
  ended: boolean;
  /** Which other services do: a write to a name that is there is taken. */
  ignoresCondition: boolean;
  now: Date;
}

export const settings = {
  endpoint: 'https://s3.eu-central-1.example',
  region: 'eu-central-1',
  bucket: 'acme-lake',
  accessKeyId: 'AKIAOFTHETEST',
  secretAccessKey: 'secret-key-of-the-test',
  prefix: 'waybill/invoices',
};

const said = (status: number, code: string, message: string, headers: Record<string, string> = {}): DoubleResponse => ({
  status,
  headers: { 'content-type': 'application/xml', ...headers },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message><RequestId>4442587FB7D0A2F9</RequestId></Error>`,
});
const statusOf: Record<string, number> = { AuthorizationHeaderMalformed: 400, XAmzContentSHA256Mismatch: 400 };

function answer(request: DoubleRequest, state: State): DoubleResponse {
  const wrong = wrongWith({ ...request, headers: { host: 's3.eu-central-1.example', ...request.headers } }, { secret: settings.secretAccessKey, region: settings.region, accessKeyId: settings.accessKeyId, now: state.now });
  if (wrong) return said(statusOf[wrong] ?? 403, wrong, `The request was refused: ${wrong}.`);
  if (state.ended) return said(400, 'ExpiredToken', 'The provided token has expired.');
  const [, bucket, name] = /^\/([^/]+)(?:\/(.*))?$/.exec(decodeURIComponent(request.path)) ?? [];
  if (bucket !== settings.bucket) return said(404, 'NoSuchBucket', 'The specified bucket does not exist');
  if (name === undefined || name === '') return list(request, state);
  const there = state.objects.get(name);
  if (request.method === 'PUT') {
    if (request.headers['if-none-match'] === '*' && there && !state.ignoresCondition)
      return said(412, 'PreconditionFailed', 'At least one of the pre-conditions you specified did not hold');
    const kept = Object.fromEntries(Object.entries(request.headers).filter(([one]) => one === 'content-type' || one.startsWith('x-amz-meta-')));
    const etag = `"${createHash('md5').update(request.bytes).digest('hex')}"`;
    state.objects.set(name, { content: request.bytes, headers: { ...kept, etag } });
    return { status: 200, headers: { etag } };
  }
  if (!there) return said(404, 'NoSuchKey', 'The specified key does not exist.');
  return { status: 206, headers: there.headers, body: there.content.toString('utf8').slice(0, 1) };
} // prettier-ignore

function list({ query }: DoubleRequest, state: State): DoubleResponse {
  const names = [...state.objects.keys()].filter((name) => name.startsWith(query['prefix'] ?? '')).slice(0, Number(query['max-keys'] ?? 1_000));
  const rows = names.map((name) => `<Contents><Key>${name}</Key></Contents>`).join('');
  const body = `<?xml version="1.0"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><KeyCount>${names.length}</KeyCount>${rows}</ListBucketResult>`;
  return { status: 200, headers: { 'content-type': 'application/xml' }, body };
} // prettier-ignore

export const double: VendorDouble<State> = {
  name: 'S3',
  contract: () => [],
  start: () => ({ objects: new Map(), ended: false, ignoresCondition: false, now: new Date('2026-11-27T06:00:00Z') }),
  answer,
  says: {
    throttled: said(503, 'SlowDown', 'Please reduce your request rate.'),
    tokenOver: said(400, 'ExpiredToken', 'The provided token has expired.'),
    serverError: said(500, 'InternalError', 'We encountered an internal error. Please try again.'),
  },
  situations: { 'closed-period': () => () => undefined, 'inactive-customer': () => () => undefined },
};
