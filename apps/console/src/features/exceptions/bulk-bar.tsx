import { Button, Group } from '@mantine/core';
import { useCan } from '../../api/session.js';
import { formatCount } from '../../parts/money.js';
import type { Act } from './acts.js';

/** What is selected, and what can be done with it. The whole filter is one more press away from the rows that are loaded. */
export function BulkBar({
  picked,
  loaded,
  matching,
  all,
  onAll,
  onNone,
  onAct,
}: {
  picked: number;
  loaded: number;
  matching: number | undefined;
  all: boolean;
  onAll: () => void;
  onNone: () => void;
  onAct: (act: Act) => void;
}) {
  const can = useCan();
  const more = matching !== undefined && matching > picked && picked === loaded;
  return (
    <Group mb="sm" gap="sm" role="status">
      <span>{all ? `All ${formatCount(matching ?? picked)} that match` : `${formatCount(picked)} selected`}</span>
      {!all && more ? (
        <Button size="xs" variant="subtle" onClick={onAll}>
          Select all {formatCount(matching)} that match
        </Button>
      ) : null}
      {can('message.replay') ? (
        <Button size="xs" onClick={() => onAct('replay')}>
          Replay…
        </Button>
      ) : null}
      {can('exception.work') ? (
        <>
          <Button size="xs" variant="default" onClick={() => onAct('assign')}>
            Assign…
          </Button>
          <Button size="xs" variant="default" onClick={() => onAct('snooze')}>
            Snooze…
          </Button>
          <Button size="xs" variant="default" onClick={() => onAct('resolve')}>
            Resolve without posting…
          </Button>
        </>
      ) : null}
      <Button size="xs" variant="subtle" color="gray" onClick={onNone}>
        Select none
      </Button>
    </Group>
  );
}
