import { Button, Group, NumberInput, SegmentedControl, Stack, TagsInput, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import {
  makeReleaseLive,
  rollBackFlow,
  shadowRelease,
  shareRelease,
  stopRelease,
  submitRelease,
  withdrawRelease,
  type ReleaseDetail,
} from '../../api/build.js';
import { useCan } from '../../api/session.js';
import { t, tIn } from '../../language/index.js';
import { Confirm } from '../../parts/confirm.js';
import { LinkButton } from '../../parts/links.js';
import { done } from '../../parts/notice.js';

type Act = 'submit' | 'withdraw' | 'shadow' | 'share' | 'live' | 'stop' | 'roll-back';
type Said = { reason: string; share: Share };
type Share = { by: 'percent' | 'entities'; percent: number; entities: string[]; points: number; minimum: number };

interface Spec {
  verb: string;
  permission: string;
  danger?: true;
  done: string;
  says: (release: ReleaseDetail) => string;
  run: (release: ReleaseDetail, said: Said) => Promise<ReleaseDetail>;
}

const acts: Record<Act, Spec> = {
  submit: {
    verb: t('Submit'),
    permission: 'flow.write',
    done: t('Release submitted'),
    says: ({ approver }) =>
      approver
        ? t(
            'Somebody of the role {{approver}} who did not make it decides. The sums of a comparison over the newest 500 payloads go with it.',
            { approver },
          )
        : t('This flow names nobody who approves, so it is approved at once.'),
    run: ({ id, contentHash }, { reason }) => submitRelease(id, { contentHash, reason }),
  },
  withdraw: {
    verb: t('Withdraw'),
    permission: 'flow.write',
    done: t('Release withdrawn'),
    says: () => t('It never goes live; what it holds can still be read.'),
    run: ({ id }, { reason }) => withdrawRelease(id, reason),
  },
  shadow: {
    verb: tIn('verb', 'Shadow'),
    permission: 'release.steer',
    done: t('Release shadowed'),
    says: () => t('It maps what comes in from now on beside the live release, after it and without sending, up to 10,000 messages.'),
    run: ({ id }, { reason }) => shadowRelease(id, reason),
  },
  share: {
    verb: tIn('release', 'Share'),
    permission: 'release.steer',
    done: t('Release shared'),
    says: () => t('A part of new messages comes under it. Messages that are there keep the release they came in under.'),
    run: ({ id }, { reason, share: { by, percent, entities, points, minimum } }) =>
      shareRelease(id, { ...(by === 'percent' ? { percent } : { entities }), stop: { points, minimum }, reason }),
  },
  live: {
    verb: t('Make live'),
    permission: 'release.steer',
    done: t('Release made live'),
    says: ({ live }) =>
      t('Every new message comes under it instead of version {{version}}. Messages under way keep theirs; other drafts are over.', {
        version: live.version,
      }),
    run: ({ id }, { reason }) => makeReleaseLive(id, reason),
  },
  stop: {
    verb: t('Stop'),
    permission: 'release.steer',
    danger: true,
    done: t('Release stopped'),
    says: ({ live }) =>
      t('Every new message comes under version {{version}}, which is live. What came in under it goes on under it.', {
        version: live.version,
      }),
    run: ({ id }, { reason }) => stopRelease(id, reason),
  },
  'roll-back': {
    verb: t('Roll back'),
    permission: 'release.steer',
    danger: true,
    done: t('Rolled back'),
    says: ({ live, version }) =>
      t('Version {{version}} is live again instead of version {{version2}}. What was posted stays posted, and is not posted again.', {
        version,
        version2: live.version,
      }),
    run: ({ flow, version }, { reason }) => rollBackFlow(flow, { version, reason }),
  },
};

const offered: Partial<Record<ReleaseDetail['state'], Act[]>> = {
  draft: ['submit', 'withdraw'],
  submitted: ['withdraw'],
  approved: ['shadow', 'share', 'live', 'withdraw'],
  shadow: ['share', 'live', 'stop'],
  share: ['live', 'share', 'stop'],
  stopped: ['shadow', 'share', 'withdraw'],
};

function actsOf({ state, liveSince, mayShare }: ReleaseDetail): Act[] {
  if (state === 'superseded' || state === 'rolled-back') return liveSince === null ? [] : ['roll-back'];
  return (offered[state] ?? []).filter((act) => act !== 'share' || mayShare.percent || mayShare.entities);
}

/** What can be done with a release in its state, each with a reason. */
export function ReleaseActs({ release }: { release: ReleaseDetail }) {
  const can = useCan();
  const queries = useQueryClient();
  const [asking, setAsking] = useState<Act>();
  const [share, setShare] = useState<Share>(() => firstShare(release));
  const changing = release.state === 'share';
  const run = useMutation({
    mutationFn: ({ act, reason }: { act: Act; reason: string }) => acts[act].run(release, { reason, share }),
    onSuccess: ({ version }, { act }) => {
      done(
        act === 'share' && changing ? t('Share changed') : acts[act].done,
        t('Version {{version}} of {{flow}}.', { version, flow: release.flow }),
      );
      for (const key of ['flows', 'approvals', 'overview', 'audit']) void queries.invalidateQueries({ queryKey: [key] });
      setAsking(undefined);
    },
  });
  const mine = actsOf(release).filter((act) => can(acts[act].permission));
  const verb = (act: Act) => (act === 'share' && changing ? t('Change share') : acts[act].verb);
  const spec = asking && acts[asking];
  const missing = asking === 'share' && share.by === 'entities' && share.entities.length === 0;
  return (
    <Group gap="sm">
      {mine.map((act, index) => (
        <Button
          key={act}
          size="xs"
          variant={index === 0 ? 'filled' : 'default'}
          color={acts[act].danger ? 'red' : undefined}
          onClick={() => {
            run.reset();
            setAsking(act);
          }}
        >
          {verb(act)}…
        </Button>
      ))}
      {release.state === 'submitted' && release.approval && can('approval.read') ? (
        <LinkButton size="xs" variant="default" to="/approvals" search={{ sel: release.approval.id }}>
          {t('Open the approval')}
        </LinkButton>
      ) : null}
      {release.state === 'stopped' && can('exception.read') ? (
        <LinkButton size="xs" variant="default" to="/exceptions" search={{ view: 'list', flow: release.flow }}>
          {t('What it left as exceptions')}
        </LinkButton>
      ) : null}
      <Confirm
        opened={asking !== undefined}
        onClose={() => setAsking(undefined)}
        title={
          spec && asking
            ? t('{{asking}}: version {{version}} of {{flow}}', { asking: verb(asking), version: release.version, flow: release.flow })
            : ''
        }
        verb={asking ? verb(asking) : ''}
        danger={spec?.danger}
        reason="required"
        pending={run.isPending}
        error={run.error}
        onConfirm={(reason) => asking && !missing && run.mutate({ act: asking, reason })}
      >
        <Stack gap="sm">
          {spec?.says(release)}
          {asking === 'share' ? <ShareFields release={release} share={share} onChange={setShare} /> : null}
        </Stack>
      </Confirm>
    </Group>
  );
}

const firstShare = ({ share, mayShare }: ReleaseDetail): Share => ({
  by: share?.entities || !mayShare.percent ? 'entities' : 'percent',
  percent: share?.percent ?? 10,
  entities: share?.entities ?? [],
  points: share?.stop.points ?? 5,
  minimum: share?.stop.minimum ?? 20,
});

/** By percent or by legal entity, and when it is taken back by itself. */
function ShareFields({
  release: { mayShare },
  share,
  onChange,
}: {
  release: ReleaseDetail;
  share: Share;
  onChange: (next: Share) => void;
}) {
  const number = (value: string | number, otherwise: number) => (typeof value === 'number' ? value : otherwise);
  return (
    <>
      <SegmentedControl
        size="xs"
        aria-label={t('How it is shared')}
        value={share.by}
        onChange={(by) => onChange({ ...share, by: by === 'entities' ? 'entities' : 'percent' })}
        data={[
          { value: 'percent', label: t('By percent'), disabled: !mayShare.percent },
          { value: 'entities', label: t('By legal entity'), disabled: !mayShare.entities },
        ]}
      />
      {mayShare.why ? (
        <Text size="xs" c="dimmed">
          {mayShare.why}
        </Text>
      ) : null}
      {share.by === 'percent' ? (
        <NumberInput
          label={t('Percent of new messages')}
          description={t('By a hash of what orders them: every version of a document comes under the same release')}
          min={1}
          max={100}
          allowDecimal={false}
          value={share.percent}
          onChange={(value) => onChange({ ...share, percent: number(value, 10) })}
        />
      ) : (
        <TagsInput label={t('Legal entities')} required value={share.entities} onChange={(entities) => onChange({ ...share, entities })} />
      )}
      <Group grow align="flex-start">
        <NumberInput
          label={t('Stop by itself at')}
          description={t('Percentage points more exceptions than the live release')}
          min={0}
          max={100}
          allowDecimal={false}
          value={share.points}
          onChange={(value) => onChange({ ...share, points: number(value, 5) })}
        />
        <NumberInput
          label={t('Judge from')}
          description={t('Messages of it that have ended or stopped')}
          min={1}
          max={10_000}
          allowDecimal={false}
          value={share.minimum}
          onChange={(value) => onChange({ ...share, minimum: number(value, 20) })}
        />
      </Group>
    </>
  );
}
