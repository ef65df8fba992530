import { Alert, Anchor, Button, Divider, Group, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconAlertTriangle, IconClock, IconLogin2 } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useRouter } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { asProblem } from '../api/problem.js';
import { beginProviderSignIn, sessionQuery, signIn, waysQuery, type Identity } from '../api/session.js';
import { counted, t } from '../language/index.js';
import { ProblemText } from '../parts/situations.js';
import { Doorway } from './doorway.js';
import { landingPage } from './landing.js';
import { tellOtherWindows } from './windows.js';

const route = getRouteApi('/sign-in');
const afterwards = 'waybill.after-sign-in';

export function SignIn() {
  const { to, email } = route.useSearch();
  const enter = useEnter();
  const ways = useQuery(waysQuery).data;
  const [waitSeconds, setWaitSeconds] = useWait();
  const [codeWanted, setCodeWanted] = useState(false);
  const form = useForm({
    initialValues: { email: email ?? '', password: '', code: '' },
    validate: {
      email: (value) => (value.includes('@') ? null : t('Your e-mail address')),
      password: (value) => (value ? null : t('Your password')),
      code: (value) => (codeWanted && !value.trim() ? t('The six digits that the app shows') : null),
    },
  });
  const attempt = useMutation({
    mutationFn: (values: typeof form.values) =>
      signIn({ email: values.email, password: values.password, ...(codeWanted ? { code: values.code.trim() } : {}) }),
    onSuccess: (identity) => enter(identity, to),
    onError: (error) => {
      const problem = asProblem(error);
      if (problem.code === 'SECOND_FACTOR_NEEDED') return setCodeWanted(true);
      form.setFieldValue('code', '');
      if (problem.code !== 'SECOND_FACTOR_WRONG') form.setFieldValue('password', '');
      if (problem.code === 'SIGN_IN_FAILED') setCodeWanted(false);
      if (problem.status === 429) setWaitSeconds(problem.retryAfterSeconds ?? 60);
    },
  });
  const problem = attempt.error ? asProblem(attempt.error) : undefined;
  const startOver = () => {
    setCodeWanted(false);
    attempt.reset();
    form.setValues({ ...form.values, password: '', code: '' });
  };
  return (
    <Doorway
      title={codeWanted ? t('Second factor') : t('Sign in')}
      lead={codeWanted ? t('Open your authenticator app and type the code it shows for Waybill.') : undefined}
      below={
        to ? (
          <Text size="xs" c="dimmed" ta="center">
            {t('Afterwards you go on where you were.')}
          </Text>
        ) : null
      }
    >
      <form onSubmit={form.onSubmit((values) => attempt.mutate(values))} noValidate>
        <Stack gap="md">
          {waitSeconds > 0 ? (
            <Alert color="yellow" icon={<IconClock size={18} />} title={t('Too many tries')} role="alert">
              <Text size="sm">
                {waitSeconds < 90
                  ? counted(waitSeconds, 'Wait {{count}} second, then try again.', 'Wait {{count}} seconds, then try again.')
                  : t('Wait {{minutes}} minutes, then try again.', { minutes: Math.ceil(waitSeconds / 60) })}
              </Text>
            </Alert>
          ) : problem?.code === 'SECOND_FACTOR_NEEDED' ? null : problem?.code === 'SECOND_FACTOR_WRONG' ? (
            <Alert color="red" icon={<IconAlertTriangle size={18} />} title={t('The code is wrong or was used before')} role="alert">
              <Text size="sm">{t('Wait for the next one, or use a recovery code.')}</Text>
            </Alert>
          ) : problem?.code === 'SIGN_IN_FAILED' ? (
            <Alert color="red" icon={<IconAlertTriangle size={18} />} title={t('E-mail address or password is wrong')} role="alert">
              <Text size="sm">{t('Check both and try again.')}</Text>
            </Alert>
          ) : problem && problem.status !== 429 ? (
            <Alert color="red" icon={<IconAlertTriangle size={18} />} title={t('Could not sign in')} role="alert">
              <ProblemText error={problem} />
            </Alert>
          ) : null}
          {codeWanted ? (
            <TextInput
              key="code"
              label={t('Code')}
              description={t('Six digits, or one of your recovery codes')}
              autoComplete="one-time-code"
              autoFocus
              {...form.getInputProps('code')}
            />
          ) : (
            <>
              <TextInput label={t('E-mail')} type="email" autoComplete="username" autoFocus {...form.getInputProps('email')} />
              <PasswordInput label={t('Password')} autoComplete="current-password" {...form.getInputProps('password')} />
            </>
          )}
          <Button type="submit" fullWidth loading={attempt.isPending} disabled={waitSeconds > 0}>
            {codeWanted ? t('Confirm') : t('Sign in')}
          </Button>
          <Group justify="center">
            {codeWanted ? (
              <Anchor component="button" type="button" size="sm" onClick={startOver}>
                {t('Sign in as somebody else')}
              </Anchor>
            ) : (
              <Anchor component={Link} to="/forgotten" size="sm">
                {t('Forgotten password?')}
              </Anchor>
            )}
          </Group>
        </Stack>
      </form>
      {ways?.provider && !codeWanted ? <ProviderButton title={ways.provider.title} to={to} /> : null}
    </Doorway>
  );
}

function ProviderButton({ title, to }: { title: string; to: string | undefined }) {
  const begin = useMutation({
    mutationFn: beginProviderSignIn,
    onSuccess: ({ address }) => {
      // Where to go on is this browser's own business; the provider sees nothing of it.
      sessionStorage.setItem(afterwards, to ?? '');
      globalThis.location.assign(address);
    },
  });
  return (
    <Stack gap="md" mt="md">
      <Divider label={t('or')} />
      {begin.error ? (
        <Alert color="red" icon={<IconAlertTriangle size={18} />} title={t('Could not sign in')} role="alert">
          <ProblemText error={begin.error} />
        </Alert>
      ) : null}
      <Button
        variant="default"
        fullWidth
        leftSection={<IconLogin2 size={17} />}
        loading={begin.isPending || begin.isSuccess}
        onClick={() => begin.mutate()}
      >
        {t('Sign in with {{title}}', { title })}
      </Button>
    </Stack>
  );
}

/** What `to` was when the browser left for the provider; read once. */
export function takeAfterwards(): string | undefined {
  const to = sessionStorage.getItem(afterwards);
  sessionStorage.removeItem(afterwards);
  return to ?? undefined;
}

/** Goes on as the person who has just signed in. */
export function useEnter() {
  const router = useRouter();
  const queries = useQueryClient();
  return (identity: Identity, to: string | undefined) => {
    tellOtherWindows();
    queries.clear();
    queries.setQueryData(sessionQuery.queryKey, identity);
    // only a path of this console: an address from outside is not followed
    router.history.push(to && /^\/(?![/\\])/.test(to) ? to : landingPage(identity));
  };
}

function useWait() {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    if (seconds <= 0) return;
    const timer = setTimeout(() => setSeconds(seconds - 1), 1000);
    return () => clearTimeout(timer);
  }, [seconds]);
  return [seconds, setSeconds] as const;
}
