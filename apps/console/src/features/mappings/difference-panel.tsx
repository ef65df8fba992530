import { Text } from '@mantine/core';
import { t } from '../../language/index.js';
import { Diff } from '../../parts/diff.js';
import classes from './panels.module.css';
import type { LiveOutput } from './use-evaluation.js';

/** The text beside what is saved, and what both make of the sample. */
export function DifferencePanel({
  source,
  saved,
  version,
  live,
  before,
}: {
  source: string;
  saved: string;
  version: number | undefined;
  live: LiveOutput;
  before: LiveOutput;
}) {
  if (version === undefined)
    return (
      <Text size="sm" c="dimmed">
        {t('There is no version yet to compare with.')}
      </Text>
    );
  const label = t('Version {{version}}, as saved', { version });
  return (
    <>
      <h3 className={classes.sub}>{t('Expression')}</h3>
      {source === saved ? (
        <Text size="sm" c="dimmed">
          {t('It is as it is saved.')}
        </Text>
      ) : (
        <Diff language="jsonata" before={saved} after={source} beforeLabel={label} afterLabel={t('As it is here')} />
      )}
      <h3 className={classes.sub} style={{ marginTop: 16 }}>
        {t('Output of this sample')}
      </h3>
      {before.stale ? (
        <Text size="sm">{t('The saved version makes nothing of this sample: {{message}}', { message: before.stale.message })}</Text>
      ) : live.stale ? (
        <Text size="sm">{t('The text as it is makes nothing of this sample: {{message}}', { message: live.stale.message })}</Text>
      ) : before.output === undefined || live.output === undefined ? (
        <Text size="sm" c="dimmed">
          {t('Choose a sample to see what both make of it.')}
        </Text>
      ) : before.output === live.output ? (
        <Text size="sm" role="status">
          {t('Both make the same of it.')}
        </Text>
      ) : (
        <Diff language="json" before={before.output} after={live.output} beforeLabel={label} afterLabel={t('As it is here')} />
      )}
    </>
  );
}
