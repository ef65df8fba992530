import { Spotlight, type SpotlightActionData, type SpotlightActionGroupData } from '@mantine/spotlight';
import { IconArrowRight, IconBookmark, IconMail, IconRoute, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { api, take } from '../api/client.js';
import { useCan } from '../api/session.js';
import { viewsQuery } from '../api/views.js';
import { kindOf } from '../features/trace/meaning.js';
import { t } from '../language/index.js';
import { messageStates, type MessageState } from '../parts/states.js';
import { addressOfView } from '../parts/views.js';
import { addressOfId } from './address-of-id.js';
import { places } from './navigation.js';

/** One box: pages, kept views, any id, documents by number, and the way of any of them. */
export function Search() {
  const navigate = useNavigate();
  const router = useRouter();
  const can = useCan();
  const [text, setText] = useState('');
  // Drawn with the key that was pressed: the list chooses its first entry right after, and Enter opens that one.
  const wanted = text.trim();
  const address = addressOfId(wanted);
  const found = useQuery({
    queryKey: ['messages', 'search', wanted],
    queryFn: ({ signal }) => take(api.GET('/v1/messages', { params: { query: { q: wanted, limit: 8 } }, signal })),
    enabled: wanted.length >= 2 && !address && can('message.read'),
    staleTime: 15_000,
  });

  const pages: SpotlightActionData[] = places
    .flatMap(({ items }) => items)
    .filter((place) => can(place.permission) && `${place.word} ${place.about}`.toLowerCase().includes(wanted.toLowerCase()))
    .map((place) => ({
      id: place.word,
      label: place.word,
      description: place.about,
      leftSection: <place.icon size={18} stroke={1.6} />,
      onClick: () => void navigate({ to: place.to }),
    }));
  const documents: SpotlightActionData[] = (wanted.length >= 2 ? (found.data?.items ?? []) : []).map((message) => ({
    id: message.id,
    label: [message.title ?? message.key, message.customer].filter(Boolean).join(' · '),
    description: `${message.flow} · ${messageStates[message.state as MessageState]?.word ?? message.state}${message.documentNumber ? ` · ${message.documentNumber}` : ''}`,
    leftSection: <IconMail size={18} stroke={1.6} />,
    onClick: () => void navigate({ to: '/messages/$id', params: { id: message.id } }),
  }));
  const views = useQuery({ ...viewsQuery, enabled: can('view.save') });
  const keptViews: SpotlightActionData[] = (views.data?.items ?? [])
    .filter((view) => `${view.name} ${wordOfPage(view.page)}`.toLowerCase().includes(wanted.toLowerCase()))
    .slice(0, 8)
    .map((view) => ({
      id: view.id,
      label: view.name,
      description: view.mine
        ? t('View of {{page}}', { page: wordOfPage(view.page) })
        : t('View of {{page}}, shared by {{owner}}', { page: wordOfPage(view.page), owner: view.owner }),
      leftSection: <IconBookmark size={18} stroke={1.6} />,
      onClick: () => router.history.push(addressOfView(view)),
    }));
  const groups: SpotlightActionGroupData[] = [
    ...(address
      ? [
          {
            group: t('By id'),
            actions: [
              {
                id: 'jump',
                label: t('Open: {{kind}}', { kind: address.kind }),
                description: wanted,
                leftSection: <IconArrowRight size={18} />,
                onClick: () => router.history.push(address.href),
              },
            ],
          },
        ]
      : []),
    ...(documents.length ? [{ group: t('Messages'), actions: documents }] : []),
    ...(wanted.length >= 2 && pages.length === 0 && !wanted.startsWith('can_') && can('canonical.read')
      ? [
          {
            group: t('Lineage'),
            actions: [
              {
                id: 'way',
                label: t('Show the way of {{wanted}}', { wanted }),
                description: t('From usage to the books, as an id or a number that people read'),
                leftSection: <IconRoute size={18} stroke={1.6} />,
                onClick: () => void navigate({ to: '/trace/$kind/$id', params: { kind: kindOf(wanted), id: wanted }, search: {} }),
              },
            ],
          },
        ]
      : []),
    ...(keptViews.length ? [{ group: t('Views'), actions: keptViews }] : []),
    ...(pages.length ? [{ group: t('Pages'), actions: pages }] : []),
  ];
  return (
    <Spotlight
      actions={groups}
      filter={(_, all) => all}
      query={text}
      onQueryChange={setText}
      // The sheet of keys has it, which is there before this is.
      shortcut={null}
      nothingFound={
        found.isFetching
          ? t('Searching…')
          : t('Nothing found. Messages are found by the beginning of their number, key or number in the target.')
      }
      highlightQuery={false}
      scrollable
      maxHeight={420}
      searchProps={{
        leftSection: <IconSearch size={18} stroke={1.6} />,
        placeholder: t('Page, document number, or any id'),
        'aria-label': t('Search'),
      }}
    />
  );
}

/** What the navigation calls the list of a view. */
const wordOfPage = (page: string): string => places.flatMap(({ items }) => items).find(({ to }) => to === `/${page}`)?.word ?? page;
