import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { t } from '../../language/index.js';
import { PageHead } from '../../parts/page.js';
import { Tabbed } from '../../parts/tabbed.js';
import { Channels } from './channels.js';
import { OpenAlerts } from './open-alerts.js';
import { Rules } from './rules.js';
import { Sent } from './sent.js';

const route = getRouteApi('/app/alerts');
const tabs = [
  { value: 'open', word: t('Alerts'), Panel: OpenAlerts },
  { value: 'rules', word: t('Rules'), Panel: Rules },
  { value: 'channels', word: t('Channels'), Panel: Channels },
  { value: 'sent', word: t('Sent'), Panel: Sent },
] as const;

export function Page() {
  const { tab } = route.useSearch();
  const navigate = useNavigate();
  return (
    <>
      <PageHead
        title={t('Alerts')}
        name={t('Alerts')}
        lead={t('What is said to people who do not look here: by mail, in a chat, to another system.')}
      />
      <Tabbed tabs={tabs} tab={tab} onTab={(next) => void navigate({ to: '/alerts', search: { tab: next } })} />
    </>
  );
}
