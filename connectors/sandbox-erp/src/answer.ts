import { isJsonObject, type HttpResponse, type JsonObject } from '@waybill/sdk';

/** The object that an answer holds; undefined when it holds none: an error page, a list, nothing. */
export function readJson(response: HttpResponse): JsonObject | undefined {
  try {
    const body: unknown = JSON.parse(response.text);
    return isJsonObject(body) ? body : undefined;
  } catch {
    return undefined;
  }
}
