import { IconPlugConnected } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { usageStreamsQuery } from '../../api/usage.js';
import { t } from '../../language/index.js';
import { Failure, FirstUse, Waiting } from '../../parts/situations.js';
import { StreamList } from '../../parts/stream-list.js';

/** What comes from Kafka, NATS and Redis: how far each stream has been read, and what keeps it. */
export function Streams() {
  const query = useQuery(usageStreamsQuery());
  if (query.isPending) return <Waiting rows={4} height={41} />;
  if (!query.data) return <Failure error={query.error} what={t('streams')} onRetry={() => void query.refetch()} />;
  if (query.data.items.length === 0)
    return (
      <FirstUse icon={IconPlugConnected} title={t('No streams')}>
        {t(
          'Usage also comes from Kafka, NATS and Redis: make a connection, and name the topics or streams that carry CloudEvents in its settings.',
        )}
      </FirstUse>
    );
  return <StreamList streams={query.data.items} />;
}
