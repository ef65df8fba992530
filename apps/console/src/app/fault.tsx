import { Container } from '@mantine/core';
import { IconMapQuestion } from '@tabler/icons-react';
import { useRouter } from '@tanstack/react-router';
import { t } from '../language/index.js';
import { LinkButton } from '../parts/links.js';
import { PageHead } from '../parts/page.js';
import { Failure, FirstUse } from '../parts/situations.js';

export function Fault({ error }: { error: unknown }) {
  const router = useRouter();
  return (
    <Container size="sm" py="xl">
      <PageHead title={t('This page failed')} name={t('Failed')} />
      <Failure error={error} what={t('this page')} onRetry={() => void router.invalidate()} />
    </Container>
  );
}

export function NotFound() {
  return (
    <Container size="sm" py="xl">
      <PageHead title={t('Not found')} name={t('Not found')} />
      <FirstUse
        icon={IconMapQuestion}
        title={t('There is no page at this address')}
        action={<LinkButton to="/overview">{t('Go to the overview')}</LinkButton>}
      >
        {t('The link may be mistyped, or the thing it led to has another name now. Search with Ctrl K finds anything by its id.')}
      </FirstUse>
    </Container>
  );
}
