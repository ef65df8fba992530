import { IconPlugConnectedX, IconWifiOff } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { reach } from '../api/reach.js';
import { t } from '../language/index.js';
import { formatInstant } from '../parts/time.js';
import { useZone } from '../parts/zone.js';
import classes from './shell.module.css';

const tryAgainMs = 5_000;

/** Says that what is shown is old, and that nothing that is done now is kept for later. Reads again by itself until the engine answers. */
export function ReachBanner() {
  const { is, answeredAt } = useSyncExternalStore(reach.subscribe, reach.get);
  const { zone } = useZone();
  const queries = useQueryClient();
  useEffect(() => {
    if (is !== 'away') return;
    const again = setInterval(() => void queries.invalidateQueries({ refetchType: 'active' }), tryAgainMs);
    return () => clearInterval(again);
  }, [is, queries]);
  if (is === 'reached') return null;
  const Glyph = is === 'offline' ? IconWifiOff : IconPlugConnectedX;
  return (
    <div role="alert" className={classes.reach}>
      <Glyph size={17} stroke={1.7} aria-hidden />
      <span>
        <strong>{is === 'offline' ? t('You are offline.') : t('The engine does not answer.')}</strong>{' '}
        {t('What you see was read at {{time}} or before.', { time: formatInstant(new Date(answeredAt).toISOString(), zone) })}{' '}
        {is === 'offline' ? t('It is read again when the network is back.') : t('It is tried again every 5 seconds.')}{' '}
        {t('What you do meanwhile is refused, not kept for later.')}
      </span>
    </div>
  );
}
