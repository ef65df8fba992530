/** Alerts: rules, channels, what lasts, and what was sent. */
import { Type } from '@sinclair/typebox';
import { Amount, Count, Id, Instant, Maybe, Name, Page, pageQuery, Text } from '../../platform/http/fields.js';
import { defineRoutes } from '../../platform/http/route.js';
import { channelKinds } from './channels.js';
import { severities, watchNames, type AlertRule } from './rules.js';
import { occasions } from './words.js';

const closed = { additionalProperties: false } as const;
const oneOf = <const T extends string>(values: readonly T[], description?: string) =>
  Type.Unsafe<T>({ ...Type.Union(values.map((value) => Type.Literal(value))), ...(description ? { description } : {}) });
const paged = { limit: pageQuery.limit, cursor: pageQuery.cursor };
const Time = Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$', examples: ['22:00'] });

const Rule = Type.Unsafe<AlertRule>(
  Type.Object(
    {
      description: Text('What it is for', 500),
      watch: oneOf(watchNames, 'What it looks at'),
      where: Type.Object(
        {
          flow: Type.Optional(Type.String({ maxLength: 80 })),
          connection: Type.Optional(Type.String({ maxLength: 80 })),
          control: Type.Optional(Type.String({ maxLength: 80 })),
          category: Type.Optional(Type.String({ maxLength: 80 })),
          legalEntity: Type.Optional(Type.String({ maxLength: 80 })),
        },
        { ...closed, description: 'Only of these; which fields a watch knows, the guide says' },
      ),
      limits: Type.Object(
        {
          count: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000, description: 'At least so many' })),
          minutes: Type.Optional(Type.Integer({ minimum: 0, maximum: 43_200, description: 'For at least so long' })),
          days: Type.Optional(Type.Integer({ minimum: 1, maximum: 365, description: 'Within so many days' })),
          amount: Type.Optional(Amount),
          overdue: Type.Optional(Type.Boolean({ description: 'Only when one is over the time of its clock' })),
        },
        { ...closed, description: 'From when on it is said; what is left out has the default of the watch' },
      ),
      severity: oneOf(severities),
      channels: Type.Array(Type.String({ maxLength: 80 }), { maxItems: 10, description: 'Where it goes; none: only the console shows it' }),
      digestMinutes: Type.Integer({ minimum: 0, maximum: 1_440, description: 'What comes within so many minutes goes out together; 0: at once' }),
      repeatHours: Maybe(Type.Integer({ minimum: 1, maximum: 168, description: 'Said again after so many hours until it is over or acknowledged' })),
      tellEnd: Type.Boolean({ description: 'Say when it is over' }),
      quiet: Maybe(Type.Object({ from: Time, to: Time, timeZone: Type.String({ minLength: 1, maxLength: 64 }) }, { ...closed, description: 'What would go out then goes out at the end' })),
      highBreaksQuiet: Type.Boolean({ description: 'A high one goes out in quiet hours too' }),
      subject: Maybe(Text('Handlebars template of the subject; null: as Waybill says it', 200)),
      text: Maybe(Text('Handlebars template of the text; null: as Waybill says it', 1_000)),
    },
    closed,
  ),
); // prettier-ignore
const RuleItem = Type.Object({
  name: Name('The rule'),
  rule: Rule,
  state: oneOf(['on', 'paused']),
  lookedAt: Maybe(Instant('When it last looked')),
  problem: Maybe(Type.String({ description: 'Why it could not look' })),
  open: Count('Alerts of it that last'),
  updatedAt: Instant('Last change'),
  updatedBy: Type.String(),
});
const Channel = Type.Object({
  name: Name('The channel'),
  kind: oneOf(channelKinds),
  description: Type.String(),
  addresses: Type.Array(Type.String()),
  state: oneOf(['on', 'paused']),
  secrets: Type.Record(Type.String(), Instant('Since when'), { description: 'Which secrets are set; their values are never shown' }),
  health: Type.Object({ state: oneOf(['unknown', 'ok', 'failing']), at: Maybe(Instant('The newest try')), detail: Maybe(Type.String()) }),
  updatedAt: Instant('Last change'),
  updatedBy: Type.String(),
});
const Alert = Type.Object({
  id: Id('alt', 'The alert'),
  rule: Type.String(),
  severity: oneOf(severities),
  about: Type.String({ description: 'The same for as long as it lasts' }),
  title: Type.String(),
  detail: Type.String(),
  link: Type.String({ description: 'Path in the console' }),
  amounts: Type.Array(Amount),
  since: Instant('Since when it is so'),
  openedAt: Instant('When the rule found it'),
  seenAt: Instant('When the rule last found it'),
  saidAt: Maybe(Instant('When it was last sent')),
  acknowledgedAt: Maybe(Instant('When somebody said that they know')),
  acknowledgedBy: Maybe(Type.String()),
  endedAt: Maybe(Instant('When it was over')),
});
const Notice = Type.Object({
  id: Id('ntc', 'The notice; the same for every try, and the `webhook-id`'),
  channel: Type.String(),
  rule: Maybe(Type.String({ description: 'Null: a test' })),
  occasion: oneOf(occasions),
  alerts: Type.Array(Type.String()),
  state: oneOf(['waiting', 'sent', 'failed']),
  tries: Count('Times that it was tried'),
  dueAt: Instant('When it goes out, or is tried again'),
  subject: Maybe(Type.String()),
  text: Maybe(Type.String({ description: 'What was said; null before the first try' })),
  createdAt: Instant('When it was asked for'),
  sentAt: Maybe(Instant('When the other side took it')),
  lastError: Maybe(Type.String({ description: 'Why the last try did not arrive' })),
});
const NameParam = (what: string) => Type.Object({ name: Name(what) });
const Done = Type.Object({ done: Type.Boolean() });

