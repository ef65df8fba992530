import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { exceptionGroupsQuery } from '../../api/operate.js';
import { t } from '../../language/index.js';
import type { Act } from './acts.js';
import { BulkAct } from './bulk-act.js';
import classes from './exceptions.module.css';
import { Group } from './group.js';

/** The root cause whose exceptions are listed: what to do and the acts on all of them, above the list. Nothing where nothing of it is to do. */
export function OneCause({ causeKey }: { causeKey: string }) {
  const [act, setAct] = useState<Act>();
  const group = useQuery(exceptionGroupsQuery({ causeKey })).data?.items[0];
  return (
    <>
      {group ? (
        <ul className={classes.groups} aria-label={t('The root cause')} style={{ marginBottom: 16 }}>
          <Group group={group} onAct={setAct} />
        </ul>
      ) : null}
      {act ? <BulkAct act={act} chosen={{ filter: { causeKey } }} onClose={() => setAct(undefined)} /> : null}
    </>
  );
}
