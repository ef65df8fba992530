import { Type } from '@sinclair/typebox';
import { money } from '@waybill/sdk';
import { isTimeZone } from '../../platform/days/index.js';
import type { ProblemItem } from '../../platform/problems/index.js';
import { formCheck, readYaml, type FormWords } from '../../platform/yaml/index.js';
import { comparable, type ControlDefinition, type DocumentControl, type UsageControl } from './definition.js';

const closed = { additionalProperties: false } as const;
const Name = Type.String({ pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$', maxLength: 80 });
const oneOf = (values: readonly string[]) => Type.Union(values.map((one) => Type.Literal(one)));
const Allowed = Type.Record(Type.String({ pattern: '^[A-Z]{3}$' }), Type.String({ pattern: '^\\d{1,12}(\\.\\d{1,6})?$' }), { maxProperties: 50, ...closed }); // prettier-ignore
const minutesMax = 7 * 24 * 60;

const Decimal = Type.String({ pattern: '^\\d{1,12}(\\.\\d{1,6})?$' });
const calendar = {
  control: Name,
  description: Type.Optional(Type.String({ maxLength: 500 })),
  daily: Type.Optional(
    Type.Object(
      {
        at: Type.Optional(Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' })),
        timeZone: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
        months: Type.Optional(Type.Integer({ minimum: 1, maximum: 13 })),
      },
      closed,
    ),
  ),
  settleMinutes: Type.Optional(Type.Integer({ minimum: 0, maximum: minutesMax })),
};

/** The shape of the file of a control of documents. */
export const ControlFile = Type.Object(
  {
    ...calendar,
    compare: oneOf(comparable),
    billing: Type.Object({ legalEntity: Type.String({ minLength: 1, maxLength: 80 }), system: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })) }, closed),
    erp: Type.Object({ connection: Name, stream: Type.Optional(Type.String({ minLength: 1, maxLength: 80 })) }, closed),
    keys: Type.Optional(Type.Array(oneOf(['posting', 'number']), { minItems: 1, maxItems: 2, uniqueItems: true })),
    match: Type.Optional(oneOf(['one-to-one', 'one-to-many'])),
    tolerance: Type.Optional(Type.Object({ amount: Type.Optional(Allowed), tax: Type.Optional(Allowed), days: Type.Optional(Type.Integer({ minimum: 0, maximum: 31 })) }, closed)),
  },
  closed,
); // prettier-ignore

