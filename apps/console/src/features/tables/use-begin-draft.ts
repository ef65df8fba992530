import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { makeTableDraft, makeTableDraftOfCsv } from '../../api/build.js';
import { t } from '../../language/index.js';
import { done } from '../../parts/notice.js';

type Said = Parameters<typeof makeTableDraft>[1] | { csv: string };

/** Begins a draft and goes there: what it would do is seen before anything is live. */
export function useBeginDraft(table: string) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (said: Said) => ('csv' in said ? makeTableDraftOfCsv(table, said.csv) : makeTableDraft(table, said)),
    onSuccess: (draft) => {
      done(t('Drafted'), t('Nothing is live yet.'));
      void queries.invalidateQueries({ queryKey: ['tables'] });
      void navigate({ to: '/tables/$name/drafts/$id', params: { name: table, id: draft.id } });
    },
  });
}
