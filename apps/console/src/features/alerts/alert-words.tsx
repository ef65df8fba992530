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
import { StateMark } from '../../parts/badge.js';

/** What each watch looks at, how it can be narrowed and which limits it has; the engine refuses any other. */
export const watches: Record<AlertRule['watch'], { word: string; means: string; where: (keyof AlertRule['where'])[]; limits: ('count' | 'minutes' | 'days' | 'overdue' | 'amount')[]; usual: AlertRule['limits'] }> = {
  exceptions: { word: 'Exceptions', means: 'Documents that stopped for one cause', where: ['flow', 'category', 'legalEntity'], limits: ['count', 'minutes', 'amount', 'overdue'], usual: { count: 1 } },
  connections: { word: 'Connections', means: 'An outside system that does not answer or refuses us', where: ['connection'], limits: ['minutes'], usual: { minutes: 5 } },
  delays: { word: 'Delays', means: 'Documents that wait to be sent for too long', where: ['flow', 'legalEntity'], limits: ['minutes'], usual: { minutes: 15 } },
  controls: { word: 'Controls', means: 'A control with gaps that nobody has explained, or that could not run', where: ['control', 'legalEntity'], limits: [], usual: {} },
  synthetic: { word: 'Synthetic transactions', means: 'A transaction that the engine sends by itself is late or wrong', where: ['legalEntity'], limits: [], usual: {} },
  approvals: { word: 'Approvals', means: 'Decisions that wait for too long', where: ['legalEntity'], limits: ['count', 'minutes'], usual: { count: 1, minutes: 240 } },
  deliveries: { word: 'Deliveries', means: 'Deliveries that a connector could not read', where: ['connection'], limits: ['count'], usual: { count: 1 } },
  credentials: { word: 'API keys', means: 'Keys that end soon', where: [], limits: ['days'], usual: { days: 14 } },
  usage: { word: 'Usage', means: 'Usage that is not counted for too long', where: [], limits: ['minutes'], usual: { minutes: 10 } },
}; // prettier-ignore

export const channelWords: Record<AlertChannel['kind'], string> = { email: 'E-mail', slack: 'Slack or alike', webhook: 'Signed webhook' };
export const occasionWords: Record<AlertNotice['occasion'], string> = { opened: 'New', repeated: 'Still so', ended: 'Over', test: 'Test' };
export const whereWords: Record<keyof AlertRule['where'], string> = {
  flow: 'Flow',
  connection: 'Connection',
  control: 'Control',
  category: 'Category',
  legalEntity: 'Legal entity',
};

/** `exceptions of flow erp-us-invoices: at least 5, for 30 minutes`. */
export function ruleInWords({ watch, where, limits }: AlertRule): string {
  const of = Object.entries(where).map(([field, value]) => `${whereWords[field as keyof AlertRule['where']].toLowerCase()} ${value}`);
  const from = [
    limits.count !== undefined && limits.count > 1 ? `at least ${limits.count}` : '',
    limits.minutes ? `for ${limits.minutes} min` : '',
    limits.days === undefined ? '' : `within ${limits.days} days`,
    limits.amount ? `from ${limits.amount.currency} ${limits.amount.amount}` : '',
    limits.overdue ? 'over their time' : '',
  ].filter((part) => part !== '');
  return `${watches[watch].word}${of.length > 0 ? ` of ${of.join(', ')}` : ''}${from.length > 0 ? `: ${from.join(', ')}` : ''}`;
}

export function SeverityMark({ severity }: { severity: AlertRule['severity'] }) {
  return severity === 'high' ? (
    <StateMark icon={IconUrgent} tone="bad">
      High
    </StateMark>
  ) : (
    <StateMark icon={IconAlertTriangle} tone="warn">
      Medium
    </StateMark>
  );
}

export function RuleMark({ item }: { item: AlertRuleItem }) {
  if (item.state === 'paused')
    return (
      <StateMark icon={IconPlayerPause} tone="idle">
        Paused
      </StateMark>
    );
  if (item.problem !== null)
    return (
      <StateMark icon={IconCircleX} tone="bad" title={item.problem}>
        Cannot look
      </StateMark>
    );
  return item.open > 0 ? (
    <StateMark icon={IconAlertTriangle} tone="warn">
      {`${item.open} open`}
    </StateMark>
  ) : (
    <StateMark icon={IconCircleCheck} tone="ok">
      Quiet
    </StateMark>
  );
}

export function ChannelMark({ channel }: { channel: AlertChannel }) {
  if (channel.state === 'paused')
    return (
      <StateMark icon={IconPlayerPause} tone="idle">
        Paused
      </StateMark>
    );
  if (channel.health.state === 'failing')
    return (
      <StateMark icon={IconCircleX} tone="bad" title={channel.health.detail ?? undefined}>
        Not arriving
      </StateMark>
    );
  return channel.health.state === 'ok' ? (
    <StateMark icon={IconCircleCheck} tone="ok">
      Arriving
    </StateMark>
  ) : (
    <StateMark icon={IconHelpCircle} tone="idle">
      Never used
    </StateMark>
  );
}

export function NoticeMark({ notice }: { notice: AlertNotice }) {
  if (notice.state === 'sent')
    return (
      <StateMark icon={IconCircleCheck} tone="ok">
        Sent
      </StateMark>
    );
  if (notice.state === 'failed')
    return (
      <StateMark icon={IconCircleX} tone="bad" title={notice.lastError ?? undefined}>
        Failed
      </StateMark>
    );
  return (
    <StateMark icon={IconClock} tone={notice.tries > 0 ? 'warn' : 'idle'} title={notice.lastError ?? undefined}>
      {notice.tries > 0 ? 'Tried again soon' : 'Waiting'}
    </StateMark>
  );
}
