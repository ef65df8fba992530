import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { counted, rich, t } from '../../language/index.js';
import { formatCount } from '../../parts/money.js';
import { Refused } from '../../parts/situations.js';
import { At } from '../../parts/time.js';
import type { PayloadSearch } from './use-payload-search.js';

/** How far a search of payloads is, over which time, and how it goes on. */
export function PayloadProgress({ search, timeChosen, onCorrect }: { search: PayloadSearch; timeChosen: boolean; onCorrect: () => void }) {
  const { last, query, rows, goesOn, unreadable } = search;
  if (query.isError && !last)
    return (
      <Stack gap="xs" mb="sm" align="flex-start">
        <Refused error={query.error} title={t('Payloads were not searched')} />
        <Button size="xs" variant="default" onClick={onCorrect}>
          {t('Correct the piece of JSON…')}
        </Button>
      </Stack>
    );
  if (!last) return null;
  const over = last.next === null;
  const told = {
    looked: formatCount(last.looked),
    from: <At at={last.from} seconds={false} />,
    to: <At at={last.to} seconds={false} />,
    found: formatCount(rows.length),
  };
  return (
    <Stack gap={6} mb="sm">
      <Refused error={query.error} title={t('The search stopped')} />
      <Group gap="sm" wrap="wrap">
        <Text size="sm" role="status">
          {over
            ? rich('Looked through all {{looked}} messages received {{from}} to {{to}}: {{found}} found.', told)
            : rich('Looked through {{looked}} of {{of}} messages received {{from}} to {{to}}: {{found}} found.', { ...told, of: last.of })}
        </Text>
        {goesOn ? (
          <Button size="compact-xs" variant="default" onClick={search.stop}>
            {t('Stop')}
          </Button>
        ) : null}
        {!goesOn && !over ? (
          <Button size="compact-xs" onClick={search.more}>
            {t('Continue')}
          </Button>
        ) : null}
      </Group>
      <Progress
        value={over || last.of === 0 ? 100 : (last.looked / last.of) * 100}
        size="xs"
        aria-label={t('How much is looked through')}
        animated={goesOn}
      />
      {timeChosen ? null : (
        <Text size="xs" c="dimmed">
          {t('No time is chosen, so the last 24 hours are searched.')}
        </Text>
      )}
      {last.ofMore ? (
        <Text size="xs" c="dimmed">
          {t('There are more than {{of}} messages; the newest {{of}} are searched. Choose a shorter time, or another filter as well.', {
            of: formatCount(last.of),
          })}
        </Text>
      ) : null}
      {unreadable > 0 ? (
        <Text size="xs" c="dimmed">
          {counted(
            unreadable,
            '{{count}} has a payload that cannot be searched, with a number or a character that the database does not hold.',
            '{{count}} have payloads that cannot be searched, with a number or a character that the database does not hold.',
          )}
        </Text>
      ) : null}
    </Stack>
  );
}
