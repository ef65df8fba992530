import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { t } from '../../language/index.js';
import { PageHead } from '../../parts/page.js';
import { Tabbed } from '../../parts/tabbed.js';
import { Synthetic } from './synthetic.js';
import { Storage } from './storage.js';
import { Unread } from './unread.js';
import { Work } from './work.js';

const route = getRouteApi('/app/ops');
const tabs = [
  { value: 'work', word: t('Work'), Panel: Work },
  { value: 'synthetic', word: t('Synthetic transactions'), Panel: Synthetic },
  { value: 'unread', word: t('Unread deliveries'), Panel: Unread },
  { value: 'storage', word: t('Storage'), Panel: Storage },
] as const;

export function Page() {
  const { tab } = route.useSearch();
  const navigate = useNavigate();
  return (
    <>
      <PageHead
        title={t('Operations')}
        name={t('Operations')}
        lead={t('What the processes, the queue, the connections and the database are doing now.')}
      />
      <Tabbed tabs={tabs} tab={tab} onTab={(next) => void navigate({ to: '/ops', search: { tab: next } })} />
    </>
  );
}
