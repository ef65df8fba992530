import { Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle, IconBan, IconCircleCheck, IconEqual } from '@tabler/icons-react';
import { useState } from 'react';
import type { ReplayItem } from '../../api/operate.js';
import { StateMark } from '../badge.js';
import { Diff } from '../diff.js';
import { JsonView } from '../json/json-view.js';
import { formatCount, Money } from '../money.js';
import classes from './replay.module.css';

const looks = {
  sends: { word: 'Will be sent', icon: IconCircleCheck, tone: 'ok' },
  'posts-nothing': { word: 'Posts nothing', icon: IconEqual, tone: 'idle' },
  'still-fails': { word: 'Would stop again', icon: IconAlertTriangle, tone: 'bad' },
  refused: { word: 'Refused', icon: IconBan, tone: 'warn' },
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
      <ul className={classes.items} tabIndex={0} aria-label="Messages to replay">
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
                  {shown ? 'Hide' : 'What changes'}
                </Button>
              </div>
              {shown ? (
                <div className={classes.change}>
                  <Text size="xs" c="dimmed" mb={6}>
                    {versionsInWords(item)}
                  </Text>
                  {item.after == null && item.before == null ? (
                    <Text size="sm">No request would be made.</Text>
                  ) : item.before == null ? (
                    <>
                      <Text size="sm" mb={6}>
                        No earlier request is kept. This would be sent:
                      </Text>
                      <JsonView text={textOf(item.after)} label="Request that would be sent" maxHeight={320} />
                    </>
                  ) : (
                    <Diff
                      before={textOf(item.before)}
                      after={textOf(item.after)}
                      beforeLabel="Request that failed"
                      afterLabel="Request that would be sent"
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
          The first {formatCount(items.length)} of {formatCount(count)}; the counts above are of all.
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
      ? `table ${table.name} version ${table.current}`
      : `table ${table.name} version ${table.current} (last time ${table.used})`,
  );
  return [
    versions.release === versions.kept
      ? `Release ${versions.release}`
      : `Release ${versions.release}, the live one (it came in under ${versions.kept})`,
    versions.mapping ? `mapping ${versions.mapping.name} version ${versions.mapping.version}` : undefined,
    ...tables,
  ]
    .filter(Boolean)
    .join(' · ');
}
