import { Button, Group, Progress, Stack, Text } from '@mantine/core';
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
        <Refused error={query.error} title="Payloads were not searched" />
        <Button size="xs" variant="default" onClick={onCorrect}>
          Correct the piece of JSON…
        </Button>
      </Stack>
    );
  if (!last) return null;
  const over = last.next === null;
  return (
    <Stack gap={6} mb="sm">
      <Refused error={query.error} title="The search stopped" />
      <Group gap="sm" wrap="wrap">
        <Text size="sm" role="status">
          {over ? 'Looked through all' : 'Looked through'}{' '}
          {over ? formatCount(last.looked) : `${formatCount(last.looked)} of ${formatCount(last.of)}`} messages received{' '}
          <At at={last.from} seconds={false} /> to <At at={last.to} seconds={false} />: {formatCount(rows.length)} found.
        </Text>
        {goesOn ? (
          <Button size="compact-xs" variant="default" onClick={search.stop}>
            Stop
          </Button>
        ) : null}
        {!goesOn && !over ? (
          <Button size="compact-xs" onClick={search.more}>
            Continue
          </Button>
        ) : null}
      </Group>
      <Progress
        value={over || last.of === 0 ? 100 : (last.looked / last.of) * 100}
        size="xs"
        aria-label="How much is looked through"
        animated={goesOn}
      />
      {timeChosen ? null : (
        <Text size="xs" c="dimmed">
          No time is chosen, so the last 24 hours are searched.
        </Text>
      )}
      {last.ofMore ? (
        <Text size="xs" c="dimmed">
          There are more than {formatCount(last.of)} messages; the newest {formatCount(last.of)} are searched. Choose a shorter time, or
          another filter as well.
        </Text>
      ) : null}
      {unreadable > 0 ? (
        <Text size="xs" c="dimmed">
          {formatCount(unreadable)} {unreadable === 1 ? 'has a payload' : 'have payloads'} that cannot be searched, with a number or a
          character that the database does not hold.
        </Text>
      ) : null}
    </Stack>
  );
}
