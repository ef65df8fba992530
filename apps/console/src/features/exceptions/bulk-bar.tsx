import { Button, Group } from '@mantine/core';
import { useCan } from '../../api/session.js';
import { t } from '../../language/index.js';
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
      <span>
        {all
          ? t('All {{matching}} that match', { matching: formatCount(matching ?? picked) })
          : t('{{picked}} selected', { picked: formatCount(picked) })}
      </span>
      {!all && more ? (
        <Button size="xs" variant="subtle" onClick={onAll}>
          {t('Select all {{matching}} that match', { matching: formatCount(matching) })}
        </Button>
      ) : null}
      {can('message.replay') ? (
        <Button size="xs" onClick={() => onAct('replay')}>
          {t('Replay…')}
        </Button>
      ) : null}
      {can('exception.work') ? (
        <>
          <Button size="xs" variant="default" onClick={() => onAct('assign')}>
            {t('Assign…')}
          </Button>
          <Button size="xs" variant="default" onClick={() => onAct('snooze')}>
            {t('Snooze…')}
          </Button>
          <Button size="xs" variant="default" onClick={() => onAct('resolve')}>
            {t('Resolve without posting…')}
          </Button>
        </>
      ) : null}
      <Button size="xs" variant="subtle" color="gray" onClick={onNone}>
        {t('Select none')}
      </Button>
    </Group>
  );
}
