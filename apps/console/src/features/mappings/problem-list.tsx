import { Text } from '@mantine/core';
import type { ExpressionProblem } from '@waybill/mapping-language';
import type { MappingResult } from '../../api/build.js';
import classes from './mappings.module.css';
import { lineAt } from './sample.js';
import type { LiveOutput } from './use-evaluation.js';

/** What is wrong with the expression, the run, and the output against the schema of the target. */
export function ProblemList({
  source,
  local,
  live,
  engine,
  engineIsCurrent,
  flow,
  onGo,
}: {
  source: string;
  local: ExpressionProblem[];
  live: LiveOutput;
  engine: MappingResult | undefined;
  engineIsCurrent: boolean;
  flow: string | undefined;
  onGo: (line: number) => void;
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
  if (atLine.length === 0 && schema.length === 0) {
    return (
      <Text size="sm" c="dimmed" role="status">
        {engineIsCurrent
          ? flow
            ? `No problems: the output fits what ${flow} asks for.`
            : 'No problems. No flow uses this mapping yet, so there is no schema to check the output against.'
          : 'No problems found here; the engine checks the output a moment after you stop typing.'}
      </Text>
    );
  }
  return (
    <ul className={classes.problems} aria-label="Problems">
      {atLine.map((problem, index) => (
        <li key={`e${index}`}>
          <button type="button" onClick={() => problem.line && onGo(problem.line)}>
            <span>{problem.line ? `Line ${problem.line}` : 'Run'}</span>
            <span>
              {problem.message}
              <small>{problem.code}</small>
            </span>
          </button>
        </li>
      ))}
      {schema.map((problem, index) => (
        <li key={`s${index}`} className={classes.plain}>
          <span>Output</span>
          <span>
            {problem.path ? <code>{problem.path}</code> : null} {problem.detail} {problem.remedy ?? ''}
            <small>{problem.code}</small>
          </span>
        </li>
      ))}
    </ul>
  );
}
