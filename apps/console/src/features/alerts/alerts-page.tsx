import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { PageHead } from '../../parts/page.js';
import { Tabbed } from '../../parts/tabbed.js';
import { Channels } from './channels.js';
import { OpenAlerts } from './open-alerts.js';
import { Rules } from './rules.js';
import { Sent } from './sent.js';

const route = getRouteApi('/app/alerts');
const tabs = [
  { value: 'open', word: 'Alerts', Panel: OpenAlerts },
  { value: 'rules', word: 'Rules', Panel: Rules },
  { value: 'channels', word: 'Channels', Panel: Channels },
  { value: 'sent', word: 'Sent', Panel: Sent },
] as const;

export function Page() {
  const { tab } = route.useSearch();
  const navigate = useNavigate();
  return (
    <>
      <PageHead title="Alerts" name="Alerts" lead="What is said to people who do not look here: by mail, in a chat, to another system." />
      <Tabbed tabs={tabs} tab={tab} onTab={(next) => void navigate({ to: '/alerts', search: { tab: next } })} />
    </>
  );
}
