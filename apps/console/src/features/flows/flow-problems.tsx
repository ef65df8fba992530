import { sentencesOf, type ProblemItem } from '../../api/problem.js';
import { t } from '../../language/index.js';
import type { Finding } from '../../parts/editor/code-editor.js';
import classes from './flows.module.css';

/** Every problem at once; each leads to its line. */
export function FlowProblems({
  problems,
  findings,
  onGo,
}: {
  problems: readonly ProblemItem[];
  findings: readonly Finding[];
  onGo: (line: number) => void;
}) {
  if (problems.length === 0) return null;
  return (
    <ul className={classes.problems} aria-label={t('Problems')}>
      {problems.map((problem, index) => {
        const line = findings[index]?.line;
        return (
          <li key={index}>
            <button type="button" onClick={() => line && onGo(line)}>
              <span>{line ? t('Line {{line}}', { line }) : t('File')}</span>
              <span>
                {sentencesOf(problem)}
                <small>
                  {problem.code}
                  {problem.path ? t(' at {{path}}', { path: problem.path }) : ''}
                </small>
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
