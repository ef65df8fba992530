import { Button, Group, SegmentedControl, Select, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { stageTextQuery, type Message, type Stage } from '../../api/operate.js';
import { t } from '../../language/index.js';
import { Diff } from '../../parts/diff.js';
import { Copy } from '../../parts/id.js';
import { pretty } from '../../parts/json/exact.js';
import { JsonView } from '../../parts/json/json-view.js';
import { formatCount } from '../../parts/money.js';
import { Failure, Waiting } from '../../parts/situations.js';
import { stageOrder } from './stage-states.js';

/** Above this, the tree is not drawn until asked: the exact text is always there. */
const largeBytes = 256 * 1024;

/** What the message looked like after a stage: exact text, or beside the payload of another stage. */
export function StagePayload({
  message,
  stage,
  compareWith,
  view,
  onChange,
}: {
  message: Message;
  stage: Stage;
  compareWith: Stage | undefined;
  view: 'tree' | 'raw';
  onChange: (next: { with?: string; view?: string; stage?: string }) => void;
}) {
  const has = (name: Stage) => message.stages[name]?.payload != null;
  const here = message.stages[stage];
  const text = useQuery({ ...stageTextQuery(message.id, stage), enabled: has(stage) });
  const other = useQuery({ ...stageTextQuery(message.id, compareWith ?? stage), enabled: compareWith !== undefined && has(compareWith) });
  if (!has(stage))
    return (
      <Text size="sm" c="dimmed">
        {t('The message has not been through {{stage}}.', { stage })}
      </Text>
    );
  const content = text.data as string | undefined;
  const otherContent = other.data as string | undefined;
  return (
    <>
      <Group gap="sm" mb="xs">
        <SegmentedControl
          size="xs"
          aria-label={t('How to show the payload')}
          value={view}
          onChange={(next) => onChange({ view: next === 'raw' ? 'raw' : undefined })}
          data={[
            { value: 'tree', label: t('Tree') },
            { value: 'raw', label: t('Exact text') },
          ]}
        />
        <Select
          size="xs"
          w={200}
          aria-label={t('Compare with another stage')}
          placeholder={t('Compare with…')}
          value={compareWith ?? null}
          data={stageOrder
            .filter((name) => name !== stage && has(name))
            .map((name) => ({ value: name, label: t('Compare with {{name}}', { name }) }))}
          onChange={(next) => onChange({ with: next ?? undefined })}
        />
        {compareWith ? (
          <Button size="compact-xs" variant="default" onClick={() => onChange({ with: undefined })}>
            {t('Stop comparing')}
          </Button>
        ) : null}
        {here.sameAs ? (
          <Text size="sm" c="dimmed">
            {t('Same as after {{sameAs}}: this stage changed nothing.', { sameAs: here.sameAs })}
          </Text>
        ) : null}
        <div style={{ flex: 1 }} />
        {here.bytes !== undefined ? (
          <Text size="xs" c="dimmed">
            {t('{{bytes}} bytes', { bytes: formatCount(here.bytes) })}
          </Text>
        ) : null}
        {here.hash ? (
          <Text size="xs" c="dimmed" ff="monospace" title={t('SHA-256 {{hash}}', { hash: here.hash })}>
            {here.hash.slice(0, 12)}
          </Text>
        ) : null}
        {content !== undefined ? (
          <>
            <Copy value={content} label={t('Copy exact text')} />
            <Button
              size="compact-xs"
              variant="default"
              leftSection={<IconDownload size={13} />}
              onClick={() => download(content, `${message.id}-${stage}.json`)}
            >
              {t('Download')}
            </Button>
          </>
        ) : null}
      </Group>
      {text.isError ? (
        <Failure error={text.error} what={t('the payload after {{stage}}', { stage })} onRetry={() => void text.refetch()} />
      ) : null}
      {other.isError && compareWith ? (
        <Failure error={other.error} what={t('the payload after {{compareWith}}', { compareWith })} onRetry={() => void other.refetch()} />
      ) : null}
      {content === undefined ? (
        text.isPending ? (
          <Waiting rows={8} height={22} />
        ) : null
      ) : compareWith ? (
        otherContent === undefined ? (
          <Waiting rows={8} height={22} />
        ) : (
          <Diff
            {...(stageOrder.indexOf(compareWith) < stageOrder.indexOf(stage)
              ? {
                  before: pretty(otherContent),
                  after: pretty(content),
                  beforeLabel: t('After {{compareWith}}', { compareWith }),
                  afterLabel: t('After {{stage}}', { stage }),
                }
              : {
                  before: pretty(content),
                  after: pretty(otherContent),
                  beforeLabel: t('After {{stage}}', { stage }),
                  afterLabel: t('After {{compareWith}}', { compareWith }),
                })}
          />
        )
      ) : view === 'raw' || content.length > largeBytes ? (
        <RawText text={content} label={t('Exact text after {{stage}}', { stage })} />
      ) : (
        <JsonView text={content} label={t('Payload after {{stage}}', { stage })} />
      )}
    </>
  );
}

function RawText({ text, label }: { text: string; label: string }) {
  return (
    <pre
      tabIndex={0}
      role="region"
      aria-label={label}
      style={{
        margin: 0,
        padding: 12,
        maxHeight: 520,
        overflow: 'auto',
        whiteSpace: 'pre-wrap',
        overflowWrap: 'anywhere',
        fontSize: 12.5,
        lineHeight: '20px',
        border: '1px solid var(--mantine-color-default-border)',
        borderRadius: 8,
        background: 'var(--mantine-color-body)',
      }}
    >
      {text}
    </pre>
  );
}

function download(text: string, name: string) {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  URL.revokeObjectURL(url);
}
