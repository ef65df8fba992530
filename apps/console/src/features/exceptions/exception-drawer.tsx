import { Drawer } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { exceptionQuery } from '../../api/operate.js';
import { t } from '../../language/index.js';
import { Failure, Waiting } from '../../parts/situations.js';
import { ExceptionDetail } from './exception-detail.js';

export function ExceptionDrawer({ id, onClose }: { id: string | undefined; onClose: () => void }) {
  const query = useQuery({ ...exceptionQuery(id ?? ''), enabled: id !== undefined });
  return (
    <Drawer opened={id !== undefined} onClose={onClose} position="right" size={620} title={t('Exception')}>
      {id && query.isPending ? <Waiting rows={8} /> : null}
      {id && query.isError && !query.data ? (
        <Failure error={query.error} what={t('this exception')} onRetry={() => void query.refetch()} />
      ) : null}
      {id && query.data ? <ExceptionDetail key={query.data.id} exception={query.data} /> : null}
    </Drawer>
  );
}
