import { exceptionCategories } from '@waybill/sdk';
import { Type } from '@sinclair/typebox';
import { Ajv, type ErrorObject } from 'ajv';
import { isMap, isScalar, LineCounter, parseDocument, type Document, type Node } from 'yaml';
import type { ProblemItem } from '../../platform/problems/index.js';
import type { FlowDefinition } from './definition.js';
import { priorities } from './priority.js';

const Name = Type.String({ pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$', maxLength: 80 });
const TypeName = Type.String({ pattern: '^[a-z][a-z-]*@[1-9][0-9]*$' });
const Expression = Type.String({ minLength: 1, maxLength: 10_000 });
const Duration = Type.String({ pattern: '^[1-9][0-9]{0,5}(ms|s|m|h|d)$' });
const By = Type.Record(Type.String({ maxLength: 60 }), Expression, { minProperties: 1, maxProperties: 8 });
const closed = { additionalProperties: false } as const;
const Canonical = Type.Object({ canonical: TypeName }, closed);

/** The shape of a flow file; also the schema that the reference page and the editor's completion are made of. */
export const FlowFile = Type.Object(
  {
    flow: Name,
    description: Type.Optional(Type.String({ maxLength: 500 })),
    from: Type.Union([Type.Object({ connection: Name, stream: Type.String({ maxLength: 80 }) }, closed), Canonical]),
    accept: Type.Optional(Type.String({ maxLength: 120 })),
    key: Type.Optional(Expression),
    revision: Type.Optional(Expression),
    orderBy: Type.Optional(Expression),
    when: Type.Optional(Expression),
    enrich: Type.Optional(
      Type.Record(
        Type.String({ pattern: '^[a-zA-Z][a-zA-Z0-9]*$' }),
        Type.Union([
          Type.Object({ table: Name, by: By, asOf: Type.Optional(Expression) }, closed),
          Type.Object({ connection: Name, lookup: Type.String({ maxLength: 80 }), by: By }, closed),
        ]),
        { maxProperties: 20 },
      ),
    ),
    map: Name,
    produce: Type.Optional(TypeName),
    permit: Type.Optional(
      Type.Array(
        Type.Object(
          {
            rule: Type.String({ minLength: 1, maxLength: 80 }),
            when: Type.Optional(Expression),
            unless: Type.Optional(Expression),
            on: Type.Optional(Type.Union([Type.Literal('source'), Type.Literal('output')])),
            then: Type.Union([
              Type.Literal('skip'),
              Type.Object(
                { hold: Type.Union(exceptionCategories.map((c) => Type.Literal(c))), say: Type.String({ minLength: 1, maxLength: 1_000 }) },
                closed,
              ),
              Type.Object({ approve: Name, say: Type.Optional(Type.String({ maxLength: 1_000 })) }, closed),
            ]),
          },
          closed,
        ),
        { maxItems: 50 },
      ),
    ),
    to: Type.Union([Type.Object({ connection: Name, operation: Type.String({ maxLength: 80 }) }, closed), Canonical]),
    waitFor: Type.Optional(
      Type.Array(Type.Object({ posted: TypeName, key: Expression, within: Type.Optional(Duration) }, closed), { maxItems: 5 }),
    ),
    retry: Type.Optional(
      Type.Object(
        { attempts: Type.Optional(Type.Integer({ minimum: 1, maximum: 50 })), from: Type.Optional(Duration), to: Type.Optional(Duration) },
        closed,
      ),
    ),
    blocks: Type.Optional(Type.Union([Type.Literal('document'), Type.Literal('orderingKey')])),
    priority: Type.Optional(Type.Union(priorities.map((one) => Type.Literal(one)))),
  },
  closed,
);

const validate = new Ajv({ allErrors: true, strict: false }).compile(FlowFile);

/** A file as read: what could be understood, and every problem of its form, with lines. References to other things are checked apart. */
export interface ReadFlow {
  definition: FlowDefinition | undefined;
  problems: ProblemItem[];
  /** Adds the line to a problem found later. */
  locate(path: string): { line?: number; column?: number };
}

export function readFlowFile(yaml: string): ReadFlow {
  const lines = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: lines, uniqueKeys: true, maxAliasCount: 20 } as never);
  const locate = (path: string) => position(document, lines, path);
  if (document.errors.length > 0) {
    const problems = document.errors.map((error) => ({
      code: 'FLOW_YAML',
      detail: error.message.split('\n')[0]!.replace(/ at line.*$/, ''),
      ...(error.linePos ? { line: error.linePos[0].line, column: error.linePos[0].col } : {}),
    }));
    return { definition: undefined, problems, locate };
  }
  const raw = document.toJS({ maxAliasCount: 20 }) as Record<string, unknown> | null;
  if (!isMap(document.contents) || raw === null)
    return {
      definition: undefined,
      problems: [{ code: 'FLOW_YAML', detail: 'the file must be a map that begins with `flow:`', line: 1 }],
      locate,
    };
  const problems = validate(raw) ? [] : formProblems(validate.errors ?? [], raw).map((p) => ({ ...p, ...locate(p.path ?? '') }));
  for (const [index, rule] of (Array.isArray(raw['permit']) ? (raw['permit'] as Record<string, unknown>[]) : []).entries()) {
    if ((rule?.['when'] === undefined) === (rule?.['unless'] === undefined)) {
      const path = `/permit/${index}`;
      problems.push({
        code: 'FLOW_FIELD',
        path,
        detail: `the rule ${JSON.stringify(rule?.['rule'] ?? index)} needs either when or unless`,
        ...locate(path),
      });
    }
  }
  return { definition: problems.length === 0 ? complete(raw as never) : undefined, problems, locate };
}

