import { Alert, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { releaseQuery, shadowQuery, type ReleaseDetail } from '../../api/build.js';
import { useCan } from '../../api/session.js';
import { rich, t } from '../../language/index.js';
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
  if (!query.data) return <Failure error={query.error} what={t('the release')} onRetry={() => void query.refetch()} />;
  const release = query.data;
  const isLive = release.state === 'live';
  const last = release.history.at(-1);
  return (
    <Section title={t('Version {{version}}', { version: release.version })} aside={<ReleaseMark state={release.state} />}>
      <Stack gap="md">
        {release.state === 'stopped' && last ? (
          <Alert color="red" title={last.by === 'Waybill' ? t('Stopped by itself') : t('Stopped by {{by}}', { by: last.by })}>
            {rich('{{reason}} {{at}}. New messages come under version {{version}}.', {
              reason: last.reason,
              at: <Ago at={last.at} />,
              version: release.live.version,
            })}
          </Alert>
        ) : null}
        <Facts
          items={[
            [t('Note'), release.note],
            [
              t('Saved'),
              <>{rich('by {{createdBy}} {{createdAt}}', { createdBy: release.createdBy, createdAt: <Ago at={release.createdAt} /> })}</>,
            ],
            [
              t('Submitted'),
              release.submittedAt ? (
                <>
                  {rich('by {{submittedBy}} {{submittedAt}}', {
                    submittedBy: release.submittedBy,
                    submittedAt: <Ago at={release.submittedAt} />,
                  })}
                </>
              ) : null,
            ],
            [
              t('Approved'),
              release.approvedAt
                ? release.approvedBy
                  ? rich('by {{approvedBy}} {{approvedAt}}', {
                      approvedBy: release.approvedBy,
                      approvedAt: <Ago at={release.approvedAt} />,
                    })
                  : rich('without need of an approval {{approvedAt}}', { approvedAt: <Ago at={release.approvedAt} /> })
                : null,
            ],
            [t('Mapping'), t('{{name}}, version {{version}}', { name: release.mapping.name, version: release.mapping.version })],
            [t('Live since'), isLive && release.liveSince ? <Ago at={release.liveSince} /> : null],
            [t('Share'), release.state === 'share' ? <ShareFacts release={release} /> : null],
            [t('Content hash'), <CopyId value={release.contentHash} label={t('Copy content hash')} />],
          ]}
        />
        <ReleaseActs release={release} />
        {isLive ? null : (
          <>
            <ReleaseDiff before={release.live} after={release.content} live />
            <section aria-label={t('Comparison')}>
              <Text size="sm" fw={600} mb={6}>
                {t('What it would do')}
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
      {rich(
        '{{shareInWords}}, since {{underWaySince}}. Stopped: {{stoppedInWords}}; of version {{version}}, beside it: {{stoppedInWords2}}. Taken back by itself when {{points}} percentage points more of its messages stop, from {{minimum}} messages on.',
        {
          shareInWords: shareInWords(share),
          underWaySince: <Ago at={release.underWaySince} />,
          stoppedInWords: stoppedInWords(counted),
          version: live.version,
          stoppedInWords2: stoppedInWords(live.counted),
          points: share?.stop.points,
          minimum: formatCount(share?.stop.minimum ?? 0),
        },
      )}
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
  if (!query.data) return <Failure error={query.error} what={t('the shadow')} onRetry={() => void query.refetch()} />;
  const shadow = query.data;
  return (
    <section aria-label={t('Shadow')}>
      <Text size="sm" fw={600} mb={6}>
        {t('In the shadow')}
      </Text>
      {shadow.tried === 0 ? (
        <Text size="sm" c="dimmed">
          {t('Nothing has come in since it was put there.')}
        </Text>
      ) : (
        <>
          <Tallies of={shadow} />
          <ChangedFields fields={shadow.fields} />
          {shadow.documents.length > 0 ? (
            <ul className={classes.examples} aria-label={t('Documents that differ')} style={{ marginTop: 10 }}>
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
              {t('{{tried}} of at most {{most}} messages. Nothing was sent.', {
                tried: formatCount(shadow.tried),
                most: formatCount(shadow.most),
              })}
            </Text>
          </Group>
        </>
      )}
    </section>
  );
}
