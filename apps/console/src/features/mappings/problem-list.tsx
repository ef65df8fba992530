import { Text } from '@mantine/core';
import { pointerNames, type ExpressionProblem, type Lint, type Range } from '@waybill/mapping-language';
import type { MappingResult } from '../../api/build.js';
import { rich, t } from '../../language/index.js';
import classes from './mappings.module.css';
import { lineAt } from './sample.js';
import type { LiveOutput } from './use-evaluation.js';

/** What is wrong with the expression, the run, and the output against the schema of the target; then what is probably not meant. */
export function ProblemList({
  source,
  local,
  lints,
  live,
  engine,
  engineIsCurrent,
  flow,
  expressionOf,
  onGo,
  onRange,
  onOutput,
}: {
  source: string;
  local: ExpressionProblem[];
  lints: readonly Lint[];
  live: LiveOutput;
  engine: MappingResult | undefined;
  engineIsCurrent: boolean;
  flow: string | undefined;
  /** The expression that gives a field of the output; undefined where that cannot be told. */
  expressionOf: (path: string[]) => Range | undefined;
  onGo: (line: number) => void;
  onRange: (range: Range) => void;
  onOutput: (path: string[]) => void;
}) {
  const run =
    engineIsCurrent && engine?.error
      ? { code: engine.error.code, message: engine.error.message, position: engine.error.position }
      : local.length === 0 && live.stale && live.stale.code !== 'MAPPING_TABLE_UNKNOWN'
        ? live.stale
        : undefined;
  const atLine = [...local, ...(run ? [run] : [])].map((problem) => ({
    code: problem.code,
    message: problem.message,
    line: problem.position === undefined ? undefined : lineAt(source, problem.position),
  }));
  const schema = engineIsCurrent ? (engine?.problems ?? []) : [];
  if (atLine.length === 0 && schema.length === 0 && lints.length === 0) {
    return (
      <Text size="sm" c="dimmed" role="status">
        {engineIsCurrent
          ? flow
            ? t('No problems: the output fits what {{flow}} asks for.', { flow })
            : t('No problems. No flow uses this mapping yet, so there is no schema to check the output against.')
          : t('No problems found here; the engine checks the output a moment after you stop typing.')}
      </Text>
    );
  }
  return (
    <ul className={classes.problems} aria-label={t('Problems')}>
      {atLine.map((problem, index) => (
        <li key={`e${index}`}>
          <button type="button" onClick={() => problem.line && onGo(problem.line)}>
            <span>{problem.line ? t('Line {{line}}', { line: problem.line }) : t('Run')}</span>
            <span>
              {problem.message}
              <small>{problem.code}</small>
            </span>
          </button>
        </li>
      ))}
      {schema.map((problem, index) => {
        const path = pointerNames(problem.path ?? '');
        const range = expressionOf(path);
        return (
          <li key={`s${index}`} className={classes.plain}>
            <span>{t('Output')}</span>
            <span>
              {problem.path ? (
                <button type="button" className={classes.inline} onClick={() => onOutput(path)}>
                  {problem.path}
                </button>
              ) : null}{' '}
              {problem.detail} {problem.remedy ?? ''}{' '}
              {range ? (
                <button type="button" className={classes.inline} onClick={() => onRange(range)}>
                  {t('Line {{lineAt}}', { lineAt: lineAt(source, range.from) })}
                </button>
              ) : null}
              <small>{problem.code}</small>
            </span>
          </li>
        );
      })}
      {lints.map((lint, index) => (
        <li key={`l${index}`}>
          <button
            type="button"
            onClick={() => lint.position !== undefined && onRange({ from: lint.from ?? lint.position, to: lint.position })}
          >
            <span>{lint.position === undefined ? t('Hint') : t('Line {{lineAt}}', { lineAt: lineAt(source, lint.position) })}</span>
            <span>
              {rich('Probably not meant: {{message}}. {{remedy}}{{code}}', {
                message: lint.message,
                remedy: lint.remedy,
                code: <small>{lint.code}</small>,
              })}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
