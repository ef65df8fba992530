import { Button, Group, Modal, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { IconShieldCheck, IconShieldOff } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { beginSecondFactor, confirmSecondFactor, removeSecondFactor, renewRecoveryCodes, secondFactorQuery } from '../../api/session.js';
import { counted, inSentence, rich, t } from '../../language/index.js';
import { StateMark } from '../../parts/badge.js';
import { CopyId } from '../../parts/id.js';
import { done } from '../../parts/notice.js';
import { Section } from '../../parts/page.js';
import { ShownOnce } from '../../parts/shown-once.js';
import { Failure, Refused, Waiting } from '../../parts/situations.js';
import { At } from '../../parts/time.js';
import { QrCode } from './qr-code.js';

type Open = 'enrol' | 'codes' | 'remove';
const titles: Record<Open, string> = {
  enrol: t('Set up a second factor'),
  codes: t('New recovery codes'),
  remove: t('Remove the second factor'),
};

export function SecondFactor() {
  const query = useQuery(secondFactorQuery);
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  return (
    <Section title={t('Second factor')}>
      {query.isPending ? (
        <Waiting rows={2} />
      ) : !query.data ? (
        <Failure error={query.error} what={t('your second factor')} onRetry={() => void query.refetch()} />
      ) : !query.data.hasPassword ? (
        <Text size="sm">{t('You sign in through your provider; a second factor is set up there.')}</Text>
      ) : query.data.enrolled ? (
        <Stack gap="sm">
          <Group gap="md">
            <StateMark icon={IconShieldCheck} tone="ok">
              {t('On')}
            </StateMark>
            <Text size="sm" component="div">
              {rich('Since {{since}}. {{left}}', {
                since: <At at={query.data.since} seconds={false} />,
                left: left(query.data.recoveryCodesLeft),
              })}
            </Text>
          </Group>
          <Group gap="xs">
            <Button size="xs" variant="default" onClick={() => setOpen('codes')}>
              {t('New recovery codes…')}
            </Button>
            <Button size="xs" variant="default" onClick={() => setOpen('remove')}>
              {t('Remove…')}
            </Button>
          </Group>
        </Stack>
      ) : (
        <Stack gap="sm" align="flex-start">
          <StateMark icon={IconShieldOff} tone="idle">
            {t('Off')}
          </StateMark>
          <Text size="sm" maw={560}>
            {t(
              'With a second factor, your password alone lets nobody in: an authenticator app on your phone shows a code that changes every thirty seconds.',
            )}
          </Text>
          <Button size="xs" onClick={() => setOpen('enrol')}>
            {t('Set up')}
          </Button>
        </Stack>
      )}
      <Modal opened={open !== undefined} onClose={close} title={open ? titles[open] : ''} centered>
        {open === 'enrol' ? (
          <Enrol onClose={close} />
        ) : open === 'codes' ? (
          <NewCodes onClose={close} />
        ) : open === 'remove' ? (
          <Remove onClose={close} />
        ) : null}
      </Modal>
    </Section>
  );
}

const left = (codes: number) => counted(codes, 'One recovery code is left.', '{{count}} recovery codes are left.');

function useOwn() {
  const queries = useQueryClient();
  return () => void queries.invalidateQueries({ queryKey: ['own'] });
}

/** Asks for the password before what a stolen session must not do. */
function Ask({
  children,
  verb,
  danger,
  pending,
  error,
  onPassword,
  onClose,
}: {
  children: ReactNode;
  verb: string;
  danger?: boolean;
  pending: boolean;
  error: unknown;
  onPassword: (password: string) => void;
  onClose: () => void;
}) {
  const [password, setPassword] = useState('');
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (password) onPassword(password);
      }}
    >
      <Stack>
        <Text size="sm">{children}</Text>
        <Refused error={error} title={t('Could not {{verb}}', { verb: inSentence(verb) })} />
        <PasswordInput
          label={t('Current password')}
          autoComplete="current-password"
          data-autofocus
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('Cancel')}
          </Button>
          <Button type="submit" color={danger ? 'red' : undefined} loading={pending} disabled={!password}>
            {verb}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Enrol({ onClose }: { onClose: () => void }) {
  const refresh = useOwn();
  const [code, setCode] = useState('');
  const begin = useMutation({ mutationFn: beginSecondFactor });
  const confirm = useMutation({
    mutationFn: confirmSecondFactor,
    onSuccess: () => {
      done(t('Second factor set up'), t('Your other sessions have ended.'));
      refresh();
    },
    onError: () => setCode(''),
  });
  if (confirm.data) return <Codes codes={confirm.data.recoveryCodes} onClose={onClose} />;
  if (!begin.data)
    return (
      <Ask verb={t('Go on')} pending={begin.isPending} error={begin.error} onPassword={begin.mutate} onClose={onClose}>
        {t('First your password, so that nobody who finds this window open can do it for you.')}
      </Ask>
    );
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (code.trim()) confirm.mutate(code.trim());
      }}
    >
      <Stack>
        <Text size="sm">{t('Scan this with your authenticator app, then type the code that it shows.')}</Text>
        <QrCode text={begin.data.address} label={t('QR code for the authenticator app')} />
        <Text size="sm" component="div">
          {t('No camera? Type this secret:')} <CopyId value={begin.data.secret} label={t('Copy secret')} />
        </Text>
        <Refused error={confirm.error} title={t('Could not set it up')} />
        <TextInput
          label={t('Code')}
          description={t('Six digits')}
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={7}
          autoFocus
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('Cancel')}
          </Button>
          <Button type="submit" loading={confirm.isPending} disabled={!code.trim()}>
            {t('Set up')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function NewCodes({ onClose }: { onClose: () => void }) {
  const refresh = useOwn();
  const renew = useMutation({ mutationFn: renewRecoveryCodes, onSuccess: refresh });
  if (renew.data) return <Codes codes={renew.data.recoveryCodes} onClose={onClose} />;
  return (
    <Ask verb={t('Make new codes')} pending={renew.isPending} error={renew.error} onPassword={renew.mutate} onClose={onClose}>
      {t('The codes you have now stop working.')}
    </Ask>
  );
}

function Remove({ onClose }: { onClose: () => void }) {
  const refresh = useOwn();
  const remove = useMutation({
    mutationFn: removeSecondFactor,
    onSuccess: () => {
      done(t('Second factor removed'), t('Your other sessions have ended.'));
      refresh();
      onClose();
    },
  });
  return (
    <Ask verb={t('Remove')} danger pending={remove.isPending} error={remove.error} onPassword={remove.mutate} onClose={onClose}>
      {t('From now on your password alone lets you in, and whoever else knows it.')}
    </Ask>
  );
}

function Codes({ codes, onClose }: { codes: string[]; onClose: () => void }) {
  return (
    <Stack>
      <ShownOnce value={codes.join('\n')} what={t('recovery codes')}>
        {t(
          'Each of these codes lets you in once, should you lose your phone. Print them or keep them in a password manager: they are not shown again.',
        )}
      </ShownOnce>
      <Group justify="flex-end">
        <Button onClick={onClose}>{t('I have kept them')}</Button>
      </Group>
    </Stack>
  );
}
