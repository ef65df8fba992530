import { Type } from '@sinclair/typebox';
import { money } from '@waybill/sdk';
import type { ProblemItem } from '../../platform/problems/index.js';
import { formCheck, readYaml, type FormWords } from '../../platform/yaml/index.js';
import { compared, type ControlDefinition } from './definition.js';

const closed = { additionalProperties: false } as const;
const Name = Type.String({ pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$', maxLength: 80 });
const oneOf = (values: readonly string[]) => Type.Union(values.map((one) => Type.Literal(one)));
const Allowed = Type.Record(Type.String({ pattern: '^[A-Z]{3}$' }), Type.String({ pattern: '^\\d{1,12}(\\.\\d{1,6})?$' }), { maxProperties: 50, ...closed }); // prettier-ignore
const minutesMax = 7 * 24 * 60;

/** The shape of a control file. */
export const ControlFile = Type.Object(
  {
    control: Name,
    description: Type.Optional(Type.String({ maxLength: 500 })),
    compare: oneOf(Object.keys(compared)),
    billing: Type.Object({ legalEntity: Type.String({ minLength: 1, maxLength: 80 }), system: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })) }, closed),
    erp: Type.Object({ connection: Name, stream: Type.Optional(Type.String({ minLength: 1, maxLength: 80 })) }, closed),
    keys: Type.Optional(Type.Array(oneOf(['posting', 'number']), { minItems: 1, maxItems: 2, uniqueItems: true })),
    match: Type.Optional(oneOf(['one-to-one', 'one-to-many'])),
    tolerance: Type.Optional(Type.Object({ amount: Type.Optional(Allowed), tax: Type.Optional(Allowed), days: Type.Optional(Type.Integer({ minimum: 0, maximum: 31 })) }, closed)),
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
  },
  closed,
); // prettier-ignore

const words: FormWords = {
  code: 'CONTROL_FIELD',
  file: 'a control file',
  unions: [
    [/^\/compare$/, `must be ${Object.keys(compared).join(', ')}`],
    [/^\/keys\/\d+$/, 'must be posting or number'],
    [/^\/match$/, 'must be one-to-one or one-to-many'],
  ],
};
const problemsOfForm = formCheck(ControlFile, words);

export interface ReadControl {
  definition: ControlDefinition | undefined;
  problems: ProblemItem[];
  locate: ReturnType<typeof readYaml>['locate'];
}

export function readControlFile(yaml: string): ReadControl {
  const { value: raw, problems, locate } = readYaml(yaml, { code: 'CONTROL_YAML', begins: 'control' });
  if (!raw) return { definition: undefined, problems, locate };
  const wrongForm = problemsOfForm(raw);
  const found = wrongForm.length === 0 ? senseProblems(raw as unknown as Raw) : wrongForm;
  problems.push(...found.map((problem) => ({ ...problem, ...locate(problem.path ?? '') })));
  return { definition: problems.length === 0 ? complete(raw as unknown as Raw) : undefined, problems, locate };
}

interface Raw extends Omit<Partial<ControlDefinition>, 'tolerance' | 'daily' | 'erp'> {
  control: string;
  compare: ControlDefinition['compare'];
  billing: ControlDefinition['billing'];
  erp: { connection: string; stream?: string };
  tolerance?: Partial<ControlDefinition['tolerance']>;
  daily?: Partial<ControlDefinition['daily']>;
  settleMinutes?: number;
}

/** What a schema cannot say: what does not go together, and amounts that a currency does not have. */
function senseProblems({ tolerance = {}, daily, match, keys }: Raw): ProblemItem[] {
  const problems: ProblemItem[] = [];
  const tell = (path: string, detail: string) => void problems.push({ code: 'CONTROL_FIELD', path, detail });
  for (const part of ['amount', 'tax'] as const)
    for (const [currency, allowed] of Object.entries(tolerance[part] ?? {})) {
      const decimals = money.minorUnits(currency);
      if ((allowed.split('.')[1]?.length ?? 0) > decimals) tell(`/tolerance/${part}/${currency}`, `${currency} has ${decimals} decimals; ${allowed} has more`); // prettier-ignore
    }
  if (match === 'one-to-many' && keys && !keys.includes('number')) tell('/keys', 'one-to-many needs number among its keys: a posting is one document');
  if (daily?.timeZone !== undefined && !isTimeZone(daily.timeZone)) tell('/daily/timeZone', `must be a time zone such as Europe/Berlin, not ${JSON.stringify(daily.timeZone)}`); // prettier-ignore
  return problems;
} // prettier-ignore

function isTimeZone(name: string): boolean {
  if (name !== 'UTC' && !/^[A-Z][A-Za-z_]+(\/[A-Z][A-Za-z0-9_+-]+){1,2}$/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false; // the one thing that this constructor refuses here is a zone that it does not know
  }
}

const complete = ({ settleMinutes = 60, tolerance = {}, daily = {}, erp, ...raw }: Raw): ControlDefinition => ({
  ...raw,
  description: raw.description ?? '',
  erp: { stream: 'documents', ...erp },
  keys: raw.keys ?? ['posting', 'number'],
  match: raw.match ?? 'one-to-one',
  tolerance: { amount: {}, tax: {}, days: 0, ...tolerance },
  daily: { at: '06:00', timeZone: 'UTC', months: 2, ...daily },
  settleMs: settleMinutes * 60_000,
});
