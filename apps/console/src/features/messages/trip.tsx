import { IconAlertTriangle, IconCheck, IconCircleDashed, IconFlag, IconHelp, IconPlayerPlay } from '@tabler/icons-react';
import type { Message, Stage } from '../../api/operate.js';
import { locale, t } from '../../language/index.js';
import { formatInstant } from '../../parts/time.js';
import { useZone } from '../../parts/zone.js';
import classes from './messages.module.css';
import { stageMeaning, stageOrder, stageState, type StageState } from './stage-states.js';

const looks: Record<StageState, { icon: typeof IconCheck; word: string }> = {
  passed: { icon: IconCheck, word: t('passed') },
  here: { icon: IconPlayerPlay, word: t('here now') },
  stopped: { icon: IconAlertTriangle, word: t('stopped here') },
  doubtful: { icon: IconHelp, word: t('in doubt') },
  ended: { icon: IconFlag, word: t('ended here') },
  ahead: { icon: IconCircleDashed, word: t('not reached') },
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
    <ol className={classes.trip} data-compact={compact || undefined} aria-label={t('Trip through the stages')}>
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
                aria-label={t('{{stage}}: {{word}}. Show payload', { stage, word: at ? `${word}, ${formatInstant(at, zone)}` : word })}
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
  return new Intl.DateTimeFormat(locale(), {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZone: zone === 'utc' ? 'UTC' : undefined,
  }).format(new Date(at));
}
