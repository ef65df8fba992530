import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleX,
  IconClock,
  IconHelpCircle,
  IconPlayerPause,
  IconUrgent,
} from '@tabler/icons-react';
import type { AlertChannel, AlertNotice, AlertRule, AlertRuleItem } from '../../api/alerts.js';
import { counted, inSentence, t } from '../../language/index.js';
import { StateMark } from '../../parts/badge.js';

/** What each watch looks at, how it can be narrowed and which limits it has; the engine refuses any other. */
export const watches: Record<AlertRule['watch'], { word: string; means: string; where: (keyof AlertRule['where'])[]; limits: ('count' | 'minutes' | 'days' | 'overdue' | 'amount')[]; usual: AlertRule['limits'] }> = {
  exceptions: { word: t('Exceptions'), means: t('Documents that stopped for one cause'), where: ['flow', 'category', 'legalEntity'], limits: ['count', 'minutes', 'amount', 'overdue'], usual: { count: 1 } },
  connections: { word: t('Connections'), means: t('An outside system that does not answer or refuses us'), where: ['connection'], limits: ['minutes'], usual: { minutes: 5 } },
  delays: { word: t('Delays'), means: t('Documents that wait to be sent for too long'), where: ['flow', 'legalEntity'], limits: ['minutes'], usual: { minutes: 15 } },
  controls: { word: t('Controls'), means: t('A control with gaps that nobody has explained, or that could not run'), where: ['control', 'legalEntity'], limits: [], usual: {} },
  synthetic: { word: t('Synthetic transactions'), means: t('A transaction that the engine sends by itself is late or wrong'), where: ['legalEntity'], limits: [], usual: {} },
  approvals: { word: t('Approvals'), means: t('Decisions that wait for too long'), where: ['legalEntity'], limits: ['count', 'minutes'], usual: { count: 1, minutes: 240 } },
  deliveries: { word: t('Deliveries'), means: t('Deliveries that a connector could not read'), where: ['connection'], limits: ['count'], usual: { count: 1 } },
  credentials: { word: t('API keys'), means: t('Keys that end soon'), where: [], limits: ['days'], usual: { days: 14 } },
  usage: { word: t('Usage'), means: t('Usage that is not counted for too long'), where: [], limits: ['minutes'], usual: { minutes: 10 } },
}; // prettier-ignore

export const channelWords: Record<AlertChannel['kind'], string> = {
  email: t('E-mail'),
  slack: t('Slack or alike'),
  webhook: t('Signed webhook'),
};
export const occasionWords: Record<AlertNotice['occasion'], string> = {
  opened: t('New'),
  repeated: t('Still so'),
  ended: t('Over'),
  test: t('Test'),
};
export const whereWords: Record<keyof AlertRule['where'], string> = {
  flow: t('Flow'),
  connection: t('Connection'),
  control: t('Control'),
  category: t('Category'),
  legalEntity: t('Legal entity'),
};

/** `exceptions of flow erp-us-invoices: at least 5, for 30 minutes`. */
export function ruleInWords({ watch, where, limits }: AlertRule): string {
  const of = Object.entries(where).map(([field, value]) => `${inSentence(whereWords[field as keyof AlertRule['where']])} ${value}`);
  const from = [
    limits.count !== undefined && limits.count > 1 ? t('at least {{count}}', { count: limits.count }) : '',
    limits.minutes ? t('for {{minutes}} min', { minutes: limits.minutes }) : '',
    limits.days === undefined ? '' : counted(limits.days, 'within {{count}} day', 'within {{count}} days'),
    limits.amount ? t('from {{currency}} {{amount}}', { currency: limits.amount.currency, amount: limits.amount.amount }) : '',
    limits.overdue ? t('over their time') : '',
  ].filter((part) => part !== '');
  const what = of.length > 0 ? t('{{watch}} of {{places}}', { watch: watches[watch].word, places: of.join(', ') }) : watches[watch].word;
  return [what, ...(from.length > 0 ? [from.join(', ')] : [])].join(': ');
}

export function SeverityMark({ severity }: { severity: AlertRule['severity'] }) {
  return severity === 'high' ? (
    <StateMark icon={IconUrgent} tone="bad">
      {t('High')}
    </StateMark>
  ) : (
    <StateMark icon={IconAlertTriangle} tone="warn">
      {t('Medium')}
    </StateMark>
  );
}

export function RuleMark({ item }: { item: AlertRuleItem }) {
  if (item.state === 'paused')
    return (
      <StateMark icon={IconPlayerPause} tone="idle">
        {t('Paused')}
      </StateMark>
    );
  if (item.problem !== null)
    return (
      <StateMark icon={IconCircleX} tone="bad" title={item.problem}>
        {t('Cannot look')}
      </StateMark>
    );
  return item.open > 0 ? (
    <StateMark icon={IconAlertTriangle} tone="warn">
      {t('{{open}} open', { open: item.open })}
    </StateMark>
  ) : (
    <StateMark icon={IconCircleCheck} tone="ok">
      {t('Quiet')}
    </StateMark>
  );
}

export function ChannelMark({ channel }: { channel: AlertChannel }) {
  if (channel.state === 'paused')
    return (
      <StateMark icon={IconPlayerPause} tone="idle">
        {t('Paused')}
      </StateMark>
    );
  if (channel.health.state === 'failing')
    return (
      <StateMark icon={IconCircleX} tone="bad" title={channel.health.detail ?? undefined}>
        {t('Not arriving')}
      </StateMark>
    );
  return channel.health.state === 'ok' ? (
    <StateMark icon={IconCircleCheck} tone="ok">
      {t('Arriving')}
    </StateMark>
  ) : (
    <StateMark icon={IconHelpCircle} tone="idle">
      {t('Never used')}
    </StateMark>
  );
}

export function NoticeMark({ notice }: { notice: AlertNotice }) {
  if (notice.state === 'sent')
    return (
      <StateMark icon={IconCircleCheck} tone="ok">
        {t('Sent')}
      </StateMark>
    );
  if (notice.state === 'failed')
    return (
      <StateMark icon={IconCircleX} tone="bad" title={notice.lastError ?? undefined}>
        {t('Failed')}
      </StateMark>
    );
  return (
    <StateMark icon={IconClock} tone={notice.tries > 0 ? 'warn' : 'idle'} title={notice.lastError ?? undefined}>
      {notice.tries > 0 ? t('Tried again soon') : t('Waiting')}
    </StateMark>
  );
}
