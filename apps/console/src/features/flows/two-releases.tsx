import { useQueries } from '@tanstack/react-query';
import { releaseQuery } from '../../api/build.js';
import { t } from '../../language/index.js';
import { Section } from '../../parts/page.js';
import { ReleaseDiff } from '../../parts/release/release-diff.js';
import { Failure, Waiting } from '../../parts/situations.js';

/** Two releases of a flow side by side, the earlier one first. */
export function TwoReleases({ a, b }: { a: string; b: string }) {
  const [one, other] = useQueries({ queries: [releaseQuery(a), releaseQuery(b)] });
  if (one.isPending || other.isPending) return <Waiting rows={8} />;
  if (!one.data) return <Failure error={one.error} what={t('the release')} onRetry={() => void one.refetch()} />;
  if (!other.data) return <Failure error={other.error} what={t('the release')} onRetry={() => void other.refetch()} />;
  const [before, after] = one.data.version < other.data.version ? [one.data, other.data] : [other.data, one.data];
  return (
    <Section title={t('Version {{version}} beside version {{version2}}', { version: before.version, version2: after.version })}>
      <ReleaseDiff before={before.content} after={after.content} />
    </Section>
  );
}
