// Every route that the OpenAPI document names is attacked: every role, foreign ids, fields nobody may set, injections, wrong types. A new route needs no line here.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { roles } from '../../src/governance/access/permissions.js';
import { all, Attacker, type Answer, type Shot } from './attacker.js';
import { idPrefix, noSuchId, placesOf, readContract, sample, takesText, type Operation, type Schema } from './contract.js';
import { payloads } from './payloads.js';
import { openTarget, type Target } from './target.js';

jest.setTimeout(600_000);
let target: Target;
let operations: Operation[];
let admin: Attacker;
/** Sees DE, and nothing unassigned; may do everything otherwise that a role without `unassigned.read` can be given. */
let scoped: Map<string, Attacker>;
const holders = new Map<string, Attacker>();

const bearer = (key: string) => new Attacker(target.bench.api.url, { authorization: `Bearer ${key}` });
const keyOf = async (name: string, rolesOfIt: string[], legalEntities: string[] = []) =>
  bearer((await target.bench.api.call('createApiKey', { body: { name, roles: rolesOfIt, legalEntities } })).value);

/** Ends the caller's own session, or signs in: nothing to do with what is attacked here. */
const isOwnSession = ({ path }: Operation) => path.startsWith('/v1/session');
/** Verified by its signature over raw bytes before anything else; has a suite of its own. */
const isHook = ({ bodyTypes }: Operation) => bodyTypes.includes('*');
const isWrite = ({ method }: Operation) => method !== 'GET';
/** Names of things that are there, by the collection that an address begins with. */
const things: Record<string, string> = {
  flows: 'erp-us-invoices',
  mappings: 'erp-invoice',
  tables: 'legal-entity',
  connections: 'erp-us',
  packs: 'stripe',
  controls: 'us-invoices',
};
const known = ({ path }: Operation): Record<string, string> => ({
  name: things[path.split('/')[2]!] ?? 'nothing-of-this-name',
  stage: 'map',
  version: '1',
  type: 'invoice',
  kind: 'canonical',
  connection: 'stripe',
});

const pathOf = (
  operation: Operation,
  id: (prefix: string, schema: Schema) => string,
  names: (operation: Operation) => Record<string, string> = () => ({}),
) =>
  Object.fromEntries(
    operation.parameters
      .filter((parameter) => parameter.in === 'path')
      .map(({ name, schema }) => {
        const prefix = idPrefix(schema);
        return [
          name,
          prefix ? id(prefix, schema) : (names(operation)[name] ?? (schema.anyOf ? String(sample(schema)) : 'nothing-of-this-name')),
        ];
      }),
  );
const bodyOf = (operation: Operation, ids?: (prefix: string) => string | undefined) =>
  operation.body ? { body: sample(operation.body, ids) } : {};
const tell = (operation: Operation, answer: Answer, ...more: unknown[]) =>
  [`${operation.method} ${operation.path}`, ...more, answer.status, answer.code ?? answer.text.slice(0, 120)].join(' · ');

/** What no attack may change: rows and their states, without the clock's part. */
const stateOf = async () => {
  const rows = await target.bench.sql<{ hash: string }>(
    `select md5(string_agg(t, '|' order by t)) as hash from (
       select id || state || coalesce(legal_entity, '') as t from message union all select id || state from approval union all select id || state || coalesce(assignee, '') from exception
       union all select id || state || coalesce(document_id, '') from posting union all select id || array_to_string(roles, ',') || coalesce(disabled_at::text, '') from user_account where email = 'admin@waybill.local'
       union all select name || state from flow union all select name || state from connection) s`,
  );
  return rows[0]!.hash;
};

