import { Box, Text } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { releaseQuery, type ChangeEntry, type DraftImpact } from '../../api/build.js';
import type { ApprovalDetail, EditPreview } from '../../api/operate.js';
import { rich, t } from '../../language/index.js';
import { FieldChanges } from '../../parts/field-changes.js';
import { CopyId } from '../../parts/id.js';
import { LinkButton } from '../../parts/links.js';
import { formatCount } from '../../parts/money.js';
import { Facts } from '../../parts/page.js';
import { EvidenceShown, type Evidence } from '../../parts/release/evidence.js';
import { ReleaseDiff } from '../../parts/release/release-diff.js';
import { Failure, Waiting } from '../../parts/situations.js';
import { ChangeList } from '../../parts/table-draft/change-list.js';
import { clearsInWords, FlowImpacts } from '../../parts/table-draft/impact.js';
import { At } from '../../parts/time.js';
import { WouldBeSent } from '../../parts/would-be-sent.js';

interface DraftContent {
  draft: string;
  table: string;
  baseVersion: number;
  reason: string;
  counts: Record<ChangeEntry['kind'], number>;
  entries: Pick<ChangeEntry, 'kind' | 'key' | 'validFrom' | 'validTo' | 'cells' | 'note'>[];
  evidence: { triedAt: string; by: string; exceptions: DraftImpact['exceptions']; flows: DraftImpact['flows'] } | null;
}

/** A change of a table: every cell, and what its author saw that it does. */
export function TableChange({ approval }: { approval: ApprovalDetail }) {
  const content = approval.content as DraftContent;
  const all = Object.entries(content.counts).reduce((sum, [kind, count]) => (kind === 'unchanged' ? sum : sum + count), 0);
  const { evidence } = content;
  return (
    <>
      <section aria-label={t('What is approved')}>
        <Text size="sm" fw={600} mb={6}>
          {t('What is approved')}
        </Text>
        <Text size="sm" mb="sm">
          {content.reason}
        </Text>
        <ChangeList label={t('Changed rows')} changes={content.entries} columns={[]} />
        {all > content.entries.length ? (
          <Text size="sm" c="dimmed" mt={6}>
            {t('The first {{count}} of {{all}}; the draft shows all.', {
              count: formatCount(content.entries.length),
              all: formatCount(all),
            })}
          </Text>
        ) : null}
        <Box mt="sm">
          <Facts
            items={[
              [t('Table'), t('{{table}}, version {{baseVersion}}', { table: content.table, baseVersion: content.baseVersion })],
              [t('Content hash'), <CopyId value={approval.contentHash} label={t('Copy content hash')} />],
            ]}
          />
        </Box>
      </section>
      {evidence ? (
        <section aria-label={t('Impact')}>
          <Text size="sm" fw={600} mb={6}>
            {t('Impact')}
          </Text>
          <Text size="sm" mb="sm">
            {clearsInWords(evidence.exceptions)}
          </Text>
          <FlowImpacts flows={evidence.flows} />
          <Text size="xs" c="dimmed" mt={6}>
            {rich('Tried {{triedAt}} when {{by}} submitted it. Open the draft to try it again.', {
              triedAt: <At at={evidence.triedAt} />,
              by: evidence.by,
            })}
          </Text>
        </section>
      ) : null}
      <div>
        <LinkButton variant="default" to="/tables/$name/drafts/$id" params={{ name: content.table, id: content.draft }}>
          {t('Open the draft')}
        </LinkButton>
      </div>
    </>
  );
}

interface ReleaseContent {
  release: string;
  flow: string;
  version: number;
  /** The release that was live when it was submitted. */
  against: string;
  reason: string;
  evidence: Evidence | null;
}

/** A release of a flow: its file and mapping beside those that are live, and what its author saw that it does. */
export function ReleaseChange({ approval }: { approval: ApprovalDetail }) {
  const { release, flow, version, against, reason, evidence } = approval.content as ReleaseContent;
  const [own, live] = useQueries({ queries: [releaseQuery(release), releaseQuery(against)] });
  const failed = own.error ?? live.error;
  return (
    <>
      <section aria-label={t('What is approved')}>
        <Text size="sm" fw={600} mb={6}>
          {t('What is approved')}
        </Text>
        <Text size="sm" mb="sm">
          {reason}
        </Text>
        {own.data && live.data ? (
          <ReleaseDiff before={live.data.content} after={own.data.content} live />
        ) : failed ? (
          <Failure error={failed} what={t('the release')} onRetry={() => [own, live].forEach((one) => void one.refetch())} />
        ) : (
          <Waiting rows={8} />
        )}
        <Box mt="sm">
          <Facts
            items={[
              [t('Flow'), t('{{flow}}, version {{version}}', { flow, version })],
              [t('Content hash'), <CopyId value={approval.contentHash} label={t('Copy content hash')} />],
            ]}
          />
        </Box>
      </section>
      {evidence ? <EvidenceShown evidence={evidence} /> : null}
      <div>
        <LinkButton variant="default" to="/flows/$name" params={{ name: flow }} search={{ tab: 'releases', release, compare: '500' }}>
          {t('Compare it document by document')}
        </LinkButton>
      </div>
    </>
  );
}

interface EditContent {
  reason: string;
  changes: EditPreview['changes'];
  before: unknown;
  after: unknown;
}

/** Corrected fields of a record, and what would be sent with them. */
export function Edit({ approval }: { approval: ApprovalDetail }) {
  const content = approval.content as EditContent;
  return (
    <section aria-label={t('What is approved')}>
      <Text size="sm" fw={600} mb={6}>
        {t('What is approved')}
      </Text>
      <Text size="sm" mb="sm">
        {content.reason}
      </Text>
      <FieldChanges changes={content.changes ?? []} />
      <Box mt="md">
        <WouldBeSent before={content.before} after={content.after} />
      </Box>
      <Box mt="sm">
        <Facts items={[[t('Content hash'), <CopyId value={approval.contentHash} label={t('Copy content hash')} />]]} />
      </Box>
    </section>
  );
}
