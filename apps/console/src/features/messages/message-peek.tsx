import { Drawer, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { messageQuery } from '../../api/operate.js';
import { t } from '../../language/index.js';
import { CopyId } from '../../parts/id.js';
import { LinkButton } from '../../parts/links.js';
import { Money } from '../../parts/money.js';
import { Facts } from '../../parts/page.js';
import { Failure, Waiting } from '../../parts/situations.js';
import { MessageStateMark } from '../../parts/states.js';
import { At } from '../../parts/time.js';
import { Trip } from './trip.js';

/** A look at a message without leaving the list. */
export function MessagePeek({ id, onClose }: { id: string | undefined; onClose: () => void }) {
  const query = useQuery({ ...messageQuery(id ?? ''), enabled: id !== undefined });
  const message = id ? query.data : undefined;
  return (
    <Drawer
      opened={id !== undefined}
      onClose={onClose}
      position="right"
      size="lg"
      title={message ? (message.title ?? message.key) : t('Message')}
    >
      {id && query.isPending ? <Waiting rows={8} /> : null}
      {id && query.isError ? <Failure error={query.error} what={t('this message')} onRetry={() => void query.refetch()} /> : null}
      {message ? (
        <Stack gap="lg">
          <div>
            <MessageStateMark state={message.state} />
            {message.reason ? <p style={{ margin: '8px 0 0' }}>{message.reason}</p> : null}
          </div>
          <Trip message={message} compact />
          <Facts
            items={[
              [t('Amount'), <Money value={message.amount} />],
              [t('Customer'), message.customer],
              [t('Entity'), message.legalEntity],
              [t('Flow'), message.flow],
              [t('Target'), message.target],
              [t('Number in target'), message.documentNumber],
              [t('Received'), <At at={message.receivedAt} />],
              [t('Id'), <CopyId value={message.id} label={t('Copy id')} />],
            ]}
          />
          <LinkButton to="/messages/$id" params={{ id: message.id }} search={{}}>
            {t('Open message')}
          </LinkButton>
        </Stack>
      ) : null}
    </Drawer>
  );
}
