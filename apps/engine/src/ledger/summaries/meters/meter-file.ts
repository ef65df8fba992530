import { Type } from '@sinclair/typebox';
import { isTimeZone } from '../../../platform/days/index.js';
import type { ProblemItem } from '../../../platform/problems/index.js';
import { formCheck, readYaml, type FormWords } from '../../../platform/yaml/index.js';
import { aggregates, latePolicies, pathOf, windows, type MeterDefinition } from './definition.js';

const closed = { additionalProperties: false } as const;
const oneOf = (values: readonly string[]) => Type.Union(values.map((one) => Type.Literal(one)));
const Pointer = Type.String({ pattern: '^(/([^~/]|~[01])+){1,8}$', maxLength: 200 });

/** The shape of a meter file; the reference page is made of it too. */
export const MeterFile = Type.Object(
  {
    meter: Type.String({ pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$', maxLength: 80 }),
    description: Type.Optional(Type.String({ maxLength: 500 })),
    events: Type.Array(Type.String({ minLength: 1, maxLength: 255 }), { minItems: 1, maxItems: 20, uniqueItems: true }),
    where: Type.Optional(
      Type.Record(Type.String({ maxLength: 200 }), Type.Union([Type.String({ maxLength: 255 }), Type.Number(), Type.Boolean()]), {
        minProperties: 1,
        maxProperties: 10,
      }),
    ),
    aggregate: oneOf(aggregates),
    value: Type.Optional(Pointer),
    groupBy: Type.Optional(Type.Record(Type.String({ pattern: '^[a-zA-Z][a-zA-Z0-9]{0,39}$' }), Pointer, { maxProperties: 5, ...closed })),
    window: Type.Optional(oneOf(windows)),
    unit: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
    period: Type.Optional(
      Type.Object(
        {
          every: Type.Optional(oneOf(['month', 'day'])),
          startsOn: Type.Optional(Type.Integer({ minimum: 1, maximum: 28 })),
          timeZone: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
        },
        closed,
      ),
    ),
    late: Type.Optional(oneOf(latePolicies)),
    sealAfter: Type.Optional(Type.String({ pattern: '^[1-9][0-9]{0,3}(m|h|d)$' })),
  },
  closed,
);

const words: FormWords = {
  code: 'METER_FIELD',
  file: 'a meter file',
  unions: [
    [/^\/aggregate$/, `must be ${aggregates.join(', ')}`],
    [/^\/window$/, `must be ${windows.join(', ')}`],
    [/^\/period\/every$/, 'must be month or day'],
    [/^\/late$/, `must be ${latePolicies.join(' or ')}`],
    [/^\/where\/.+$/, 'must be text, a number, true or false'],
  ],
};
const problemsOfForm = formCheck(MeterFile, words);
const isPointer = new RegExp(Pointer.pattern!);

export interface ReadMeter {
  definition: MeterDefinition | undefined;
  problems: ProblemItem[];
  locate(path: string): { line?: number; column?: number };
}

/** A meter file, read whole; every problem at once, with lines. */
export function readMeterFile(yaml: string): ReadMeter {
  const { value: raw, problems, locate } = readYaml(yaml, { code: 'METER_YAML', begins: 'meter' });
  if (!raw) return { definition: undefined, problems, locate };
  const found = [...problemsOfForm(raw), ...senseProblems(raw)];
  problems.push(...found.map((problem) => ({ ...problem, ...locate(problem.path ?? '') })));
  return { definition: problems.length === 0 ? complete(raw as never) : undefined, problems, locate };
}

/** What a schema cannot say: which fields go together, and pointers that lead somewhere. */
function senseProblems(raw: Record<string, unknown>): ProblemItem[] {
  const problems: ProblemItem[] = [];
  const tell = (path: string, detail: string) => void problems.push({ code: 'METER_FIELD', path, detail });
  const { aggregate, value, where, groupBy } = raw;
  if (value === undefined && aggregate !== 'count' && aggregates.some((one) => one === aggregate))
    tell('/aggregate', `${String(aggregate)} needs a value: a JSON pointer into the event's data`);
  if (value !== undefined && aggregate === 'count') tell('/value', 'count counts events; leave the value out, or take another aggregate');
  const pointers: [string, unknown][] = [
    ['/value', value],
    ...namesOf(where).map((pointer): [string, unknown] => [`/where/${pointer.replaceAll('~', '~0').replaceAll('/', '~1')}`, pointer]),
    ...entriesOf(groupBy).map(([name, pointer]): [string, unknown] => [`/groupBy/${name}`, pointer]),
  ];
  for (const [path, pointer] of pointers) {
    if (typeof pointer !== 'string') continue;
    if (!isPointer.test(pointer)) {
      if (path.startsWith('/where')) tell(path, `must be a JSON pointer such as /status, not ${JSON.stringify(pointer)}`);
    } else if (pathOf(pointer).some((part) => /^-?\d+$/.test(part)))
      tell(path, `a pointer goes through objects, not into lists: ${pointer}`);
  }
  const clash = namesOf(where).find((one) => namesOf(where).some((other) => other.startsWith(`${one}/`)));
  if (clash !== undefined) tell('/where', `${clash} cannot be a value and hold one at the same time`);
  const period = (raw['period'] ?? {}) as Record<string, unknown>;
  if (period['every'] === 'day' && period['startsOn'] !== undefined) tell('/period/startsOn', 'only a month starts on a day');
  if (period['every'] === 'day' && raw['window'] === 'month') tell('/window', 'a window cannot be longer than the period');
  if (typeof period['timeZone'] === 'string' && !isTimeZone(period['timeZone']))
    tell('/period/timeZone', `must be a time zone such as Europe/Berlin, not ${JSON.stringify(period['timeZone'])}`);
  return problems;
}

const entriesOf = (value: unknown): [string, unknown][] => (typeof value === 'object' && value !== null ? Object.entries(value) : []);
const namesOf = (value: unknown): string[] => entriesOf(value).map(([name]) => name);

const unitMs = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
export function graceMs(text: string): number {
  return Number(text.slice(0, -1)) * unitMs[text.at(-1) as keyof typeof unitMs];
}

type Raw = Omit<MeterDefinition, 'period' | 'sealAfterMs'> & { period?: Partial<MeterDefinition['period']>; sealAfter?: string };

function complete({ sealAfter, ...raw }: Raw): MeterDefinition {
  return {
    ...raw,
    description: raw.description ?? '',
    where: raw.where ?? {},
    groupBy: raw.groupBy ?? {},
    window: raw.window ?? 'hour',
    period: { every: 'month', startsOn: 1, timeZone: 'UTC', ...raw.period },
    ...(sealAfter === undefined ? {} : { sealAfterMs: graceMs(sealAfter) }),
  };
}
