import { Alert, Button, Paper, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconAlertTriangle, IconClock } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { asProblem } from '../api/problem.js';
import { sessionQuery, signIn } from '../api/session.js';
import { PageHead } from '../parts/page.js';
import { ProblemText } from '../parts/situations.js';
import { landingPage } from './landing.js';
import { Mark } from './mark.js';

const route = getRouteApi('/sign-in');

export function SignIn() {
  const { to } = route.useSearch();
  const router = useRouter();
  const queries = useQueryClient();
  const [waitSeconds, setWaitSeconds] = useState(0);
  const form = useForm({
    initialValues: { email: '', password: '' },
    validate: {
      email: (value) => (value.includes('@') ? null : 'Your e-mail address'),
      password: (value) => (value ? null : 'Your password'),
    },
  });
  const attempt = useMutation({
    mutationFn: signIn,
    onSuccess: (identity) => {
      queries.clear();
      queries.setQueryData(sessionQuery.queryKey, identity);
      // only a path of this console: an address from outside is not followed
      router.history.push(to && /^\/(?![/\\])/.test(to) ? to : landingPage(identity));
    },
    onError: (error) => {
      const problem = asProblem(error);
      form.setFieldValue('password', '');
      if (problem.status === 429) setWaitSeconds(problem.retryAfterSeconds ?? 60);
    },
  });
  useEffect(() => {
    if (waitSeconds <= 0) return;
    const timer = setTimeout(() => setWaitSeconds(waitSeconds - 1), 1000);
    return () => clearTimeout(timer);
  }, [waitSeconds]);

  const problem = attempt.error ? asProblem(attempt.error) : undefined;
  return (
    <main style={{ minHeight: '100dvh', display: 'grid', placeItems: 'center', padding: 16 }}>
      <Stack w="100%" maw={360} gap="lg">
        <Mark />
        <Paper withBorder p="lg" radius="md">
          <PageHead title="Sign in" name="Sign in" />
          <form onSubmit={form.onSubmit((values) => attempt.mutate(values))} noValidate>
            <Stack gap="md">
              {waitSeconds > 0 ? (
                <Alert color="yellow" icon={<IconClock size={18} />} title="Too many tries" role="alert">
                  <Text size="sm">
                    Wait {waitSeconds < 90 ? `${waitSeconds} seconds` : `${Math.ceil(waitSeconds / 60)} minutes`}, then try again.
                  </Text>
                </Alert>
              ) : problem?.status === 401 || problem?.status === 403 ? (
                <Alert color="red" icon={<IconAlertTriangle size={18} />} title="E-mail address or password is wrong" role="alert">
                  <Text size="sm">Check both and try again.</Text>
                </Alert>
              ) : problem && problem.status !== 429 ? (
                <Alert color="red" icon={<IconAlertTriangle size={18} />} title="Could not sign in" role="alert">
                  <ProblemText error={problem} />
                </Alert>
              ) : null}
              <TextInput label="E-mail" type="email" autoComplete="username" autoFocus {...form.getInputProps('email')} />
              <PasswordInput label="Password" autoComplete="current-password" {...form.getInputProps('password')} />
              <Button type="submit" fullWidth loading={attempt.isPending} disabled={waitSeconds > 0}>
                Sign in
              </Button>
            </Stack>
          </form>
        </Paper>
        {to ? (
          <Text size="xs" c="dimmed" ta="center">
            Afterwards you go on where you were.
          </Text>
        ) : null}
      </Stack>
    </main>
  );
}
