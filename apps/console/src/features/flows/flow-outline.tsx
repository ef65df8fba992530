import { inSentence, t } from '../../language/index.js';
import { formatCount } from '../../parts/money.js';
import { messageStates, type MessageState } from '../../parts/states.js';
import classes from './flows.module.css';
import type { Step } from './outline.js';

/** The graph as a list: the same content for the keyboard and for people who hear the page. */
export function FlowOutline({ steps, onChoose }: { steps: Step[]; onChoose: (step: Step) => void }) {
  return (
    <ol className={classes.outline} aria-label={t('Steps of the flow')} tabIndex={0}>
      {steps.map((step) => (
        <li key={step.id}>
          <button type="button" onClick={() => onChoose(step)}>
            {step.kind === 'lookup'
              ? `enrich: ${step.title}`
              : step.kind === 'end'
                ? step.id === 'source'
                  ? t('source: {{title}}', { title: step.title })
                  : t('target: {{title}}', { title: step.title })
                : step.title}
          </button>
          {step.lines.map((line) => (
            <div key={line}>{line}</div>
          ))}
          {step.counts.length ? (
            <div>
              {step.counts
                .map(({ state, count }) => `${formatCount(count)} ${inSentence(messageStates[state as MessageState]?.word ?? state)}`)
                .join(', ')}
            </div>
          ) : null}
        </li>
      ))}
    </ol>
  );
}
