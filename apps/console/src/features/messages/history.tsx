import type { Message } from '../../api/operate.js';
import { t } from '../../language/index.js';
import { MessageStateMark } from '../../parts/states.js';
import { At } from '../../parts/time.js';
import classes from './messages.module.css';

/** Every move of the message, oldest first. */
export function History({ message }: { message: Message }) {
  return (
    <ol className={classes.history}>
      {message.history.map((move, index) => (
        <li key={index}>
          <span>
            <MessageStateMark state={move.to} />
          </span>
          <div>
            <At at={move.at} />
            {move.stage ? ` ${t('at {{stage}}', { stage: move.stage })}` : ''}
            {move.by ? ` ${t('by {{by}}', { by: move.by })}` : ''}
            {move.reason ? <p>{move.reason}</p> : null}
          </div>
        </li>
      ))}
    </ol>
  );
}
