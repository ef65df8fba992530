import { classedFailure, ownRowsOf, retryAfterMs, type ConnectorContext, type HttpRequest, type HttpResponse } from '@waybill/sdk';
import { AwsV4Signer } from 'aws4fetch';
import { createHash } from 'node:crypto';
import { errorTable } from './errors.js';
import { text } from './settings.js';

interface Call {
  /** Finishes the sentence "The object store refused to …". */
  what: string;
  writes: boolean;
  about?: string;
}

export const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');

/** Signed with Signature Version 4, content and every header given here included; what comes back is the answer, whatever its status. */
export async function exchange(
  context: ConnectorContext,
  { method, url, headers = {}, body }: { method: 'GET' | 'PUT'; url: string; headers?: Record<string, string>; body?: Uint8Array },
): Promise<HttpResponse> {
  const { settings } = context;
  const sessionToken = text(settings, 'sessionToken');
  const signer = new AwsV4Signer({
    method,
    url,
    headers: { ...headers, 'x-amz-content-sha256': sha256(body ?? '') },
    service: 's3',
    region: text(settings, 'region'),
    accessKeyId: text(settings, 'accessKeyId'),
    secretAccessKey: text(settings, 'secretAccessKey'),
    ...(sessionToken === '' ? {} : { sessionToken }),
    datetime: context
      .now()
      .toISOString()
      .replace(/[:-]|\.\d{3}/g, ''),
    allHeaders: true,
  });
  const signed = await signer.sign();
  const request: HttpRequest = {
    method,
    url: signed.url.toString(),
    headers: Object.fromEntries([...signed.headers].filter(([name]) => name !== 'host')),
    ...(body === undefined ? {} : { body }),
  };
  return context.http.request(request);
}

/** `<Error><Code>SlowDown</Code><Message>…</Message>…</Error>`; a 304 or a 412 of some services has no body. */
export function failureFrom(response: HttpResponse, { settings }: ConnectorContext, call: Call) {
  const code = elementOf(response.text, 'Code') ?? (response.status === 412 ? 'PreconditionFailed' : undefined);
  const waitMs = retryAfterMs(response);
  return classedFailure(
    errorTable,
    {
      system: 'The object store',
      what: call.what,
      writes: call.writes,
      httpStatus: response.status,
      codes: code === undefined ? [] : [code],
      words: elementOf(response.text, 'Message') ?? '',
      raw: response.text,
      ...(waitMs === undefined ? {} : { retryAfterMs: waitMs }),
      ...(call.about === undefined ? {} : { about: call.about }),
    },
    ownRowsOf(settings),
  );
}

/** The text of an element without others inside; errors and lists of S3 are flat where we look. */
export const elementOf = (xml: string, name: string): string | undefined => new RegExp(`<${name}>([^<]{0,2000})</${name}>`).exec(xml)?.[1];
