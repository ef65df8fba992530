import { Container } from '@mantine/core';
import { IconMapQuestion } from '@tabler/icons-react';
import { useRouter } from '@tanstack/react-router';
import { LinkButton } from '../parts/links.js';
import { PageHead } from '../parts/page.js';
import { Failure, FirstUse } from '../parts/situations.js';

export function Fault({ error }: { error: unknown }) {
  const router = useRouter();
  return (
    <Container size="sm" py="xl">
      <PageHead title="This page failed" name="Failed" />
      <Failure error={error} what="this page" onRetry={() => void router.invalidate()} />
    </Container>
  );
}

export function NotFound() {
  return (
    <Container size="sm" py="xl">
      <PageHead title="Not found" name="Not found" />
      <FirstUse
        icon={IconMapQuestion}
        title="There is no page at this address"
        action={<LinkButton to="/overview">Go to the overview</LinkButton>}
      >
        The link may be mistyped, or the thing it led to has another name now. Search with Ctrl K finds anything by its id.
      </FirstUse>
    </Container>
  );
}