describe('attacks on every route', () => {
  beforeAll(async () => {
    target = await openTarget();
    operations = await readContract(target.bench.api.url);
    for (const role of Object.keys(roles)) holders.set(role, await keyOf(`all of ${role}`, [role]));
    admin = holders.get('admin')!;
    scoped = new Map([
      ['admin of DE', await keyOf('admin of DE', ['admin'], ['DE'])],
      ['approver of DE', await keyOf('approver of DE', ['finance-approver'], ['DE'])],
      ['viewer of DE', await keyOf('viewer of DE', ['viewer'], ['DE'])],
    ]);
  });
  afterAll(() => target?.bench.stop());

  it('has something to attack', () => {
    expect(operations.length).toBeGreaterThan(60);
    for (const prefix of ['msg', 'exc', 'apr', 'can', 'run']) {
      expect([prefix, target.kinds.get(prefix)?.own.length]).not.toEqual([prefix, 0]);
      expect([prefix, target.kinds.get(prefix)?.foreign.length]).not.toEqual([prefix, 0]);
    }
    expect(target.secrets.length).toBeGreaterThan(10);
    expect(payloads).toHaveLength(60);
    expect(new Set(payloads).size).toBe(60);
  });

  it('every route lets in exactly the roles that its permission names', async () => {
    const cells = operations
      .filter((operation) => !isOwnSession(operation) && !isHook(operation))
      .flatMap((operation) => [...holders].map(([role, holder]) => ({ operation, role, holder })));
    const wrong = await all(cells, async ({ operation, role, holder }) => {
      const { permission } = operation;
      const may =
        permission === 'public' ||
        permission === 'signed-in' ||
        (roles[role as keyof typeof roles].permissions as readonly string[]).includes(permission);
      const answer = await holder.fire(operation, {
        path: pathOf(operation, noSuchId),
        ...(operation.body ? { body: { nonsense: true } } : {}),
      });
      return (answer.code === 'FORBIDDEN') === !may && answer.status < 500 ? [] : [tell(operation, answer, role, may ? 'may' : 'may not')];
    });
    expect(wrong.flat()).toEqual([]);
    expect(cells.length).toBeGreaterThan(60 * Object.keys(roles).length - 60);
  });

  it('every route that is not public refuses who has no key, a wrong one, and a key in the address', async () => {
    const nobody = new Attacker(target.bench.api.url, {});
    const closed = operations.filter(({ permission }) => permission !== 'public');
    const wrong = await all(closed, async (operation) => {
      const shot: Shot = { path: pathOf(operation, noSuchId), ...bodyOf(operation) };
      const answers = [
        await nobody.fire(operation, shot),
        await bearer('wb_of_nobody_at_all').fire(operation, shot),
        await nobody.fire(operation, { ...shot, query: 'access_token=test-bench-key-of-an-administrator' }),
      ];
      return answers.flatMap((answer) => (answer.status === 401 ? [] : [tell(operation, answer)]));
    });
    expect(wrong.flat()).toEqual([]);
  });

  describe('ids of others', () => {
    it('answer 404 on every route, as ids that are random and ids that were never there do', async () => {
      const before = await stateOf();
      const wrong = await all(
        [...scoped].flatMap(([who, attacker]) => operations.map((operation) => ({ who, attacker, operation }))),
        async ({ who, attacker, operation }) => {
          const prefixes = operation.parameters.flatMap(({ schema }) => idPrefix(schema) ?? []);
          const prefix = prefixes[0];
          if (prefix === undefined || isOwnSession(operation)) return [];
          const kind = target.kinds.get(prefix);
          const foreign = (kind?.foreign ?? []).filter((id) => who !== 'admin of DE' || !target.unassigned.has(id));
          const tried = [...new Set([...spread(foreign), noSuchId(prefix), `${prefix}_zzzzzzzzzzzzzzzzzzzzzzzzzz`])];
          const answers = await all(tried, async (id) => ({
            id,
            answer: await attacker.fire(operation, { path: pathOf(operation, () => id, known), ...bodyOf(operation, () => id) }),
          }));
          return answers.flatMap(({ id, answer }) =>
            answer.status === 404 || answer.code === 'FORBIDDEN' ? [] : [tell(operation, answer, who, id)],
          );
        },
        4,
      );
      expect(wrong.flat()).toEqual([]);
      expect(await stateOf()).toBe(before);
    });

    it('do nothing in a body', async () => {
      const before = await stateOf();
      const wrong = await all(
        operations.filter(isWrite).flatMap((operation) => placesOf(operation.body).map((place) => ({ operation, place }))),
        async ({ operation, place }) => {
          const prefix = idPrefix(place.schema);
          const foreign = prefix === undefined ? [] : spread(target.kinds.get(prefix)?.foreign ?? []);
          const answers = await all(
            foreign.filter((id) => !target.unassigned.has(id)),
            (id) => scoped.get('admin of DE')!.fire(operation, { path: pathOf(operation, ownId, known), body: place.put(id) }),
          );
          return answers.flatMap((answer) => ([404, 422].includes(answer.status) ? [] : [tell(operation, answer, place.path)]));
        },
      );
      expect(wrong.flat()).toEqual([]);
      expect(await stateOf()).toBe(before);
    });

    it('and words of their documents come out of nothing that can be read: lists, counts, searches, exports, previews', async () => {
      const words = target.secrets.filter((word) => !target.unassigned.has(word));
      const leaks = await all(
        operations
          .filter((operation) => !isWrite(operation) && !isOwnSession(operation))
          .flatMap((operation) => [...scoped].map(([who, attacker]) => ({ operation, who, attacker }))),
        async ({ operation, who, attacker }) => {
          const forbidden = who === 'admin of DE' ? words : target.secrets;
          const path = pathOf(operation, ownId, known);
          const shots: Shot[] = [{ path }];
          for (const { name, schema } of operation.parameters.filter((parameter) => parameter.in === 'query')) {
            const values =
              schema.type === 'boolean'
                ? ['true']
                : takesText(schema)
                  ? ['in_us', 'US', 'US-held', 'flow', ...spread(forbidden)]
                  : enumOf(schema);
            shots.push(...values.map((value) => ({ path, query: new URLSearchParams({ [name]: value }).toString() })));
          }
          const answers = await all(shots, (shot) => attacker.fire(operation, shot), 4);
          return answers.flatMap((answer, index) => {
            const leaked = answer.status < 400 ? forbidden.find((word) => answer.text.includes(word)) : undefined;
            return leaked === undefined ? [] : [tell(operation, answer, who, shots[index]!.query, `LEAKS ${leaked}`)];
          });
        },
        4,
      );
      expect(leaks.flat().map((line) => line.slice(0, 200))).toEqual([]);
    });

    it('are not counted', async () => {
      const { items, count } = JSON.parse(
        (await scoped.get('viewer of DE')!.fire(operationNamed('listMessages'), { query: 'count=true&limit=200' })).text,
      ) as {
        items: { legalEntity: string }[];
        count: number;
      };
      expect(new Set(items.map((item) => item.legalEntity))).toEqual(new Set(['DE']));
      expect(count).toBe(items.length);
      const groups = await scoped.get('viewer of DE')!.fire(operationNamed('listExceptionGroups'));
      expect((JSON.parse(groups.text) as { items: { count: number }[] }).items.map((group) => group.count)).toEqual([1]);
    });

    it('cannot be replayed by the cause that they share', async () => {
      const [row] = await target.bench.sql<{ cause_key: string }>(
        "select e.cause_key from exception e join message m on m.id = e.message_id where e.state = 'open' and m.legal_entity = 'US'",
      );
      const before = await stateOf();
      const preview = await scoped.get('admin of DE')!.fire(operationNamed('previewReplay'), { body: { causeKey: row!.cause_key } });
      const ids = (JSON.parse(preview.text) as { items: { messageId: string }[] }).items.map((item) => item.messageId);
      expect(ids.filter((id) => !target.kinds.get('msg')!.own.includes(id))).toEqual([]);
      expect(await stateOf()).toBe(before);
    });

    it('are left by row-level security alone, when a query forgets its scope', async () => {
      const scope = { entities: ['DE'], unassigned: false };
      for (const table of [
        'message',
        'exception',
        'approval',
        'posting',
        'attempt',
        'message_body',
        'message_history',
        'canonical_object',
        'canonical_version',
        'inbox',
      ]) {
        const [seen] = await target.bench.asPerson<{ n: number }>(scope, `select count(*)::int as n from ${table}`);
        const [all] = await target.bench.sql<{ n: number }>(`select count(*)::int as n from ${table}`);
        expect([table, seen!.n < all!.n]).toEqual([table, true]);
      }
      const changed = await target.bench.asPerson(scope, "update message set reason = 'mine now' where legal_entity = 'US' returning id");
      expect(changed).toEqual([]);
    });
  });

  it('fields that nobody may set are refused in every body', async () => {
    const extra = {
      role: 'admin',
      state: 'approved',
      approvedBy: 'me',
      decidedBy: 'me',
      createdBy: 'me',
      permissions: ['access.write'],
      passwordHash: 'x',
      id: 'usr_x',
      isAdmin: true,
    };
    const before = await stateOf();
    const wrong = await all(
      operations.filter((operation) => operation.body !== undefined && !isOwnSession(operation)),
      async (operation) => {
        const fields = new Set(placesOf(operation.body).map(({ path }) => path));
        const answers = await all(
          Object.entries(extra).filter(([name]) => !fields.has(`/${name}`)),
          ([name, value]) =>
            admin.fire(operation, { path: pathOf(operation, noSuchId), body: { ...(sample(operation.body!) as object), [name]: value } }),
          2,
        );
        return answers.flatMap((answer) => (answer.status === 400 ? [] : [tell(operation, answer)]));
      },
    );
    expect(wrong.flat()).toEqual([]);
    expect(await stateOf()).toBe(before);
  });

  it('sixty payloads in every parameter and every text of every body fail nothing inside, find nothing and change nothing', async () => {
    const before = await stateOf();
    const shots = operations
      .filter((operation) => !isOwnSession(operation) && operation.produces !== 'text/event-stream')
      .flatMap((operation) =>
        [
          ...operation.parameters.map(
            ({ name, in: where }) =>
              (payload: string): Shot =>
                where === 'path'
                  ? { path: { ...pathOf(operation, noSuchId), [name]: payload }, ...bodyOf(operation) }
                  : {
                      path: pathOf(operation, noSuchId, known),
                      query: new URLSearchParams({ [name]: payload }).toString(),
                      ...bodyOf(operation),
                    },
          ),
          ...placesOf(operation.body)
            .filter(({ schema }) => takesText(schema))
            .map((place) => (payload: string): Shot => ({ path: pathOf(operation, noSuchId), body: place.put(payload) })),
        ].flatMap((aim) => payloads.map((payload) => ({ operation, payload, shot: aim(payload) }))),
      );
    const wrong = await all(shots, async ({ operation, payload, shot }) => {
      if (isCostly(operation) && payload.length < 100 && payloads.indexOf(payload) % 10 !== 0) return [];
      const answer = await admin.fire(operation, shot);
      if (answer.status >= 500) return [tell(operation, answer, JSON.stringify(payload.slice(0, 40)))];
      if (answer.status >= 400 || isWrite(operation) || !/['"]/.test(payload) || shot.query === undefined) return [];
      const found = rowsIn(answer.text);
      return found === 0 ? [] : [tell(operation, answer, `${payload} found ${found}`)];
    });
    expect(wrong.flat().slice(0, 20)).toEqual([]);
    expect(shots.length).toBeGreaterThan(5_000);
    expect(await stateOf()).toBe(before);
  });

  it('a body in a type that the route does not read is 415, and is not read', async () => {
    const types = [
      'text/plain',
      'multipart/form-data; boundary=x',
      'application/x-www-form-urlencoded',
      'application/jsonp',
      'text/json',
      'application/octet-stream',
      'nonsense',
    ];
    const wrong = await all(
      operations
        .filter((operation) => isWrite(operation) && !isHook(operation))
        .flatMap((operation) => types.map((type) => ({ operation, type }))),
      async ({ operation, type }) => {
        if (operation.bodyTypes.includes(type.split(';')[0]!)) return [];
        const text = JSON.stringify(operation.body ? sample(operation.body) : {});
        const answer = await holders.get('admin')!.fire(operation, { path: pathOf(operation, noSuchId), raw: { type, text } });
        return answer.status === 415 ? [] : [tell(operation, answer, type)];
      },
    );
    expect(wrong.flat()).toEqual([]);
  });

  it('objects, lists and operators where a text belongs are 400', async () => {
    const shapes = [{ $ne: null }, { id: { $gt: '' } }, ['a', 'b'], 7, true, [{}]];
    const bodies = operations
      .filter((operation) => !isOwnSession(operation))
      .flatMap((operation) =>
        placesOf(operation.body)
          .filter(({ schema }) => schema.type === 'string')
          .flatMap((place) =>
            shapes.map((shape) => ({
              operation,
              shot: { body: place.put(shape) } as Shot,
              what: `${place.path} = ${JSON.stringify(shape)}`,
            })),
          ),
      );
    const tops = operations
      .filter(({ body }) => body !== undefined)
      .flatMap((operation) => [[], null, 'text', 7].map((body) => ({ operation, shot: { body } as Shot, what: JSON.stringify(body) })));
    const queries = operations
      .filter(({ permission, produces }) => permission !== 'public' && produces !== 'text/event-stream')
      .flatMap((operation) =>
        operation.parameters
          .filter((parameter) => parameter.in === 'query')
          .flatMap(({ name }) =>
            [`${name}[$ne]=1`, `${name}=1&${name}=2`, `${name}[]=1`].map((query) => ({ operation, shot: { query } as Shot, what: query })),
          ),
      );
    const wrong = await all([...bodies, ...tops, ...queries], async ({ operation, shot, what }) => {
      const answer = await admin.fire(operation, { path: pathOf(operation, noSuchId, known), ...bodyOf(operation), ...shot });
      return answer.status === 400 || answer.code === 'CSRF_REFUSED' ? [] : [tell(operation, answer, what)];
    });
    expect(wrong.flat()).toEqual([]);
  });
});

const operationNamed = (id: string): Operation => operations.find((operation) => operation.id === id)!;
const ownId = (prefix: string): string => target.kinds.get(prefix)?.own[0] ?? noSuchId(prefix);
/** Some of many: the first, the last, and one between. */
/** What an answer found: items of a list, or lines of a file behind its head. */
const rowsIn = (text: string): number =>
  text.startsWith('{')
    ? ((JSON.parse(text.split('\n', 1)[0]!) as { items?: unknown[] }).items ?? []).length
    : text.split('\r\n').slice(1).filter(Boolean).length;

const spread = (ids: readonly string[]): string[] => [
  ...new Set([ids[0], ids[Math.floor(ids.length / 2)], ids.at(-1)].filter((id) => id !== undefined)),
];
const enumOf = (schema: Schema): string[] =>
  (schema.anyOf ?? [])
    .flatMap(({ const: value }) => (typeof value === 'string' ? [value] : []))
    .concat(schema.type === 'integer' ? ['1', '168'] : []);
/** Hashing a password, and running a mapping, take as long as they should. */
const isCostly = ({ id }: Operation): boolean => ['createUser', 'evaluateMapping'].includes(id);
