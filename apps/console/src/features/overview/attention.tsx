import {
  IconAlertTriangle,
  IconBellX,
  IconChecks,
  IconCircleCheck,
  IconClockExclamation,
  IconHelpCircle,
  IconPlayerPause,
  IconPlayerStop,
  IconPlugConnectedX,
  IconScale,
  IconTargetOff,
  IconTestPipe,
  type Icon,
} from '@tabler/icons-react';
import type { Overview } from '../../api/operate.js';
import { t } from '../../language/index.js';
import { PathLink } from '../../parts/links.js';
import { MoneyList } from '../../parts/money.js';
import { Section } from '../../parts/page.js';
import { Ago } from '../../parts/time.js';
import { attentionWords, whose } from './attention-words.js';
import classes from './overview.module.css';

type Item = Overview['attention'][number];

const icons: Record<Item['kind'], Icon> = {
  exceptions: IconAlertTriangle,
  connection: IconPlugConnectedX,
  release: IconPlayerStop,
  control: IconScale,
  synthetic: IconTestPipe,
  promise: IconTargetOff,
  approval: IconChecks,
  'in-doubt': IconHelpCircle,
  delayed: IconClockExclamation,
  paused: IconPlayerPause,
  alert: IconBellX,
};

export function Attention({ items }: { items: Item[] }) {
  return (
    <Section title={t('Needs attention')}>
      {items.length === 0 ? (
        <div className={classes.calm}>
          <IconCircleCheck size={18} aria-hidden /> {t('Nothing needs a person now')}
        </div>
      ) : (
        <ul className={classes.attention}>
          {items.map((item, index) => {
            const Glyph = icons[item.kind];
            const { title, detail } = attentionWords(item);
            return (
              <li key={index}>
                <Glyph
                  size={18}
                  stroke={1.8}
                  className={item.severity === 'high' ? classes.high : classes.medium}
                  aria-label={item.severity === 'high' ? t('Urgent') : t('Soon')}
                  role="img"
                />
                <span>
                  <PathLink path={item.link}>{title}</PathLink>
                  <p>{detail}</p>
                </span>
                <MoneyList amounts={item.amounts} empty="" />
                <span className={classes.whose}>
                  {item.since ? <Ago at={item.since} /> : null}
                  {item.owner === undefined ? null : <small>{whose(item)}</small>}
                </span>
              </li>
            );
          })}
        </ul>
      )}
    </Section>
  );
}
