import { Alert, Button, Group, Loader, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { finishProviderSignIn } from '../api/session.js';
import { t } from '../language/index.js';
import { ProblemText } from '../parts/situations.js';
import { Doorway } from './doorway.js';
import { takeAfterwards, useEnter } from './sign-in.js';

/** Where the provider sends the browser back to. What it brings works once, so it is handed in once, also when React draws twice. */
export function ProviderReturn() {
  const enter = useEnter();
  const handedIn = useRef(false);
  const finish = useMutation({ mutationFn: finishProviderSignIn, onSuccess: (identity) => enter(identity, takeAfterwards()) });
  useEffect(() => {
    if (handedIn.current) return;
    handedIn.current = true;
    finish.mutate(globalThis.location.search.slice(1));
  });
  return (
    <Doorway title={t('Sign in')}>
      {finish.error ? (
        <>
          <Alert color="red" icon={<IconAlertTriangle size={18} />} title={t('Could not sign in')} role="alert">
            <ProblemText error={finish.error} />
          </Alert>
          <Button component={Link} to="/sign-in" fullWidth mt="md">
            {t('Back to sign-in')}
          </Button>
        </>
      ) : (
        <Group gap="sm" role="status">
          <Loader size="xs" />
          <Text size="sm">{t('Signing in …')}</Text>
        </Group>
      )}
    </Doorway>
  );
}
