import { Type } from '@sinclair/typebox';
import type { JsonObject } from '@waybill/sdk';
import type { ProblemItem } from '../../platform/problems/index.js';
import { formCheck, readYaml, type FormWords } from '../../platform/yaml/index.js';
import { durationMs } from '../flows/flow-file.js';
import type { SyntheticDefinition, SyntheticStepDefinition } from './definition.js';
import { placeholders, unknownPlaceholders } from './template.js';

const closed = { additionalProperties: false } as const;
const Name = Type.String({ pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$', maxLength: 80 });
const Duration = Type.String({ pattern: '^[1-9][0-9]{0,5}(ms|s|m|h|d)$' });
const AnyObject = Type.Record(Type.String({ maxLength: 200 }), Type.Unknown());

export const stepsMax = 20;
export const payloadBytesMax = 64 * 1024;
/** Between two runs; a check that is always under way would say nothing of how long anything takes. */
const everyMs = { least: 60_000, most: 7 * 86_400_000 };
const usual = { whole: '5m', intake: '30s', prepare: '1m', send: '1m', readBack: '1m' };

/** The shape of the file of a synthetic check. */
export const SyntheticFile = Type.Object(
  {
    synthetic: Name,
    description: Type.Optional(Type.String({ maxLength: 500 })),
    owner: Type.String({ minLength: 1, maxLength: 120 }),
    legalEntity: Type.String({ minLength: 1, maxLength: 80 }),
    currency: Type.String({ pattern: '^[A-Z]{3}$' }),
    customer: Type.String({ minLength: 1, maxLength: 200 }),
    every: Duration,
    within: Type.Optional(
      Type.Object(
        {
          whole: Type.Optional(Duration),
          intake: Type.Optional(Duration),
          prepare: Type.Optional(Duration),
          send: Type.Optional(Duration),
          readBack: Type.Optional(Duration),
        },
        closed,
      ),
    ),
    steps: Type.Array(
      Type.Object(
        {
          step: Name,
          deliver: Type.Object({ connection: Name, stream: Type.Optional(Type.String({ minLength: 1, maxLength: 80 })) }, closed),
          through: Type.Array(Name, { minItems: 1, maxItems: 10, uniqueItems: true }),
          reverses: Type.Optional(Name),
          lookups: Type.Optional(Type.Record(Type.String({ pattern: '^[a-zA-Z][a-zA-Z0-9]*$' }), AnyObject, { maxProperties: 20 })),
          payload: AnyObject,
        },
        closed,
      ),
      { minItems: 1, maxItems: stepsMax },
    ),
  },
  closed,
);

const words: FormWords = { code: 'SYNTHETIC_FIELD', file: 'a file of a synthetic check', unions: [] };
const problemsOfForm = formCheck(SyntheticFile, words);

export interface ReadSynthetic {
  definition: SyntheticDefinition | undefined;
  problems: ProblemItem[];
  locate: ReturnType<typeof readYaml>['locate'];
}

interface Raw extends Omit<SyntheticDefinition, 'everyMs' | 'within' | 'steps' | 'description'> {
  description?: string;
  every: string;
  within?: Partial<Record<keyof typeof usual, string>>;
  steps: (Omit<SyntheticStepDefinition, 'lookups'> & { lookups?: Record<string, JsonObject> })[];
}

export function readSyntheticFile(yaml: string): ReadSynthetic {
  const { value: raw, problems, locate } = readYaml(yaml, { code: 'SYNTHETIC_YAML', begins: 'synthetic' });
  if (!raw) return { definition: undefined, problems, locate };
  const wrongForm = problemsOfForm(raw);
  const found = wrongForm.length > 0 ? wrongForm : senseProblems(raw as unknown as Raw);
  problems.push(...found.map((problem) => ({ ...problem, ...locate(problem.path ?? '') })));
  return { definition: problems.length === 0 ? complete(raw as unknown as Raw) : undefined, problems, locate };
}

/** What a schema cannot say. */
function senseProblems({ every, steps, customer }: Raw): ProblemItem[] {
  const problems: ProblemItem[] = [];
  const tell = (path: string, detail: string) => void problems.push({ code: 'SYNTHETIC_FIELD', path, detail });
  if (durationMs(every) < everyMs.least || durationMs(every) > everyMs.most) tell('/every', `must be from 1m to 7d, not ${every}`);
  const before = new Map<string, { reverses: string | undefined; reversed: boolean }>();
  for (const [at, { step, reverses, payload, lookups = {} }] of steps.entries()) {
    const here = `/steps/${at}`;
    if (before.has(step)) tell(`${here}/step`, `there is a step ${step} already`);
    const original = reverses === undefined ? undefined : before.get(reverses);
    if (reverses !== undefined && !original) tell(`${here}/reverses`, `there is no step ${reverses} before it`);
    if (original?.reverses !== undefined) tell(`${here}/reverses`, `${reverses} takes ${original.reverses} back itself`);
    if (original?.reversed === true) tell(`${here}/reverses`, `another step takes ${reverses} back already`);
    if (original) original.reversed = true;
    if (reverses === undefined && [...before.values()].some((one) => one.reverses !== undefined)) tell(here, 'steps that take something back come last: a run that is in trouble goes on with them alone');
    for (const [part, template] of [['payload', payload], ['lookups', lookups as JsonObject]] as const)
      for (const { path, name } of unknownPlaceholders(template, `${here}/${part}`)) tell(path, `there is no placeholder {{${name}}}; there are ${placeholders.map((one) => `{{${one}}}`).join(', ')}`);
    const text = JSON.stringify(payload);
    if (Buffer.byteLength(text) > payloadBytesMax) tell(`${here}/payload`, `is larger than ${payloadBytesMax} bytes`);
    if (!text.includes('{{run}}')) tell(`${here}/payload`, 'must have {{run}} in its ids: each run makes documents of its own');
    if (customer !== '' && !`${text} ${JSON.stringify(lookups)}`.includes('{{customer}}')) tell(here, `must name its customer as {{customer}}: only ${customer} may be in it`);
    before.set(step, { reverses, reversed: false });
  }
  return problems;
} // prettier-ignore

function complete({ every, within = {}, description = '', steps, ...rest }: Raw): SyntheticDefinition {
  const allowed = { ...usual, ...within };
  return {
    ...rest,
    description,
    everyMs: durationMs(every),
    within: {
      whole: durationMs(allowed.whole),
      intake: durationMs(allowed.intake),
      prepare: durationMs(allowed.prepare),
      send: durationMs(allowed.send),
      readBack: durationMs(allowed.readBack),
    },
    steps: steps.map(({ lookups = {}, ...step }) => ({ ...step, lookups })),
  };
}