export const alertRoutes = defineRoutes({
  listAlerts: {
    method: 'GET',
    path: '/v1/alerts',
    summary: 'Alerts, newest first; those that last unless others are asked for',
    permission: 'alert.read',
    query: Type.Object({ ...paged, state: Type.Optional(oneOf(['open', 'ended', 'all'])), rule: Type.Optional(Type.String({ maxLength: 80 })) }),
    response: Page(Alert),
  },
  acknowledgeAlert: {
    method: 'POST',
    path: '/v1/alerts/{id}/acknowledge',
    summary: 'Say that you know: it is not repeated. It ends by itself when it is over',
    permission: 'alert.acknowledge',
    params: Type.Object({ id: Id('alt', 'The alert') }),
    response: Alert,
  },
  listAlertRules: { method: 'GET', path: '/v1/alert-rules', summary: 'Alert rules', permission: 'alert.read', response: Page(RuleItem) },
  getAlertRule: { method: 'GET', path: '/v1/alert-rules/{name}', summary: 'One alert rule', permission: 'alert.read', params: NameParam('The rule'), response: RuleItem },
  putAlertRule: {
    method: 'PUT',
    path: '/v1/alert-rules/{name}',
    summary: 'Make or change an alert rule; every problem is told at once',
    permission: 'alert.write',
    params: NameParam('The rule'),
    body: Rule,
    response: RuleItem,
  },
  previewAlertRule: {
    method: 'POST',
    path: '/v1/alert-rules/preview',
    summary: 'What a rule would find now, and what it would say. Nothing is kept or sent',
    permission: 'alert.write',
    body: Type.Object({ name: Name('What it would be called'), rule: Rule }, closed),
    response: Type.Object({
      found: Type.Array(Type.Object({ about: Type.String(), title: Type.String(), detail: Type.String(), link: Type.String(), since: Instant('Since when'), amounts: Type.Array(Amount) })),
      subject: Type.String(),
      text: Type.String({ description: 'With an example when nothing is found' }),
      dueAt: Instant('When it would go out'),
    }),
  },
  pauseAlertRule: { method: 'POST', path: '/v1/alert-rules/{name}/pause', summary: 'Look no more; what lasts ends without a word', permission: 'alert.write', params: NameParam('The rule'), response: RuleItem },
  resumeAlertRule: { method: 'POST', path: '/v1/alert-rules/{name}/resume', summary: 'Look again', permission: 'alert.write', params: NameParam('The rule'), response: RuleItem },
  removeAlertRule: { method: 'DELETE', path: '/v1/alert-rules/{name}', summary: 'Remove an alert rule. What it found and sent stays in the log', permission: 'alert.write', params: NameParam('The rule'), response: Done },
  listAlertChannels: { method: 'GET', path: '/v1/alert-channels', summary: 'Where alerts go, and whether they arrive', permission: 'alert.read', response: Page(Channel) },
  putAlertChannel: {
    method: 'PUT',
    path: '/v1/alert-channels/{name}',
    summary: 'Make or change a channel. A secret that is left out keeps its value',
    permission: 'alert.write',
    params: NameParam('The channel'),
    body: Type.Object(
      {
        kind: oneOf(channelKinds),
        description: Type.Optional(Text('Who reads it', 500)),
        addresses: Type.Optional(Type.Array(Type.String({ format: 'email', maxLength: 254 }), { maxItems: 20, description: 'Of an e-mail channel' })),
        url: Type.Optional(Type.String({ minLength: 1, maxLength: 2_000, description: 'Of Slack, what speaks like it, or a webhook; kept like a secret' })),
        secret: Type.Optional(Type.String({ minLength: 16, maxLength: 500, description: 'What a webhook is signed with (Standard Webhooks)' })),
      },
      closed,
    ),
    response: Channel,
  },
  testAlertChannel: {
    method: 'POST',
    path: '/v1/alert-channels/{name}/test',
    summary: 'Send a test now, and say whether it was taken',
    permission: 'alert.write',
    params: NameParam('The channel'),
    response: Notice,
  },
  pauseAlertChannel: { method: 'POST', path: '/v1/alert-channels/{name}/pause', summary: 'Send nothing through it; notices wait', permission: 'alert.write', params: NameParam('The channel'), response: Channel },
  resumeAlertChannel: { method: 'POST', path: '/v1/alert-channels/{name}/resume', summary: 'Send again, what waited first', permission: 'alert.write', params: NameParam('The channel'), response: Channel },
  removeAlertChannel: { method: 'DELETE', path: '/v1/alert-channels/{name}', summary: 'Remove a channel that no rule names, with its secrets', permission: 'alert.write', params: NameParam('The channel'), response: Done },
  listAlertNotices: {
    method: 'GET',
    path: '/v1/alert-notices',
    summary: 'What was sent, what waits and what failed, newest first',
    permission: 'alert.read',
    query: Type.Object({ ...paged, state: Type.Optional(oneOf(['waiting', 'sent', 'failed'])), channel: Type.Optional(Type.String({ maxLength: 80 })) }),
    response: Page(Notice),
  },
  sendAlertNoticeAgain: {
    method: 'POST',
    path: '/v1/alert-notices/{id}/send-again',
    summary: 'Try a failed notice once more, now',
    permission: 'alert.write',
    params: Type.Object({ id: Id('ntc', 'The notice') }),
    response: Notice,
  },
}); // prettier-ignore
