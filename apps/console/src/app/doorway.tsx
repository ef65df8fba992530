import { Paper, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { PageHead } from '../parts/page.js';
import { Mark } from './mark.js';

/** The frame of every page for people who are not signed in. */
export function Doorway({ title, lead, children, below }: { title: string; lead?: ReactNode; children: ReactNode; below?: ReactNode }) {
  return (
    <main style={{ minHeight: '100dvh', display: 'grid', placeItems: 'center', padding: 16 }}>
      <Stack w="100%" maw={380} gap="lg">
        <Mark />
        <Paper withBorder p="lg" radius="md">
          <PageHead title={title} name={title} lead={lead} />
          {children}
        </Paper>
        {below}
      </Stack>
    </main>
  );
}
