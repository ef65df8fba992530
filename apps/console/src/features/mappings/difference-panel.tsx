import { Text } from '@mantine/core';
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
        There is no version yet to compare with.
      </Text>
    );
  const label = `Version ${version}, as saved`;
  return (
    <>
      <h3 className={classes.sub}>Expression</h3>
      {source === saved ? (
        <Text size="sm" c="dimmed">
          It is as it is saved.
        </Text>
      ) : (
        <Diff language="jsonata" before={saved} after={source} beforeLabel={label} afterLabel="As it is here" />
      )}
      <h3 className={classes.sub} style={{ marginTop: 16 }}>
        Output of this sample
      </h3>
      {before.stale ? (
        <Text size="sm">The saved version makes nothing of this sample: {before.stale.message}</Text>
      ) : live.stale ? (
        <Text size="sm">The text as it is makes nothing of this sample: {live.stale.message}</Text>
      ) : before.output === undefined || live.output === undefined ? (
        <Text size="sm" c="dimmed">
          Choose a sample to see what both make of it.
        </Text>
      ) : before.output === live.output ? (
        <Text size="sm" role="status">
          Both make the same of it.
        </Text>
      ) : (
        <Diff language="json" before={before.output} after={live.output} beforeLabel={label} afterLabel="As it is here" />
      )}
    </>
  );
}
