import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useCan } from '../../api/session.js';
import { t } from '../../language/index.js';
import { PageHead } from '../../parts/page.js';
import { Tabbed } from '../../parts/tabbed.js';
import { Account } from './account.js';
import { Activity } from './activity.js';
import { Comparison } from './comparison.js';
import { Conflicts } from './conflicts.js';
import { Events } from './events.js';
import { Meters } from './meters.js';
import { Refusals } from './refusals.js';
import { SealPeriod } from './seal-period.js';
import { Streams } from './streams.js';
import { Summaries } from './summaries.js';
import { UnattributedUsage } from './unattributed.js';

const route = getRouteApi('/app/usage');
const tabs = [
  { value: 'events', word: t('Events'), Panel: Events },
  { value: 'summaries', word: t('Summaries'), Panel: Summaries },
  { value: 'activity', word: t('Activity'), Panel: Activity, permission: 'unassigned.read' },
  { value: 'compare', word: t('Compare'), Panel: Comparison },
  { value: 'unattributed', word: t('Unattributed'), Panel: UnattributedUsage, permission: 'unassigned.read' },
  { value: 'conflicts', word: t('Conflicts'), Panel: Conflicts },
  { value: 'refused', word: t('Refused'), Panel: Refusals, permission: 'unassigned.read' },
  { value: 'streams', word: t('Streams'), Panel: Streams, permission: 'connection.read' },
  { value: 'meters', word: t('Meters'), Panel: Meters },
] as const;

export function Page() {
  const { tab } = route.useSearch();
  const navigate = useNavigate();
  const can = useCan();
  const seen = tabs.filter((one) => !('permission' in one) || can(one.permission));
  return (
    <>
      <PageHead
        title={t('Usage ledger')}
        name={t('Usage ledger')}
        lead={t(
          'What was used, as it was told. An event is never changed: what was wrong is corrected by another one, and a sealed summary names the events behind it.',
        )}
        actions={can('usage.seal') ? <SealPeriod /> : null}
      />
      <Account />
      <Tabbed tabs={seen} tab={tab} onTab={(next) => void navigate({ to: '/usage', search: { tab: next } })} />
    </>
  );
}
