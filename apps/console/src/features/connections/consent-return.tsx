import { Alert, Button, Group, Loader, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { finishConsent } from '../../api/build.js';
import { t } from '../../language/index.js';
import { done } from '../../parts/notice.js';
import { PageHead } from '../../parts/page.js';
import { ProblemText } from '../../parts/situations.js';

const route = getRouteApi('/app/consent/$connector');

/** Where a vendor sends the browser back to. What it brings works once, so it is handed in once, also when React draws twice. */
export function Page() {
  const { connector } = route.useParams();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const handedIn = useRef(false);
  const finish = useMutation({
    mutationFn: (search: string) => finishConsent(connector, search),
    onSuccess: ({ connection, account }) => {
      done(t('Connected'), t('{{connection}} leads to {{account}}. Check it to see that it answers.', { connection, account }));
      void queries.invalidateQueries({ queryKey: ['connections'] });
      // Replaced: the address with the code is not gone back to.
      void navigate({ to: '/connections/$name', params: { name: connection }, search: {}, replace: true });
    },
  });
  useEffect(() => {
    if (handedIn.current) return;
    handedIn.current = true;
    finish.mutate(globalThis.location.search.slice(1));
  });
  return (
    <>
      <PageHead title={t('Consent')} name={t('Consent')} />
      {finish.error ? (
        <>
          <Alert color="red" icon={<IconAlertTriangle size={18} />} title={t('Not connected')} role="alert" maw={620}>
            <ProblemText error={finish.error} />
          </Alert>
          <Button component={Link} to="/connections" mt="md" variant="default">
            {t('Back to connections')}
          </Button>
        </>
      ) : (
        <Group gap="sm" role="status">
          <Loader size="xs" />
          <Text size="sm">{t('Connecting …')}</Text>
        </Group>
      )}
    </>
  );
}
