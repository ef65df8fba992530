import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { t } from '../../language/index.js';
import { PageHead } from '../../parts/page.js';
import { Tabbed } from '../../parts/tabbed.js';
import { ApiKeys } from './api-keys.js';
import { Roles } from './roles.js';
import { AllSessions } from './all-sessions.js';
import { ServiceAccounts } from './service-accounts.js';
import { Users } from './users.js';

const route = getRouteApi('/app/access');
const tabs = [
  { value: 'users', word: t('Users'), Panel: Users },
  { value: 'sessions', word: t('Sessions'), Panel: AllSessions },
  { value: 'roles', word: t('Roles'), Panel: Roles },
  { value: 'keys', word: t('API keys'), Panel: ApiKeys },
  { value: 'service-accounts', word: t('Service accounts'), Panel: ServiceAccounts },
] as const;

export function Page() {
  const { tab } = route.useSearch();
  const navigate = useNavigate();
  return (
    <>
      <PageHead title={t('Access')} name={t('Access')} lead={t('Who may do what, and the keys that programs use.')} />
      <Tabbed tabs={tabs} tab={tab} onTab={(next) => void navigate({ to: '/access', search: { tab: next } })} />
    </>
  );
}
