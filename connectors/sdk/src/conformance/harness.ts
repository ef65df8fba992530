import type { Connector } from '../connector.js';
import type { ConnectorContext, Login } from '../context.js';
import type { Dial } from '../dial.js';
import { isConnectorFailure, misconfigured, type Recovery } from '../failure.js';
import type { OpenFolder } from '../folder.js';
import { isTransportFailure, TransportFailure, type HttpClient } from '../http.js';
import type { JsonObject, JsonSchema } from '../json.js';

/** The part of a test runner that the suites use. Jest's and Vitest's globals fit as they are. */
export interface Harness {
  describe(name: string, body: () => void): void;
  it: ((name: string, body: () => void | Promise<void>) => void) & { skip(name: string, body: () => void | Promise<void>): void };
  expect(actual: unknown): Matchers;
}

export interface Matchers {
  not: Pick<Matchers, 'toBe' | 'toEqual' | 'toContain' | 'toMatch'>;
  toBe(expected: unknown): void;
  toEqual(expected: unknown): void;
  toContain(expected: unknown): void;
  toMatch(expected: RegExp): void;
}

/** An ajv instance of the caller's, `new Ajv({ strict: false })` with formats; the SDK itself depends on no validator. */
export interface SchemaCompiler {
  compile(schema: JsonSchema): ((data: unknown) => boolean) & { errors?: unknown };
}

/** Cases that do not hold for this connector, by their exact name, each with the reason that the report shows. */
export type Skips = Record<string, string>;

/** `it`, but a skipped case carries its reason, and a skip that names no case is itself a failure. */
export function casesOf(harness: Harness, skips: Skips = {}) {
  const names = new Set<string>();
  return {
    test(name: string, body: () => void | Promise<void>): void {
      names.add(name);
      const reason = skips[name];
      if (reason === undefined) harness.it(name, body);
      else harness.it.skip(`${name} (skipped: ${reason})`, body);
    },
    /** Call last. */
    end(): void {
      const unknown = Object.keys(skips).filter((name) => !names.has(name) || !skips[name]);
      harness.it('every skip names a case and gives a reason', () => harness.expect(unknown).toEqual([]));
    },
  };
}

/** The login that several contexts share, as the engine's processes share it: at most one renewal at a time. */
export interface SharedLogins {
  /** How often it was renewed. */
  renewals: number;
  current(
    ask: { madeFrom: string; refused: string | undefined; now: Date },
    renew: (before: Login | undefined) => Promise<Login>,
  ): Promise<Login>;
}

export function sharedLogins(): SharedLogins {
  let kept: { madeFrom: string; login: Login } | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  const logins: SharedLogins = {
    renewals: 0,
    current(ask, renew) {
      const mine = turn.then(async () => {
        const before = kept?.madeFrom === ask.madeFrom ? kept.login : undefined;
        const over = before?.until !== undefined && Date.parse(before.until) <= ask.now.getTime();
        if (before && !over && before.token !== ask.refused) return before;
        logins.renewals += 1;
        const login = await renew(before);
        kept = { madeFrom: ask.madeFrom, login };
        return login;
      });
      turn = mine.catch(() => undefined);
      return mine;
    },
  };
  return logins;
}

/** A context as the engine would give it, with one login for its lifetime, or one shared with other contexts. */
export function testContext(options: {
  settings: JsonObject;
  http: HttpClient;
  /** Nothing can be reached when it is not given. */
  dial?: Dial;
  /** No folder is allowed when it is not given. */
  folder?: OpenFolder;
  now?: () => Date;
  signal?: AbortSignal;
  logins?: SharedLogins;
}): ConnectorContext {
  const { now = () => new Date(), logins = sharedLogins() } = options;
  let login: Promise<string> | undefined;
  let given: string | undefined;
  let refused: string | undefined;
  return {
    settings: options.settings,
    http: options.http,
    dial: options.dial ?? unreachable,
    folder: options.folder ?? noFolder,
    now,
    signal: options.signal ?? new AbortController().signal,
    session: {
      get: (open) => (login ??= open()),
      drop: () => {
        login = undefined;
        refused = given;
      },
      async shared(madeFrom, renew) {
        given = (await logins.current({ madeFrom, refused, now: now() }, renew)).token;
        return given;
      },
    },
  };
}

export type Outcome = { value: unknown } | { recovery: Recovery | 'unclassified'; error: unknown };

/** Runs a call and says what the engine would do next; a transport failure is classed as the engine classes it. */
export async function outcomeOf(call: () => Promise<unknown>): Promise<Outcome> {
  try {
    return { value: await call() };
  } catch (error) {
    if (isConnectorFailure(error)) return { recovery: error.facts.recovery, error };
    if (isTransportFailure(error)) return { recovery: error.sent ? 'in-doubt' : 'retryable', error };
    return { recovery: 'unclassified', error };
  }
}

export const recoveryOf = async (call: () => Promise<unknown>): Promise<string> => {
  const outcome = await outcomeOf(call);
  if ('value' in outcome) return `answered ${JSON.stringify(outcome.value)}`;
  return outcome.recovery === 'unclassified' ? `unclassified ${String(outcome.error)}` : outcome.recovery;
};

export function operationOf(connector: Connector, name: string) {
  const operation = connector.operations[name];
  if (!operation) throw new Error(`${connector.name} has no operation ${name}; it has ${Object.keys(connector.operations).join(', ')}`);
  return operation;
}

const unreachable: Dial = ({ host, port }) => {
  throw new TransportFailure({ sent: false, code: 'refused', message: `${host}:${port} does not accept connections` });
};

const noFolder: OpenFolder = (path) =>
  Promise.reject(
    misconfigured({ code: 'folder-not-allowed', message: `The folder ${path} is not allowed.`, remedy: 'Let an operator allow it.' }),
  );
