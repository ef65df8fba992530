// The pages of docs/reference that are made of the code: each function takes values of the engine and returns Markdown.

const cell = (text) => String(text).replaceAll('|', '\\|').replaceAll('\n', ' ');
const table = (head, rows) => [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');
const code = (text) => `\`${text}\``;
const made = (of) => `<!-- Generated from ${of} by \`npm run generate\`. -->\n\n`;
const anchor = (text) => text.toLowerCase().replaceAll('_', '-');

/** @param {readonly { name: string, fallback: string, meaning: string }[]} facts */
export function configurationPage(facts) {
  const rows = facts.map(({ name, fallback, meaning }) => [code(name), fallback, meaning]);
  return `${made('apps/engine/src/config/settings.ts')}# Configuration

Waybill is set by environment variables, read once at boot. A value that cannot be right stops the boot with every problem at once. All have
a default: with none set, one process serves the API and the console, works and schedules, on an embedded PostgreSQL.

${table(['name', 'default', 'meaning'], rows)}
`;
}

/** @param {Record<string, { status: number, title: string, remedy: string }>} catalogue */
export function errorCodesPage(catalogue) {
  const rows = Object.entries(catalogue).map(([name, { status, title, remedy }]) => [
    `<a id="${anchor(name)}"></a>${code(name)}`,
    status,
    title,
    remedy,
  ]);
  return `${made('apps/engine/src/platform/problems/catalogue.ts')}# Error codes

Every problem the API answers with (RFC 9457, \`application/problem+json\`) and every exception of a message carries one of these codes in
\`code\`, what happened in \`detail\`, and what to do in \`remedy\`. Codes stay as they are once released; sentences may be improved.
Exceptions that come from a target carry the target's own code instead, as its connector's page tells.

${table(['code', 'status', 'means', 'what to do'], rows)}
`;
}

/** @param {readonly { name: string, type: string, help: string, labelNames: readonly string[] }[]} meters */
export function metricsPage(meters) {
  const rows = meters.map(({ name, type, help, labelNames }) => [code(name), type, labelNames.map(code).join(' '), help]);
  return `${made('apps/engine/src/platform/telemetry/metrics.ts')}# Metrics

\`/metrics\` of every process, in the text format of Prometheus. Each process tells of itself: add up over processes. Beside these it shows
\`waybill_messages_live{state}\`, messages that have not ended and open exceptions, counted in the database and so the same from every process, and
what Node.js tells of memory, event loop and garbage collection (\`waybill_process_*\`, \`waybill_nodejs_*\`).

${table(['name', 'type', 'labels', 'what it says'], rows)}
`;
}

/** @param {Record<string, { method: string, path: string, summary: string, permission: string }>} routes @param {Record<string, string>} permissions */
export function httpApiPage(routes, permissions) {
  const groups = groupBy(Object.entries(routes), ([, route]) => groupOf(route));
  const parts = [...groups].map(([group, entries]) => {
    const rows = entries.map(([id, route]) => [
      `${code(`${route.method} ${route.path}`)}`,
      route.summary,
      code(route.permission),
      code(id),
    ]);
    return `## ${group}\n\n${table(['route', 'what it does', 'permission', 'operation'], rows)}`;
  });
  return `${made('the routes of the engine')}# HTTP API

The whole contract, with every field, is [openapi.json](openapi.json); a running engine serves its own at \`/v1/openapi.json\`. Send
\`Authorization: Bearer <api key>\`. Lists answer \`{ "items": [...], "next": cursor or null }\`; amounts are decimal strings; problems carry
a code of [error-codes.md](error-codes.md).

${parts.join('\n\n')}

## Permissions

\`public\` needs no identity, \`signed-in\` any. A role is a set of the others.

${table(
  ['permission', 'may'],
  Object.entries(permissions).map(([name, sentence]) => [code(name), sentence]),
)}
`;
}

const groupOf = (route) => route.path.split('/')[route.path.startsWith('/v1/') ? 2 : 1];
function groupBy(items, keyOf) {
  const groups = new Map();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

/**
 * @param {readonly object[]} connectors values of the SDK
 * @param {Record<string, readonly string[]>} tests by the connector's name: its test files, from the root of the repository
 * @param {{ kinds: Record<string, string>, errorClasses: Record<string, string> }} words of the SDK
 */
export function connectorsPage(connectors, tests, words) {
  const rows = connectors.map((c) => [
    `[${c.title}](${c.name}.md)`,
    c.vendorApi,
    [...Object.entries(c.streams).map(([name, stream]) => `${code(name)} (${stream.kind})`), ...(c.usage ? ['usage'] : [])].join(', ') ||
      'none',
    c.webhook ? 'yes' : 'no',
    Object.entries(c.operations)
      .map(([name, operation]) => `${code(name)} (${operation.effects.join(', ')})`)
      .join(', ') || 'none',
    names(c.lookups),
  ]);
  const promises = connectors.map((c) => [
    `[${c.title}](${c.name}.md)`,
    [...new Set(Object.values(c.operations).map(modeOf))].join('; ') || 'writes nothing',
    limitsOf(c.limits),
    c.errors ? `${c.errors.length} rows` : 'in the connector',
    c.contract ?? 'none published',
    tests[c.name].map((file) => `[${file.split('/').at(-1)}](../../../${file})`).join(', '),
  ]);
  return `${made('the connectors')}# Connectors

Each page is made of the connector itself: what it reads and writes, its settings, and what its author knows of the system.

${table(['connector', 'written against', 'streams', 'webhooks', 'operations', 'look-ups'], rows)}

## What is promised, and how it is tested

${table(['connector', 'a repeat', 'limits', 'error table', 'contract', 'tests'], promises)}

A contract is the vendor's own description of its interface. It is not part of the repository: tests read it by \`WAYBILL_CONTRACTS\` and say when they
skipped. Where there is one, every request that a connector makes in its tests is held against it.

## Kinds of interfaces

${table(
  ['kind', 'what it gets'],
  Object.entries(words.kinds).map(([kind, promise]) => [code(kind), promise]),
)}

## Classes of errors

What a row of an error table may say. A connection's setting \`errors\` holds rows of its own, \`{ "code", "words"?, "class", "reason", "remedy"? }\`,
which go before those of the connector; a change of them is a change of the connection. A row of a connection cannot have a write with a server error sent
again by itself.

${table(
  ['class', 'what it means'],
  Object.entries(words.errorClasses).map(([name, meaning]) => [code(name), meaning]),
)}
`;
}

const modeOf = ({ writes, idempotency: { mode, keyTtlMs } }) =>
  writes === 'upsert' ? 'upsert: a newer write goes over the same record' : `${code(mode)}${keyTtlMs ? ` (${minutes(keyTtlMs)})` : ''}`;
const minutes = (ms) =>
  ms < 3_600_000 ? `${Math.round(ms / 60_000)} minutes` : ms === 3_600_000 ? '1 hour' : `${Math.round(ms / 3_600_000)} hours`;
const limitsOf = ({ concurrency, perSecond, perDay, scope }) =>
  `${concurrency} at a time${perSecond ? `, ${perSecond} a second` : ''}${perDay ? `, ${perDay} a day` : ''}, per ${scope}`;

const names = (record) => Object.keys(record).map(code).join(', ') || 'none';

const modes = {
  'unique-external-id': 'the target has a unique field that carries our key; a repeat is refused or is the same document',
  'idempotency-key': 'the target remembers our key for a while and recognises a repeat',
  'lookup-only': 'the target can be searched for our key; a repeat is found, not prevented',
  'at-least-once':
    'after a lost answer it is sent again; a repeat lies there a second time under the same id, by which whoever reads folds it',
};

/** Rows that say the same of several codes stand as one: a vendor may have a thousand codes. @param {readonly object[]} rows */
function families(rows) {
  const found = new Map();
  for (const row of rows) {
    const same = JSON.stringify([row.class, row.reason, row.remedy, row.words]);
    const family = found.get(same) ?? { codes: [], row };
    family.codes.push(row.code);
    found.set(same, family);
  }
  return [...found.values()];
}

/** @param {object} connector a value of the SDK */
export function connectorPage(connector) {
  const { name, title, summary, vendorApi, settings, streams, usage, operations, lookups, limits, webhook, documentation } = connector;
  const required = new Set(settings.required ?? []);
  const parts = [`# ${title}`, `${summary}\n\nConnector \`${name}\`, written against ${vendorApi}.`];
  const fields = Object.entries(settings.properties ?? {}).map(([field, schema]) => [
    code(field),
    schema.title ?? '',
    [
      required.has(field) ? 'required' : '',
      schema['x-secret'] ? 'secret' : '',
      schema.default === undefined ? '' : `default ${code(schema.default)}`,
    ]
      .filter(Boolean)
      .join(', '),
    schema.description ?? '',
  ]);
  parts.push('## Settings of a connection', table(['field', 'title', '', 'meaning'], fields));
  parts.push(
    '## Streams',
    list(streams, ['stream', 'what comes', 'kind', 'how'], (key, s) => [
      code(key),
      `${s.title}. ${s.summary}`,
      s.kind,
      [webhook ? 'webhook' : '', s.poll ? 'poll' : ''].filter(Boolean).join(', ') || 'push',
    ]),
  );
  if (usage)
    parts.push(
      '## Usage',
      `${usage.summary}\n\nAttributes of events in binary mode are headers that begin with \`${usage.attributes.prefix}\`${usage.attributes.percentEncoded ? ', percent-encoded as in HTTP' : ', in UTF-8 as they are'}. See [usage streams](../../guides/usage-streams.md).`,
    );
  parts.push(
    '## Operations',
    list(operations, ['operation', 'what it does', 'kind', 'document', 'effects', 'writes'], (key, o) => [
      code(key),
      `${o.title}. ${o.summary}`,
      o.kind,
      code(o.document),
      o.effects.map(code).join(', '),
      o.writes,
    ]),
  );
  for (const [key, o] of Object.entries(operations)) {
    const facts = [`a repeat: ${modes[o.idempotency.mode]} (\`${o.idempotency.mode}\`)`];
    if (o.idempotency.keyTtlMs) facts.push(`the key is remembered for ${minutes(o.idempotency.keyTtlMs)}`);
    if (o.idempotency.replaysFailures) facts.push('stored failures are replayed, so each attempt has a key of its own');
    const seconds = typeof o.maxUpstreamSeconds === 'function' ? o.maxUpstreamSeconds({}) : o.maxUpstreamSeconds;
    facts.push(`after a call without an answer, the target may still work on it for ${seconds} s; a look-up waits that long`);
    if (o.find) facts.push('a document in doubt is looked up by our key');
    else
      facts.push(
        o.idempotency.mode === 'at-least-once' ? 'there is no look-up' : 'there is no look-up: a newer write goes over the same record',
      );
    parts.push(`### ${key}\n\n${facts.map((fact) => `- ${fact}`).join('\n')}`);
  }
  parts.push(
    '## Look-ups',
    list(lookups, ['look-up', 'what it finds', 'by'], (key, l) => [
      code(key),
      `${l.title}. ${l.summary}`,
      Object.keys(l.by.properties ?? {})
        .map(code)
        .join(', '),
    ]),
  );
  parts.push(
    '## Limits',
    `${limits.concurrency} calls at a time${limits.perSecond ? `, ${limits.perSecond} requests a second` : ''}${limits.perDay ? `, ${limits.perDay} a day` : ''}, counted per ${limits.scope}.${limits.pauseMs ? ' A pause that an answer asks for is kept.' : ''}`,
  );
  if (connector.errors)
    parts.push(
      '## What its errors mean',
      'The first row that fits decides, the one with more words first; what no row knows is decided by the HTTP status, and the exception says so. The classes are on [the page of all connectors](index.md#classes-of-errors).',
      table(
        ['code', 'words', 'class', 'reason', 'what to do'],
        families(connector.errors).map(({ codes, row }) => [
          codes.map(code).join(' '),
          (row.words ?? []).map(code).join(' '),
          row.class,
          row.reason,
          row.remedy ?? '',
        ]),
      ),
    );
  return `${made(`connectors/${name}`)}${parts.join('\n\n')}\n\n${documentation.trim()}\n`;
}

function list(record, head, row) {
  const entries = Object.entries(record);
  return entries.length === 0
    ? 'None.'
    : table(
        head,
        entries.map(([key, value]) => row(key, value)),
      );
}

/** The page with its tables of functions made anew, between the markers. */
export function withFunctionTables(page, functions, plainFunctions) {
  const families = {
    money: functions.filter((f) => f.name.startsWith('$money.')),
    date: functions.filter((f) => f.name.startsWith('$date.')),
    documents: functions.filter((f) => !f.name.includes('.')),
    plain: plainFunctions,
  };
  return Object.entries(families).reduce((text, [family, ofFamily]) => {
    const rows = ofFamily.map((f) => [code(f.name + f.signature), f.summary]);
    const marked = new RegExp(`(<!-- functions ${family} -->)[\\s\\S]*?(<!-- /functions -->)`);
    if (!marked.test(text)) throw new Error(`docs/reference/mapping-language.md has no marker <!-- functions ${family} -->`);
    return text.replace(marked, (_, from, to) => `${from}\n\n${table(['function', 'result'], rows)}\n\n${to}`);
  }, page);
}

/** The page of the flow file with its table of keys made anew, between the markers. @param {string} page @param {Record<string, string>} words by path */
export function withFlowKeys(page, words) {
  const rows = Object.entries(words).map(([path, says]) => [code(path), says]);
  const marked = /(<!-- keys -->)[\s\S]*?(<!-- \/keys -->)/;
  if (!marked.test(page)) throw new Error('docs/reference/flow-file.md has no marker <!-- keys -->');
  return page.replace(marked, (_, from, to) => `${from}\n\n${table(['key', 'what it says'], rows)}\n\n${to}`);
}
