/**
 * The house, as a checked fact: which file may import which. ARCHITECTURE.md draws the floors; each comment below is what
 * somebody reads who trips the rule, so it says why the wall is there and what to do instead.
 *
 * Every rule has a file that breaks it in tools/boundaries/fixture, and a test that sees it red.
 */
const room = (names) => `(?:^|/)apps/engine/src/(?:${names})/`;
const engine = '(?:^|/)apps/engine/src/';
/** The bench measures what the engine stands on, so it goes past the doors. */
const measures = `${engine}cli/bench/`;
const package_ = (name) => `(?:^|/)node_modules/${name}/`;
/** Libraries that speak a protocol or a format, what it compresses with and how it signs; who uses which, the package.json of each connector says. */
const protocols = ['kafkajs', 'snappyjs', 'lz4js', 'fzstd', '@nats-io/[a-z-]+', 'ioredis', 'pg', 'nodemailer', 'ssh2', 'csv-parse', 'csv-stringify', 'aws4fetch'].map(package_); // prettier-ignore
const test = '\\.test\\.tsx?$|(?:^|/)test/';
/** A suffix says which framework a file may know; a file without one is pure. */
const suffix = '\\.(?:controller|module|guard|filter|decorator|store|worker|entity|migration)\\.ts$';
const doors = [`${engine}[a-z-]+/index\\.ts$`, `${engine}[a-z-]+/routes\\.ts$`, `${engine}[a-z-]+/[a-z]+\\.module\\.ts$`];
const rooms = 'assurance|exceptions|intake|ledger|pipeline|catalog|canon|governance';

const floor = (name, names, above, say) => ({
  name: `floor-of-${name}`,
  comment: `${say} A room imports lower floors only. Hand the value down as an argument, or move what both need to a lower floor.`,
  severity: 'error',
  from: { path: room(names), pathNot: test },
  to: { path: room(above) },
});

const neighbours = (name, names, next, say = '') => ({
  name: `neighbours-of-${name}`,
  comment: `Two rooms of one floor do not know each other: if one needs the other, it belongs on another floor, or what both need on a lower one.${say}`,
  severity: 'error',
  from: { path: `${engine}(${names})/`, pathNot: test },
  to: { path: room(next), pathNot: `${engine}$1/` },
});

