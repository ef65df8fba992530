import { IconAlertTriangle, IconCheck, IconCircleDashed, IconFlag, IconHelp, IconPlayerPlay } from '@tabler/icons-react';
import type { Message, Stage } from '../../api/operate.js';
import { formatInstant } from '../../parts/time.js';
import { useZone } from '../../parts/zone.js';
import classes from './messages.module.css';
import { stageMeaning, stageOrder, stageState, type StageState } from './stage-states.js';

const looks: Record<StageState, { icon: typeof IconCheck; word: string }> = {
  passed: { icon: IconCheck, word: 'passed' },
  here: { icon: IconPlayerPlay, word: 'here now' },
  stopped: { icon: IconAlertTriangle, word: 'stopped here' },
  doubtful: { icon: IconHelp, word: 'in doubt' },
  ended: { icon: IconFlag, word: 'ended here' },
  ahead: { icon: IconCircleDashed, word: 'not reached' },
};

/** The seven stages with state and time. With `onChoose`, a stage shows its payload. */
export function Trip({
  message,
  chosen,
  onChoose,
  compact,
}: {
  message: Message;
  chosen?: Stage;
  onChoose?: (stage: Stage) => void;
  compact?: boolean;
}) {
  const { zone } = useZone();
  return (
    <ol className={classes.trip} data-compact={compact || undefined} aria-label="Trip through the stages">
      {stageOrder.map((stage) => {
        const state = stageState(message, stage);
        const { icon: Glyph, word } = looks[state];
        const at = message.stages[stage]?.at;
        const content = (
          <>
            <span className={classes.dot} data-state={state}>
              <Glyph size={14} stroke={2.2} aria-hidden />
            </span>
            <b>{stage}</b>
            <span className={classes.stageWord}>{at && state === 'passed' ? clock(at, zone) : word}</span>
          </>
        );
        const full = `${stageMeaning[stage]}${at ? ` · ${formatInstant(at, zone)}` : ''}`;
        return (
          <li key={stage} data-state={state} title={full}>
            {onChoose ? (
              <button
                type="button"
                onClick={() => onChoose(stage)}
                aria-pressed={chosen === stage}
                className={classes.stage}
                aria-label={`${stage}: ${word}${at ? `, ${formatInstant(at, zone)}` : ''}. Show payload`}
              >
                {content}
              </button>
            ) : (
              <span className={classes.stage}>{content}</span>
            )}
          </li>
        );
      })}
    </ol>
  );
}

function clock(at: string, zone: 'local' | 'utc'): string {
  return new Intl.DateTimeFormat(undefined, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZone: zone === 'utc' ? 'UTC' : undefined,
  }).format(new Date(at));
}