/** The shape of the file of a control of usage. */
export const UsageControlFile = Type.Object(
  {
    ...calendar,
    compare: Type.Literal('usage'),
    ledger: Type.Object({ legalEntity: Type.String({ minLength: 1, maxLength: 80 }), meters: Type.Optional(Type.Array(Name, { minItems: 1, maxItems: 100, uniqueItems: true })) }, closed),
    billing: Type.Object({ connection: Name, meters: Type.Object({ table: Name, column: Type.String({ minLength: 1, maxLength: 80 }) }, closed) }, closed),
    tolerance: Type.Optional(Type.Object({ quantity: Type.Optional(Type.Record(Type.String({ pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$' }), Decimal, { maxProperties: 100, ...closed })) }, closed)),
  },
  closed,
); // prettier-ignore

const words: FormWords = {
  code: 'CONTROL_FIELD',
  file: 'a control file',
  unions: [
    [/^\/compare$/, `must be ${comparable.join(', ')}`],
    [/^\/keys\/\d+$/, 'must be posting or number'],
    [/^\/match$/, 'must be one-to-one or one-to-many'],
  ],
};
const problemsOfForm = formCheck(ControlFile, words);
const problemsOfUsageForm = formCheck(UsageControlFile, words);

export interface ReadControl {
  definition: ControlDefinition | undefined;
  problems: ProblemItem[];
  locate: ReturnType<typeof readYaml>['locate'];
}

export function readControlFile(yaml: string): ReadControl {
  const { value: raw, problems, locate } = readYaml(yaml, { code: 'CONTROL_YAML', begins: 'control' });
  if (!raw) return { definition: undefined, problems, locate };
  const ofUsage = raw['compare'] === 'usage';
  const wrongForm = (ofUsage ? problemsOfUsageForm : problemsOfForm)(raw);
  const found = wrongForm.length > 0 ? wrongForm : ofUsage ? zoneProblems(raw as unknown as RawUsage) : senseProblems(raw as unknown as Raw);
  problems.push(...found.map((problem) => ({ ...problem, ...locate(problem.path ?? '') })));
  if (problems.length > 0) return { definition: undefined, problems, locate };
  return { definition: ofUsage ? completeUsage(raw as unknown as RawUsage) : complete(raw as unknown as Raw), problems, locate };
} // prettier-ignore

interface RawCalendar {
  control: string;
  description?: string;
  daily?: Partial<ControlDefinition['daily']>;
  settleMinutes?: number;
}
interface Raw extends RawCalendar {
  compare: DocumentControl['compare'];
  billing: DocumentControl['billing'];
  erp: { connection: string; stream?: string };
  keys?: DocumentControl['keys'];
  match?: DocumentControl['match'];
  tolerance?: Partial<DocumentControl['tolerance']>;
}
interface RawUsage extends RawCalendar, Pick<UsageControl, 'compare' | 'ledger' | 'billing'> {
  tolerance?: Partial<UsageControl['tolerance']>;
}

/** What a schema cannot say: what does not go together, and amounts that a currency does not have. */
function senseProblems({ tolerance = {}, match, keys, ...raw }: Raw): ProblemItem[] {
  const problems = zoneProblems(raw);
  const tell = (path: string, detail: string) => void problems.push({ code: 'CONTROL_FIELD', path, detail });
  for (const part of ['amount', 'tax'] as const)
    for (const [currency, allowed] of Object.entries(tolerance[part] ?? {})) {
      const decimals = money.minorUnits(currency);
      if ((allowed.split('.')[1]?.length ?? 0) > decimals) tell(`/tolerance/${part}/${currency}`, `${currency} has ${decimals} decimals; ${allowed} has more`); // prettier-ignore
    }
  if (match === 'one-to-many' && keys && !keys.includes('number')) tell('/keys', 'one-to-many needs number among its keys: a posting is one document');
  return problems;
} // prettier-ignore

const zoneProblems = ({ daily }: Pick<RawCalendar, 'daily'>): ProblemItem[] =>
  daily?.timeZone === undefined || isTimeZone(daily.timeZone)
    ? []
    : [{ code: 'CONTROL_FIELD', path: '/daily/timeZone', detail: `must be a time zone such as Europe/Berlin, not ${JSON.stringify(daily.timeZone)}` }]; // prettier-ignore

const calendarOf = ({ description = '', daily = {}, settleMinutes = 60 }: RawCalendar) => ({
  description,
  daily: { at: '06:00', timeZone: 'UTC', months: 2, ...daily },
  settleMs: settleMinutes * 60_000,
});

const complete = ({ control, compare, billing, erp, keys, match, tolerance = {}, ...rest }: Raw): DocumentControl => ({
  control,
  compare,
  billing,
  erp: { stream: 'documents', ...erp },
  keys: keys ?? ['posting', 'number'],
  match: match ?? 'one-to-one',
  tolerance: { amount: {}, tax: {}, days: 0, ...tolerance },
  ...calendarOf({ control, ...rest }),
});

const completeUsage = ({ control, compare, ledger, billing, tolerance = {}, ...rest }: RawUsage): UsageControl => ({
  control,
  compare,
  ledger,
  billing,
  tolerance: { quantity: {}, ...tolerance },
  ...calendarOf({ control, ...rest }),
});

/** What is wrong with the table that says what a meter is called in billing. */
export function meterTableProblems({ billing: { meters } }: UsageControl, table: { key: readonly string[]; columns: readonly { name: string }[] } | undefined): ProblemItem[] {
  const code = 'CONTROL_TABLE';
  if (!table) return [{ code, path: '/billing/meters/table', detail: `there is no table ${meters.table}` }];
  const names = table.columns.map(({ name }) => name);
  return [
    ...(table.key.join() === 'meter' ? [] : [{ code, path: '/billing/meters/table', detail: `the key of ${meters.table} must be meter, not ${table.key.join(', ')}` }]),
    ...(names.includes(meters.column) ? [] : [{ code, path: '/billing/meters/column', detail: `${meters.table} has no column ${meters.column}; it has ${names.join(', ')}` }]),
  ];
} // prettier-ignore
