import { Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle, IconBan, IconCircleCheck, IconEqual } from '@tabler/icons-react';
import { useState } from 'react';
import type { ReplayItem } from '../../api/operate.js';
import { t } from '../../language/index.js';
import { StateMark } from '../badge.js';
import { Diff } from '../diff.js';
import { JsonView } from '../json/json-view.js';
import { formatCount, Money } from '../money.js';
import classes from './replay.module.css';

const looks = {
  sends: { word: t('Will be sent'), icon: IconCircleCheck, tone: 'ok' },
  'posts-nothing': { word: t('Posts nothing'), icon: IconEqual, tone: 'idle' },
  'still-fails': { word: t('Would stop again'), icon: IconAlertTriangle, tone: 'bad' },
  refused: { word: t('Refused'), icon: IconBan, tone: 'warn' },
} as const;

/** One line a message: what would happen and why, the versions, and the changed request on demand. */
export function ReplayItems({ items, count, verdicts }: { items: ReplayItem[]; count: number; verdicts: Record<string, number> }) {
  const [open, setOpen] = useState<string | undefined>(items.length === 1 ? items[0]?.messageId : undefined);
  return (
    <div>
      {count > 1 ? (
        <Group gap={8} mb={8}>
          {Object.entries(looks).map(([verdict, { word, icon, tone }]) =>
            (verdicts[verdict] ?? 0) > 0 ? (
              <StateMark key={verdict} icon={icon} tone={tone}>
                {word}: {formatCount(verdicts[verdict] ?? 0)}
              </StateMark>
            ) : null,
          )}
        </Group>
      ) : null}
      <ul className={classes.items} tabIndex={0} aria-label={t('Messages to replay')}>
        {items.map((item) => {
          const look = looks[item.verdict];
          const shown = open === item.messageId;
          return (
            <li key={item.messageId}>
              <div className={classes.item}>
                <StateMark icon={look.icon} tone={look.tone}>
                  {look.word}
                </StateMark>
                <span className={classes.what}>
                  <b>{item.title ?? item.messageId}</b> <span className={classes.quiet}>{item.flow}</span>
                  <br />
                  <span className={classes.quiet}>{item.reason}</span>
                </span>
                <Money value={item.amount} />
                <Button
                  size="compact-xs"
                  variant="default"
                  onClick={() => setOpen(shown ? undefined : item.messageId)}
                  aria-expanded={shown}
                >
                  {shown ? t('Hide') : t('What changes')}
                </Button>
              </div>
              {shown ? (
                <div className={classes.change}>
                  <Text size="xs" c="dimmed" mb={6}>
                    {versionsInWords(item)}
                  </Text>
                  {item.after == null && item.before == null ? (
                    <Text size="sm">{t('No request would be made.')}</Text>
                  ) : item.before == null ? (
                    <>
                      <Text size="sm" mb={6}>
                        {t('No earlier request is kept. This would be sent:')}
                      </Text>
                      <JsonView text={textOf(item.after)} label={t('Request that would be sent')} maxHeight={320} />
                    </>
                  ) : (
                    <Diff
                      before={textOf(item.before)}
                      after={textOf(item.after)}
                      beforeLabel={t('Request that failed')}
                      afterLabel={t('Request that would be sent')}
                    />
                  )}
                </div>
              ) : null}
            </li>
          );
        })}
      </ul>
      {count > items.length ? (
        <Text size="xs" c="dimmed" mt={6}>
          {t('The first {{count}} of {{count2}}; the counts above are of all.', {
            count: formatCount(items.length),
            count2: formatCount(count),
          })}
        </Text>
      ) : null}
    </div>
  );
}

function textOf(value: unknown): string {
  return value === null || value === undefined ? '' : JSON.stringify(value, null, 2);
}

export function versionsInWords({ versions }: ReplayItem): string {
  const tables = versions.tables.map((table) =>
    table.used === table.current || table.used === null
      ? t('table {{name}} version {{current}}', { name: table.name, current: table.current })
      : t('table {{name}} version {{current}} (last time {{used}})', { name: table.name, current: table.current, used: table.used }),
  );
  return [
    versions.release === versions.kept
      ? t('Release {{release}}', { release: versions.release })
      : t('Release {{release}}, the live one (it came in under {{kept}})', { release: versions.release, kept: versions.kept }),
    versions.mapping
      ? t('mapping {{name}} version {{version}}', { name: versions.mapping.name, version: versions.mapping.version })
      : undefined,
    ...tables,
  ]
    .filter(Boolean)
    .join(' · ');
}