/** Durations as people write them, in milliseconds. */
export function durationMs(text: string): number {
  const [, count, unit] = /^(\d+)(ms|s|m|h|d)$/.exec(text) as unknown as [string, string, 'ms' | 's' | 'm' | 'h' | 'd'];
  return Number(count) * { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }[unit];
}

type Raw = Omit<FlowDefinition, 'retry' | 'waitFor' | 'enrich' | 'permit' | 'blocks' | 'description'> & {
  description?: string;
  enrich?: FlowDefinition['enrich'];
  permit?: FlowDefinition['permit'];
  waitFor?: { posted: string; key: string; within?: string }[];
  retry?: { attempts?: number; from?: string; to?: string };
  blocks?: FlowDefinition['blocks'];
};

function complete(raw: Raw): FlowDefinition {
  return {
    ...raw,
    description: raw.description ?? '',
    enrich: raw.enrich ?? {},
    permit: raw.permit ?? [],
    waitFor: (raw.waitFor ?? []).map(({ posted, key, within }) => ({ posted, key, withinMs: durationMs(within ?? '72h') })),
    retry: { attempts: raw.retry?.attempts ?? 8, fromMs: durationMs(raw.retry?.from ?? '10s'), toMs: durationMs(raw.retry?.to ?? '1h') },
    blocks: raw.blocks ?? 'document',
  };
}

/** Errors of a union are told once, at the union, in words that name its forms. */
const unionWords: readonly [RegExp, string][] = [
  [/^\/from$/, 'must be { connection, stream } or { canonical: type@version }'],
  [/^\/to$/, 'must be { connection, operation } or { canonical: type@version }'],
  [/^\/enrich\/[^/]+$/, 'must be { table, by } or { connection, lookup, by }'],
  [/^\/priority$/, `must be ${priorities.join(', ')}`],
  [/^\/permit\/\d+\/then$/, `must be skip, { hold: ${exceptionCategories.join(' | ')}, say } or { approve: role }`],
];

function formProblems(errors: readonly ErrorObject[], raw: unknown): ProblemItem[] {
  const unions = errors.filter((e) => e.keyword === 'anyOf').map((e) => e.instancePath);
  const result: ProblemItem[] = [];
  for (const error of errors) {
    const inUnion = unions.find((path) => error.instancePath === path || error.instancePath.startsWith(`${path}/`));
    if (inUnion !== undefined && error.keyword !== 'anyOf') continue;
    const path =
      error.keyword === 'additionalProperties' ? `${error.instancePath}/${String(error.params['additionalProperty'])}` : error.instancePath;
    const detail =
      error.keyword === 'anyOf'
        ? (unionWords.find(([pattern]) => pattern.test(path))?.[1] ?? 'has none of the forms that are possible here')
        : error.keyword === 'additionalProperties'
          ? 'is not a field of a flow file here'
          : error.keyword === 'required'
            ? `${path || 'the file'} needs ${String(error.params['missingProperty'])}`
            : `${error.message ?? 'is wrong'}, not ${JSON.stringify(valueAt(raw, path))}`;
    if (!result.some((p) => p.path === path && p.detail === detail)) result.push({ code: 'FLOW_FIELD', path: path || '/', detail });
  }
  return result;
}

function valueAt(value: unknown, path: string): unknown {
  return path.split('/').slice(1).reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], value); // prettier-ignore
}

function position(document: Document, lines: LineCounter, path: string): { line?: number; column?: number } {
  const parts = path
    .split('/')
    .slice(1)
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  for (let length = parts.length; length >= 0; length -= 1) {
    const parent = length === 0 ? document.contents : document.getIn(parts.slice(0, length - 1), true);
    const pair =
      isMap(parent) && length > 0 ? parent.items.find((item) => isScalar(item.key) && item.key.value === parts[length - 1]) : undefined;
    const node = (pair?.key ?? document.getIn(parts.slice(0, length), true)) as Node | undefined;
    if (node?.range) {
      const { line, col } = lines.linePos(node.range[0]);
      return { line, column: col };
    }
  }
  return {};
}
