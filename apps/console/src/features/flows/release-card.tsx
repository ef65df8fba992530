import { Alert, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { releaseQuery, shadowQuery, type ReleaseDetail } from '../../api/build.js';
import { useCan } from '../../api/session.js';
import { CopyId } from '../../parts/id.js';
import { TextLink } from '../../parts/links.js';
import { formatCount, Money } from '../../parts/money.js';
import { Facts, Section } from '../../parts/page.js';
import { ChangedFields, outcomeWords, ReleaseComparison, Tallies } from '../../parts/release/comparison.js';
import { EvidenceShown, type Evidence } from '../../parts/release/evidence.js';
import { ReleaseDiff } from '../../parts/release/release-diff.js';
import { Failure, Waiting } from '../../parts/situations.js';
import classes from '../../parts/table-draft/table-draft.module.css';
import { Ago } from '../../parts/time.js';
import { ReleaseActs } from './release-acts.js';
import { ReleaseMark, shareInWords, stoppedInWords } from './release-words.js';

type Shown = { newest: string | undefined; doc: string | undefined };

/** One release: what it is, what it would do and does, and what can be done with it. */
export function ReleaseCard({ id, shown, onShow }: { id: string; shown: Shown; onShow: (next: Shown) => void }) {
  const under = (state: string | undefined) => state === 'share' || state === 'shadow';
  const query = useQuery({ ...releaseQuery(id), refetchInterval: ({ state }) => (under(state.data?.state) ? 5_000 : false) });
  if (query.isPending) return <Waiting rows={8} />;
  if (!query.data) return <Failure error={query.error} what="the release" onRetry={() => void query.refetch()} />;
  const release = query.data;
  const isLive = release.state === 'live';
  const last = release.history.at(-1);
  return (
    <Section title={`Version ${release.version}`} aside={<ReleaseMark state={release.state} />}>
      <Stack gap="md">
        {release.state === 'stopped' && last ? (
          <Alert color="red" title={last.by === 'Waybill' ? 'Stopped by itself' : `Stopped by ${last.by}`}>
            {last.reason} <Ago at={last.at} />. New messages come under version {release.live.version}.
          </Alert>
        ) : null}
        <Facts
          items={[
            ['Note', release.note],
            [
              'Saved',
              <>
                by {release.createdBy} <Ago at={release.createdAt} />
              </>,
            ],
            [
              'Submitted',
              release.submittedAt ? (
                <>
                  by {release.submittedBy} <Ago at={release.submittedAt} />
                </>
              ) : null,
            ],
            [
              'Approved',
              release.approvedAt ? (
                <>
                  {release.approvedBy ? `by ${release.approvedBy} ` : 'without need of an approval '}
                  <Ago at={release.approvedAt} />
                </>
              ) : null,
            ],
            ['Mapping', `${release.mapping.name}, version ${release.mapping.version}`],
            ['Live since', isLive && release.liveSince ? <Ago at={release.liveSince} /> : null],
            ['Share', release.state === 'share' ? <ShareFacts release={release} /> : null],
            ['Content hash', <CopyId value={release.contentHash} label="Copy content hash" />],
          ]}
        />
        <ReleaseActs release={release} />
        {isLive ? null : (
          <>
            <ReleaseDiff before={release.live} after={release.content} beforeWord="Live, version" />
            <section aria-label="Comparison">
              <Text size="sm" fw={600} mb={6}>
                What it would do
              </Text>
              <ReleaseComparison id={id} live={release.live.id} shown={shown} onShow={onShow} />
            </section>
            {release.history.some(({ to }) => to === 'shadow') ? <ShadowSoFar release={release} /> : null}
            {release.evidence ? <EvidenceShown evidence={release.evidence as Evidence} /> : null}
          </>
        )}
      </Stack>
    </Section>
  );
}

function ShareFacts({ release }: { release: ReleaseDetail }) {
  const { share, counted, live } = release;
  return (
    <>
      {shareInWords(share)}, since <Ago at={release.underWaySince} />. Stopped: {stoppedInWords(counted)}; of version {live.version}, beside
      it: {stoppedInWords(live.counted)}. Taken back by itself when {share?.stop.points} percentage points more of its messages stop, from{' '}
      {formatCount(share?.stop.minimum ?? 0)} messages on.
    </>
  );
}

/** What came in meanwhile, mapped by it and by the live release; nothing was sent. */
function ShadowSoFar({ release }: { release: ReleaseDetail }) {
  const can = useCan();
  const query = useQuery({
    ...shadowQuery(release.id),
    enabled: can('message.read'),
    refetchInterval: release.state === 'shadow' ? 5_000 : false,
  });
  if (!can('message.read')) return null;
  if (query.isPending) return <Waiting rows={4} />;
  if (!query.data) return <Failure error={query.error} what="the shadow" onRetry={() => void query.refetch()} />;
  const shadow = query.data;
  return (
    <section aria-label="Shadow">
      <Text size="sm" fw={600} mb={6}>
        In the shadow
      </Text>
      {shadow.tried === 0 ? (
        <Text size="sm" c="dimmed">
          Nothing has come in since it was put there.
        </Text>
      ) : (
        <>
          <Tallies of={shadow} />
          <ChangedFields fields={shadow.fields} />
          {shadow.documents.length > 0 ? (
            <ul className={classes.examples} aria-label="Documents that differ" style={{ marginTop: 10 }}>
              {shadow.documents.map((document) => (
                <li key={document.messageId}>
                  <TextLink fz="inherit" to="/messages/$id" params={{ id: document.messageId }} search={{}}>
                    {document.title ?? document.messageId}
                  </TextLink>{' '}
                  {outcomeWords[document.outcome]}
                  {document.fields.length > 0 ? `: ${document.fields.join(', ')}` : ''} <Money value={document.money.delta} />
                </li>
              ))}
            </ul>
          ) : null}
          <Group mt={6}>
            <Text size="xs" c="dimmed">
              {formatCount(shadow.tried)} of at most {formatCount(shadow.most)} messages. Nothing was sent.
            </Text>
          </Group>
        </>
      )}
    </section>
  );
}
