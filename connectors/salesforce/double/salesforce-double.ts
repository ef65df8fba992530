import { startDouble, type DoubleRequest, type DoubleResponse, type RunningDouble, type VendorDouble } from '@waybill/sdk/double';

export interface StoredRecord {
  [field: string]: unknown;
  Id: string;
  SystemModstamp: string;
}

export interface Org {
  objects: Record<string, StoredRecord[]>;
  tokens: Set<string>;
  serial: number;
  now: () => Date;
  /** The next write is refused with this, once. */
  refuse?: { status: number; errorCode: string; message: string; fields?: string[] } | undefined;
}

const dataPath = '/services/data/v62.0';
const refusal = (status: number, errorCode: string, message: string, fields: string[] = []): DoubleResponse => ({
  status,
  body: [{ errorCode, message, fields }],
});

function contract(request: DoubleRequest): string[] {
  if (request.path === '/services/oauth2/token') return request.form['grant_type'] ? [] : ['no grant'];
  const wrong = /^Bearer .+/.test(request.headers['authorization'] ?? '') ? [] : ['no bearer token'];
  const row = /^\/services\/data\/v62\.0\/sobjects\/(\w+)\/(\w+)\/([^/]+)$/.exec(request.path);
  if (!row && request.path !== `${dataPath}/query`) wrong.push('no such resource');
  if (request.method === 'PATCH') {
    const fields = Object.keys((request.json as object | undefined) ?? {});
    if (fields.length === 0) wrong.push('nothing is written');
    // "Do not specify Id or an external ID field in the request body" (resources_sobject_upsert_patch)
    for (const name of ['Id', row?.[2]]) if (name !== undefined && fields.includes(name)) wrong.push(`the body names ${name}`);
  }
  return wrong;
}

function answer(request: DoubleRequest, org: Org): DoubleResponse {
  if (request.path === '/services/oauth2/token') {
    if (request.form['grant_type'] === 'client_credentials' && request.form['client_secret'] !== 'a-consumer-secret')
      return { status: 400, body: { error: 'invalid_client', error_description: 'invalid client credentials' } };
    const token = `token-${org.tokens.size + 1}`;
    org.tokens.add(token);
    return { status: 200, body: { access_token: token, token_type: 'Bearer', instance_url: 'https://acme.my.salesforce.com' } };
  }
  if (!org.tokens.has((request.headers['authorization'] ?? '').slice(7)))
    return refusal(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
  if (request.path === `${dataPath}/query`) return query(request.query['q'] ?? '', org);
  const [, object, field, encoded] = /sobjects\/(\w+)\/(\w+)\/([^/]+)$/.exec(request.path)!;
  const value = decodeURIComponent(encoded!);
  const rows = (org.objects[object!] ??= []);
  const found = rows.filter((row) => row[field!] === value);
  if (found.length > 1) return { status: 300, body: found.map(({ Id }) => `${dataPath}/sobjects/${object}/${Id}`) };
  if (request.method === 'GET')
    return found[0]
      ? { status: 200, body: { attributes: { type: object }, ...found[0] } }
      : refusal(404, 'NOT_FOUND', 'The requested resource does not exist');
  if (org.refuse) {
    const { status, errorCode, message, fields } = org.refuse;
    org.refuse = undefined;
    return refusal(status, errorCode, message, fields);
  }
  const row = found[0] ?? { Id: `001${String((org.serial += 1)).padStart(15, '0')}`, SystemModstamp: '', [field!]: value };
  Object.assign(row, request.json, { SystemModstamp: org.now().toISOString().replace('Z', '+0000') });
  if (!found[0]) rows.push(row);
  return { status: found[0] ? 200 : 201, body: { id: row.Id, success: true, created: !found[0], errors: [] } };
}

function query(q: string, org: Org): DoubleResponse {
  const object = /FROM (\w+)/.exec(q)?.[1] ?? '';
  if (object === 'Organization') return { status: 200, body: { totalSize: 1, done: true, records: [{ Name: 'Acme', IsSandbox: false }] } };
  const [, at, id] = /SystemModstamp = (\S+) AND Id > '([^']*)'/.exec(q) ?? [];
  const limit = Number(/LIMIT (\d+)/.exec(q)?.[1] ?? 2000);
  if (/FIELDS\(ALL\)/.test(q) && limit > 200)
    return refusal(400, 'MALFORMED_QUERY', 'The SOQL FIELDS function must have a LIMIT of at most 200');
  const asked = [...q.matchAll(/(?:WHERE|AND) ([\w.]+) = '((?:[^'\\]|\\.)*)'/g)].map(
    ([, path, text]) => [path!, text!.replace(/\\(.)/g, '$1')] as const,
  );
  const valueAt = (row: StoredRecord, path: string): unknown => path.split('.').reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], row); // prettier-ignore
  const time = (row: StoredRecord): number => Date.parse(row.SystemModstamp.replace('+0000', 'Z'));
  const records = (org.objects[object] ?? [])
    .filter((row) => asked.every(([path, text]) => valueAt(row, path) === text))
    .filter((row) => at === undefined || time(row) > Date.parse(at) || (time(row) === Date.parse(at) && row.Id > (id ?? '')))
    .sort((a, b) => time(a) - time(b) || (a.Id < b.Id ? -1 : 1))
    .slice(0, limit);
  return {
    status: 200,
    body: { totalSize: records.length, done: true, records: records.map((row) => ({ attributes: { type: object }, ...row })) },
  };
}

export function salesforceDouble(now: () => Date): RunningDouble<Org> {
  const vendor: VendorDouble<Org> = {
    name: 'Salesforce',
    contract,
    start: () => ({ objects: {}, tokens: new Set(), serial: 0, now }),
    answer,
    says: {
      throttled: refusal(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.'),
      tokenOver: refusal(401, 'INVALID_SESSION_ID', 'Session expired or invalid'),
      serverError: refusal(500, 'UNKNOWN_EXCEPTION', 'An unexpected error occurred.'),
    },
    situations: { 'closed-period': () => () => undefined, 'inactive-customer': () => () => undefined },
  };
  return startDouble(vendor);
}
