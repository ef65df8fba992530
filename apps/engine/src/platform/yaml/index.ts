import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { isMap, isScalar, LineCounter, parseDocument, type Document, type Node } from 'yaml';
import type { ProblemItem } from '../problems/index.js';

/** A YAML file that a person wrote, read whole: what it says, every problem at once, and the line of every place in it. */
export interface YamlFile {
  /** Undefined when it is not YAML, or no map. */
  value: Record<string, unknown> | undefined;
  problems: ProblemItem[];
  /** The line of a JSON pointer, or of the nearest place above it that is there. */
  locate(path: string): { line?: number; column?: number };
}

/** `code` is that of a file that is no YAML; `begins` the key that such files begin with. */
export function readYaml(text: string, { code, begins }: { code: string; begins: string }): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, maxAliasCount: 20 } as never);
  const locate = (path: string) => position(document, lines, path);
  if (document.errors.length > 0) {
    const problems = document.errors.map((error) => ({
      code,
      detail: error.message.split('\n')[0]!.replace(/ at line.*$/, ''),
      ...(error.linePos ? { line: error.linePos[0].line, column: error.linePos[0].col } : {}),
    }));
    return { value: undefined, problems, locate };
  }
  const value = document.toJS({ maxAliasCount: 20 }) as Record<string, unknown> | null;
  if (isMap(document.contents) && value !== null) return { value, problems: [], locate };
  return { value: undefined, problems: [{ code, detail: `the file must be a map that begins with \`${begins}:\``, line: 1 }], locate };
}

/** How the problems of a kind of file are told. */
export interface FormWords {
  code: string;
  /** `a flow file`. */
  file: string;
  /** Errors of a union are told once, at the union, in words that name its forms. */
  unions: readonly (readonly [RegExp, string])[];
}

/** What a schema says is wrong with a file, each thing once, in words. The schema is compiled for the first file: most processes read none. */
export function formCheck(schema: object, words: FormWords): (raw: unknown) => ProblemItem[] {
  let validate: ValidateFunction | undefined;
  return (raw) => {
    validate ??= new Ajv({ allErrors: true, strict: false }).compile(schema);
    return validate(raw) ? [] : formProblems(validate.errors ?? [], raw, words);
  };
}

function formProblems(errors: readonly ErrorObject[], raw: unknown, { code, file, unions: words }: FormWords): ProblemItem[] {
  const unions = errors.filter((e) => e.keyword === 'anyOf').map((e) => e.instancePath);
  const result: ProblemItem[] = [];
  for (const error of errors) {
    const inUnion = unions.find((path) => error.instancePath === path || error.instancePath.startsWith(`${path}/`));
    if (inUnion !== undefined && error.keyword !== 'anyOf') continue;
    const path =
      error.keyword === 'additionalProperties' ? `${error.instancePath}/${String(error.params['additionalProperty'])}` : error.instancePath;
    const detail =
      error.keyword === 'anyOf'
        ? (words.find(([pattern]) => pattern.test(path))?.[1] ?? 'has none of the forms that are possible here')
        : error.keyword === 'additionalProperties'
          ? `is not a field of ${file} here`
          : error.keyword === 'required'
            ? `${path || 'the file'} needs ${String(error.params['missingProperty'])}`
            : `${error.message ?? 'is wrong'}, not ${JSON.stringify(valueAt(raw, path))}`;
    if (!result.some((p) => p.path === path && p.detail === detail)) result.push({ code, path: path || '/', detail });
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
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
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
