// Generated from docs/reference/openapi.json by `npm run generate`.
export interface paths {
  '/v1/usage/events': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Usage events as CloudEvents 1.0: one (structured, or binary with `ce-` headers and any content type), a batch of up to 1,000, or any number as NDJSON. Answered after COMMIT; the same event again is a duplicate, other content under its source and id is 409 */
    post: operations['sendUsage'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    Problem: {
      type: string;
      title: string;
      status: number;
      /** @description UPPER_SNAKE code of the error catalogue */
      code: string;
      /** @description One sentence: the field and the values that clash */
      detail: string;
      /** @description Where in the input, as a JSON pointer */
      path?: string;
      /** @description What to do about it */
      remedy?: string;
      /** @description Every problem, when the input has several */
      problems?: {
        code: string;
        path?: string;
        detail: string;
        remedy?: string;
        line?: number;
        column?: number;
      }[];
      requestId?: string;
    };
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  sendUsage: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/cloudevents+json': {
          /** @constant */
          specversion: '1.0';
          /** @description Unique in its source, for ever */
          id: string;
          /** @description Who says so: a URI reference */
          source: string;
          /** @description What was used */
          type: string;
          /** @description Who used it */
          subject?: string;
          /**
           * Format: date-time
           * @description When it was used; when it was received if it says nothing
           */
          time?: string;
          datacontenttype?: string;
          dataschema?: string;
          /** @description Any JSON value */
          data?: unknown;
          /** @description Kept; no meter can look into it */
          data_base64?: string;
        };
        'application/cloudevents-batch+json': {
          /** @constant */
          specversion: '1.0';
          /** @description Unique in its source, for ever */
          id: string;
          /** @description Who says so: a URI reference */
          source: string;
          /** @description What was used */
          type: string;
          /** @description Who used it */
          subject?: string;
          /**
           * Format: date-time
           * @description When it was used; when it was received if it says nothing
           */
          time?: string;
          datacontenttype?: string;
          dataschema?: string;
          /** @description Any JSON value */
          data?: unknown;
          /** @description Kept; no meter can look into it */
          data_base64?: string;
        }[];
        'application/x-ndjson': string;
      };
    };
    responses: {
      /** @description Success */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description Events that are new, and committed */
            accepted: number;
            /** @description Events that were there with the same content */
            duplicates: number;
            /** @description Events whose source and id are there with other content: the first stays */
            conflicts: number;
            /** @description Every event that is not in the ledger, conflicts too */
            rejected: {
              /** @description Its place in the batch, or the number of its line, from 0 */
              index: number;
              id: string | null;
              /** @description A code of the error catalogue */
              code: string;
              /** @description Where in the event, as a JSON pointer */
              path: string;
              /** @description One sentence */
              detail: string;
              /** @description All its problems, where it has more than one */
              problems?: {
                /** @description A code of the error catalogue */
                code: string;
                /** @description Where */
                path: string;
                /** @description One sentence */
                detail: string;
              }[];
              /**
               * @description Of a conflict: the event that stays
               * @example ue_65536
               */
              first?: string;
            }[];
          };
        };
      };
      /** @description A problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
}
