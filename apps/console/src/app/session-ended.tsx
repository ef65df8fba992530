import { Button, Group, Modal, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { pageKeeper, signedOutListeners } from '../api/client.js';
import { sessionQuery } from '../api/session.js';
import { t } from '../language/index.js';

/**
 * The session ended while somebody was writing on the page. The page stays as it is, and another window signs in: windows of one browser share the session. Where
 * nothing was written, the router leads to the sign-in.
 */
export function SessionEnded() {
  const queries = useQueryClient();
  const pathname = useLocation({ select: (location) => location.pathname });
  const { dataUpdatedAt } = useQuery(sessionQuery);
  const latest = useRef(dataUpdatedAt);
  latest.current = dataUpdatedAt;
  const written = useRef(false);
  /** When the session that ended was read. */
  const [ended, setEnded] = useState<number>();
  useEffect(() => {
    written.current = false;
  }, [pathname]);
  useEffect(() => {
    const mark = () => {
      written.current = true;
    };
    for (const event of ['input', 'paste']) document.addEventListener(event, mark, true);
    pageKeeper.keeps = () => {
      if (written.current) setEnded(latest.current);
      return written.current;
    };
    return () => {
      for (const event of ['input', 'paste']) document.removeEventListener(event, mark, true);
      pageKeeper.keeps = undefined;
    };
  }, []);
  useEffect(() => {
    if (ended === undefined) return;
    if (ended !== dataUpdatedAt) {
      setEnded(undefined);
      void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionQuery.queryKey[0] });
      return;
    }
    const look = () => void queries.fetchQuery({ ...sessionQuery, staleTime: 0 }).catch(() => undefined);
    globalThis.addEventListener('focus', look);
    return () => globalThis.removeEventListener('focus', look);
  }, [ended, dataUpdatedAt, queries]);
  return (
    <Modal
      opened={ended !== undefined}
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      overlayProps={{ blur: 6 }}
      title={t('Your session has ended')}
      zIndex={1000}
      centered
    >
      <Text size="sm">
        {t(
          'What you have written on this page is kept. Sign in in a new window, then come back to this one and go on. Nothing was saved meanwhile.',
        )}
      </Text>
      <Group justify="flex-end" mt="md">
        <Button
          variant="default"
          onClick={() => {
            setEnded(undefined);
            for (const tell of signedOutListeners) tell();
          }}
        >
          {t('Leave this page')}
        </Button>
        <Button component="a" href="/sign-in" target="_blank" data-autofocus>
          {t('Sign in in a new window')}
        </Button>
      </Group>
    </Modal>
  );
}