module.exports = {
  forbidden: [
    floor(
      'exceptions-intake-and-ledger',
      'exceptions|intake|ledger',
      'assurance',
      'Floor 4: assurance looks at everything and nothing looks back.',
    ),
    floor(
      'pipeline',
      'pipeline',
      'assurance|exceptions|intake|ledger',
      'Floor 3: the pipeline moves a message. Who put it there, and who picks it up when it stops, is not its business.',
    ),
    floor(
      'catalog-and-canon',
      'catalog|canon',
      'assurance|exceptions|intake|ledger|pipeline',
      'Floor 2: what an admin defines and the hub do not know how messages travel.',
    ),
    floor(
      'governance',
      'governance',
      'assurance|exceptions|intake|ledger|pipeline|catalog|canon',
      'Floor 1: every change passes here, so governance can know none of the rooms whose changes they are.',
    ),
    floor(
      'platform-and-config',
      'platform|config',
      rooms,
      'Floor 0: the platform serves any product; it knows nothing of messages, flows or people.',
    ),
    neighbours('intake-and-ledger', 'intake|ledger', 'exceptions|intake|ledger'),
    neighbours(
      'exceptions',
      'exceptions',
      'ledger',
      ' One door is open by design: a replay is a run, so `exceptions` may use the index of `intake`.',
    ),
    neighbours('catalog-and-canon', 'catalog|canon', 'catalog|canon'),
    {
      name: 'through-the-door',
      comment:
        "A room's `index.ts` is its door. What is not exported there may change tomorrow. Export it if it is meant for others; if it is not, ask the room for what you need. Two more doors: `routes.ts` (data, so that a controller upstairs can answer a route) and `<room>.module.ts` (Nest's list of parts).",
      severity: 'error',
      from: { path: `${engine}([a-z-]+)/`, pathNot: test },
      to: { path: room(`${rooms}|config`), pathNot: [`${engine}$1/`, ...doors] },
    },
    {
      name: 'boot-uses-the-doors-too',
      comment:
        'The files at the top (serve.ts, app.module.ts, routes.ts, scheduler.ts) put the rooms together; they too know a room by its door only.',
      severity: 'error',
      from: { path: `${engine}[^/]+\\.ts$`, pathNot: test },
      to: { path: room(`${rooms}|config`), pathNot: doors },
    },
    {
      name: 'through-the-door-of-a-platform-room',
      comment:
        "Each folder of platform/ has its own door, `index.ts`. A room's routes.ts may also read platform/http/fields.ts and route.ts, which are free of Nest so that the contract can be read without starting the engine; boot (serve.ts, routes.ts at the top) may open the server itself.",
      severity: 'error',
      from: { path: engine, pathNot: [test, `${engine}platform/`] },
      to: {
        path: room('platform'),
        pathNot: [
          `${engine}platform/[a-z-]+/index\\.ts$`,
          `${engine}platform/(?:tokens|platform\\.module)\\.ts$`,
          `${engine}platform/http/(?:fields|route|openapi|server|console-files)\\.ts$`,
        ],
      },
    },
    {
      name: 'platform-rooms-stay-apart',
      comment: 'Inside platform/, a folder knows another one by its door only, like everybody else.',
      severity: 'error',
      from: { path: `${engine}platform/([a-z-]+)/`, pathNot: test },
      to: { path: `${engine}platform/[a-z-]+/`, pathNot: [`${engine}platform/$1/`, `${engine}platform/[a-z-]+/index\\.ts$`] },
    },
    {
      name: 'pure-files-know-no-framework',
      comment:
        'A file without a framework suffix is pure: no Nest, no SQL, no queue, no network, no disk. It gets what it needs as arguments, and its test runs without any of them. If it must touch the world, name it for what it touches (`*.store.ts`, `*.worker.ts` …).',
      severity: 'error',
      from: { path: room(rooms), pathNot: [test, suffix] },
      to: {
        path: [
          '(?:^|/)node_modules/(?:@nestjs|@fastify|fastify|typeorm|pg|bullmq|ioredis|undici)/',
          '^(?:node:)?(?:fs|fs/promises|net|tls|http|http2|https|dgram|dns|child_process|worker_threads|timers/promises)$',
        ],
      },
    },
    {
      name: 'pure-files-get-stores-as-arguments',
      comment:
        'A pure file may name the type of a store or a worker, never import the thing itself: `import type`, and let the caller hand it in. A door (`index.ts`) only passes on.',
      severity: 'error',
      from: { path: room(rooms), pathNot: [test, suffix, '/index\\.ts$'] },
      to: { path: `${engine}.+${suffix}`, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'nest-by-suffix',
      comment:
        'Nest and Fastify live in files whose suffix says so, in platform/http, which makes the server, and in boot. Elsewhere they would make plain functions hard to test.',
      severity: 'error',
      from: {
        path: `${engine}(?:platform|config|cli)/|${engine}[^/]+\\.ts$`,
        pathNot: [test, suffix, `${engine}platform/http/`, `${engine}(?:serve|main)\\.ts$`],
      },
      to: { path: '(?:^|/)node_modules/(?:@nestjs|@fastify|fastify)/' },
    },
    {
      name: 'sql-through-one-door',
      comment:
        'PostgreSQL is reached through platform/database alone: one pool, one way to begin a transaction, one place that sets its guarantees. A store asks for `Database`.',
      severity: 'error',
      from: { path: engine, pathNot: [test, `${engine}platform/database/`, measures] },
      to: { path: '(?:^|/)node_modules/(?:typeorm|pg)/' },
    },
    {
      name: 'queue-through-one-door',
      comment:
        'The queue is a doorbell and may be lost; whoever could add a job of his own would put data in it. BullMQ and Redis are known in platform/queue alone; ask for `Doorbell`.',
      severity: 'error',
      from: { path: engine, pathNot: [test, `${engine}platform/queue/`, measures] },
      to: { path: '(?:^|/)node_modules/(?:bullmq|ioredis)/' },
    },
    {
      name: 'connectors-know-the-sdk-only',
      comment:
        "A connector is one value made of the SDK: its own files, `@waybill/sdk`, Node's own modules, nothing else. So it can be read in one sitting, tested alone, and every call it makes passes the engine's one HTTP client. A vendor's library would hide attempts from the ledger of attempts. A protocol that is not HTTP is spoken by its library, on sockets of `context.dial` and with its retries switched off; a format or a signature is read and written by its own, which opens nothing.",
      severity: 'error',
      from: { path: '(?:^|/)connectors/(?!sdk/)([a-z-]+)/src/', pathNot: test },
      to: {
        pathNot: ['(?:^|/)connectors/$1/src/', '(?:^|/)connectors/sdk/src/(?:index|money)\\.ts$', package_('@waybill/sdk'), ...protocols],
        dependencyTypesNot: ['core'],
      },
    },
    {
      name: 'connectors-open-no-socket',
      comment:
        'A connector calls out through `context.http` and `context.dial` only: addresses are checked there, limits kept, and each exchange recorded. No fetch from Node, no disk, no processes. The type of a socket opens none.',
      severity: 'error',
      from: { path: '(?:^|/)connectors/[a-z-]+/src/', pathNot: test },
      to: {
        path: '^(?:node:)?(?:fs|fs/promises|net|tls|http|http2|https|dgram|dns|child_process|worker_threads)$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'sdk-is-the-innermost-ring',
      comment: 'The SDK is what others stand on; it imports nothing of ours, or every connector would carry it along.',
      severity: 'error',
      from: { path: '(?:^|/)connectors/sdk/src/', pathNot: test },
      to: { path: ['(?:^|/)(?:apps|mappings)/', '(?:^|/)connectors/(?!sdk/)', package_('@waybill/(?!sdk)[^/]+')] },
    },
    {
      name: 'mapping-language-stands-alone',
      comment:
        'The mapping language runs in the engine, in a child process and in the browser; it may know the SDK and nothing else of ours.',
      severity: 'error',
      from: { path: '(?:^|/)mappings/language/src/', pathNot: test },
      to: {
        path: [
          '(?:^|/)apps/',
          '(?:^|/)connectors/(?!sdk/)',
          package_('@waybill/(?!sdk)[^/]+'),
          '^(?:node:)?(?:fs|fs/promises|net|http|https|child_process|crypto|path|url)$',
        ],
      },
    },
    {
      name: 'connectors-are-installed-in-one-list',
      comment:
        'catalog/connections/installed.ts is the one list of connectors. Everything else meets a connector as a value of the SDK; code that knows one by name would break when it is replaced.',
      severity: 'error',
      from: { path: '(?:^|/)(?:apps|mappings)/', pathNot: [test, `${engine}catalog/connections/installed\\.ts$`] },
      to: { path: ['(?:^|/)connectors/(?!sdk/)', package_('@waybill/connector-[^/]+')] },
    },
    {
      name: 'console-knows-the-api-only',
      comment:
        'The console knows the engine by its HTTP API, through the client generated from the OpenAPI document, and the mapping language by `@waybill/mapping-language`. What it can do, any script can do.',
      severity: 'error',
      from: { path: '(?:^|/)apps/console/', pathNot: test },
      to: { path: ['(?:^|/)apps/(?!console/)', '(?:^|/)connectors/', package_('@waybill/(?!mapping-language)[^/]+')] },
    },
    {
      name: 'console-features-stand-alone',
      comment:
        'A feature of the console can be removed by removing its folder. What two features share belongs in parts/; a link to another feature is an address.',
      severity: 'error',
      from: { path: '(?:^|/)apps/console/src/features/([a-z-]+)/', pathNot: test },
      to: { path: '(?:^|/)apps/console/src/features/', pathNot: '(?:^|/)apps/console/src/features/$1/' },
    },
    {
      name: 'console-parts-know-no-feature',
      comment: 'Parts are what features are made of; a part that knows a feature is a piece of that feature.',
      severity: 'error',
      from: { path: '(?:^|/)apps/console/src/(?:parts|api)/', pathNot: test },
      to: { path: '(?:^|/)apps/console/src/(?:features|app)/' },
    },
    {
      name: 'no-cycles',
      comment:
        'Files that import each other in a circle are one file in pieces: none can be read, tested or moved alone. Move what both need to a third, lower one. Types count, for the reader walks the same circle.',
      severity: 'error',
      from: { pathNot: test },
      to: { circular: true },
    },
    {
      name: 'everything-resolves',
      comment: 'An import that the checker cannot follow walks past every wall above. Correct the path, or install the package.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: {
      path: ['^(?:apps|clients|connectors)/[^/]+/dist/', '^mappings/language/dist/', '^tools/boundaries/fixture/', '\\.css(?:\\?|$)'],
    },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['waybill-source', 'import', 'types', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.mts', '.d.ts', '.js', '.mjs', '.cjs', '.json'],
    },
    builtInModules: { add: ['node:sqlite', 'node:test'] },
  },
};
